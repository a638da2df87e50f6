import type { InlineKeyboardButton } from '@grammyjs/types'
import { PeopleError } from '../errors.ts'
import type { Account, CallAnswer, Message } from '../model.ts'
import { renderUser } from '../render/chat.ts'
import { renderMessage } from '../render/message.ts'
import { nextSerial, type State } from '../state.ts'
import { texts } from '../texts.ts'
import { enqueue } from '../updates/queue.ts'
import { person } from './accounts.ts'
import { openChatOf } from './places.ts'
import { messageSeenBy } from './seeing.ts'
import { pressKey, type Share } from './sharing.ts'
import { keyText } from './showing.ts'

export interface Pressing {
  from: number
  chat: number
  message: number
  /** The button's words, or where it stands (counted from 0). */
  button: string | { row: number; column: number }
  bot?: number | undefined
  /** Ephemeral messages have a number of their own. */
  ephemeral?: number | undefined
  /** Sends this instead of the button's own data, as a forged client would. */
  data?: string | undefined
  /** For keys that ask for a group (its id) or for people (their ids). */
  share?: Share
}

export interface PressAnswer {
  /** Whether the bot has answered the query in time; buttons that ask no bot are always answered. */
  answered: boolean
  text?: string
  alert?: boolean
  url?: string
  copied?: string
  webApp?: string
}

/** How long a person's app waits for the bot, in real milliseconds. */
const PATIENCE = 9_800

/** Long after a query can still be answered, in milliseconds. */
const FORGOTTEN = 3_600_000

/** Presses a button of a message and waits for what the bot says to it. */
export async function press(state: State, input: Pressing): Promise<PressAnswer> {
  const from = person(state, input.from)
  const chat = openChatOf(state, from, input.chat, input.bot)
  const message = messageSeenBy(chat, from, input.message, input.ephemeral)
  const button = input.data === undefined ? findButton(message, input.button) : undefined
  if (button && !('callback_data' in button)) return followButton(button)
  const data = input.data ?? button?.callback_data
  if (data === undefined) return pressReplyKeyboard(state, input, message)
  return query(state, from, message, data)
}

/** Sends the callback query to the bot that wrote the message. */
async function query(state: State, from: Account, message: Message, data: string): Promise<PressAnswer> {
  const bot = state.data.bots.get(message.viaBot?.id ?? message.from.id)
  if (!bot || (message.chat.type !== 'private' && !message.chat.bots.has(bot.account.id))) return { answered: false }
  forgetOldQueries(state)
  const id = String((BigInt(from.id) << 32n) + BigInt(nextSerial(state)))
  const record = { id, botId: bot.account.id, from, message, data, at: state.clock.milliseconds() }
  state.data.queries.set(id, record)
  const answer = new Promise<CallAnswer | undefined>((resolve) => {
    const timer = setTimeout(() => resolve(undefined), PATIENCE)
    // A press nobody answers must not hold up the end of the process.
    timer.unref()
    state.presses.set(id, (said) => {
      clearTimeout(timer)
      resolve(said)
    })
  })
  enqueue(state, bot, 'callback_query', `callback_query:${from.id}`, {
    callback_query: {
      id,
      from: renderUser(from),
      message: renderMessage(state, bot, message),
      chat_instance: chatInstance(message.chat.id),
      data,
    },
  })
  if (state.faults.doublePresses > 0) {
    // A client that lost its connection sends the press again.
    state.faults.doublePresses -= 1
    void query(state, from, message, data)
  }
  const said = await answer
  state.presses.delete(id)
  return said ? { answered: true, ...said } : { answered: false }
}

/** Queries come in order of time, so the forgotten ones stand first. */
function forgetOldQueries({ data, clock }: State): void {
  for (const [id, { at }] of data.queries) {
    if (clock.milliseconds() - at < FORGOTTEN) return
    data.queries.delete(id)
  }
}

function findButton(message: Message, wanted: Pressing['button']): InlineKeyboardButton | undefined {
  const rows = message.inline?.inline_keyboard ?? []
  if (typeof wanted !== 'string') return rows[wanted.row]?.[wanted.column]
  const all = rows.flat()
  const words = wanted.normalize('NFC').trim()
  const exact = all.find((button) => button.text.normalize('NFC').trim() === words)
  if (exact) return exact
  // A part of the words will do where it means one button only.
  const partly = all.filter((button) => words !== '' && button.text.normalize('NFC').includes(words))
  return partly.length === 1 ? partly[0] : undefined
}

function followButton(button: InlineKeyboardButton): PressAnswer {
  if ('url' in button) return { answered: true, url: button.url }
  if ('login_url' in button) return { answered: true, url: button.login_url.url }
  if ('web_app' in button) return { answered: true, webApp: button.web_app.url }
  if ('copy_text' in button) return { answered: true, copied: button.copy_text.text }
  return { answered: false }
}

/** A key of the reply keyboard says its words. */
function pressReplyKeyboard(state: State, input: Pressing, message: Message): PressAnswer {
  const { keyboard } = message
  const rows = keyboard && 'keyboard' in keyboard ? keyboard.keyboard : []
  const key =
    typeof input.button === 'string'
      ? rows.flat().find((each) => keyText(each) === input.button)
      : rows[input.button.row]?.[input.button.column]
  if (!key) throw new PeopleError('button.unknown', texts.buttonUnknown, 404)
  pressKey(state, { from: input.from, chat: input.chat, bot: input.bot }, key, input.share)
  return { answered: true }
}

/** The same for all presses in one chat, and says nothing about it. */
function chatInstance(chatId: number): string {
  return String((BigInt(chatId) * 6_364_136_223_846_793_005n) & 0x7fff_ffff_ffff_ffffn)
}
