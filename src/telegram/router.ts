import type { Api } from 'grammy'
import type { Message as TelegramMessage, Update } from 'grammy/types'
import { passing } from '../platform/checkpoints.ts'
import { monotonic } from '../platform/clock.ts'
import { createContext, nobody, type Services } from '../platform/context.ts'
import type { FileReader } from '../platform/reading/file-reader.ts'
import { Answers } from './answers.ts'
import { createApologies } from './apologies.ts'
import { isAllowedCommand } from './audience.ts'
import { commandOf, isAnonymous, senderOf } from './door.ts'
import { chatEventsOf } from './events.ts'
import type { ChatEvent, ChatKind, Command, Feature, FormHandler } from './feature.ts'
import { createKeptAnswers } from './kept-answers.ts'
import { moveChat } from './move-chat.ts'
import type { Budget } from './pace.ts'
import { pickedData } from './pick-list.ts'
import type { PressWindows } from './press-windows.ts'
import { SentFiles } from './read-sent-file.ts'
import { answersForm, chatOf, hasContent, pressOf } from './reading.ts'
import { createRepeatedPresses } from './repeated-presses.ts'
import { sentFileOf } from './sent-file.ts'
import { type Speaker, speakerIn } from './speaker.ts'
import { type Chat, Turn } from './turn.ts'

export interface Router {
  /**
   * Handles one stored update to its end. Throws what nobody can mend; `answers` then says what it was answered with, so that the
   * next try does not say it again. It has waited for so many milliseconds.
   */
  handle(update: Update, answers?: Answers, waited?: number): Promise<void>
  /** Tells every feature what happened to a chat. */
  tell(event: ChatEvent, source: string): Promise<void>
  /** Says that something went wrong and will be tried again, with a number to quote. */
  apologise(update: Update, reference: string): Promise<void>
}

export interface RouterParts {
  services: Services
  api: Api
  budget: Budget
  windows: PressWindows
  reader: FileReader
  features: readonly Feature[]
  bot: { id: number; username: string }
}

/** Finds out who speaks, where, and what they want; asks whether they may; gives it to the feature whose it is. */
export function createRouter({ services, api, budget, windows, reader, features, bot }: RouterParts): Router {
  const commands = byName(
    features.flatMap((one) => (one.commands ?? []).map((command): [string, Command] => [command.name, command])),
  )
  const buttons = byName(features.flatMap((one) => Object.entries(one.buttons ?? {})))
  const forms = byName(features.flatMap((one) => Object.entries(one.forms ?? {})))
  const starts = byName(features.flatMap((one) => Object.entries(one.starts ?? {})))

  const kept = createKeptAnswers(services)
  const repeated = createRepeatedPresses()
  const apologies = createApologies(services, { api, budget, kept }, bot.id)
  const told = features.toSorted((a, b) => Number(b.settlesLinks ?? false) - Number(a.settlesLinks ?? false))

  const tell = async (event: ChatEvent, source: string) => {
    const context = createContext(services, nobody, source)
    for (const feature of told) await feature.event?.(context, event)
  }

  const handle = async (update: Update, answers = new Answers(), waited = 0) => {
    const arrivedAt = monotonic() - waited
    const window = repeated.windowOf(update, arrivedAt)
    if (window && update.callback_query) {
      const text = services.texts('telegram:pressedBefore')
      return windows.say(update.callback_query.id, { text, ...window })
    }
    const source = `${bot.id}:${update.update_id}`
    const events = chatEventsOf(update, bot)
    const acts = events.filter(({ kind }) => kind === 'memberActed')
    const tellAll = async (some: readonly ChatEvent[]) => {
      for (const event of some) {
        if (event.kind === 'migrated') await moveChat(services, event.chatId, event.newChatId)
        await tell(event, source)
      }
    }
    await tellAll(events.filter((event) => !acts.includes(event)))
    const sender = senderOf(update)
    const message = update.message ?? null
    const press = update.callback_query ?? null
    const place = message?.chat ?? press?.message?.chat
    if (message && isAnonymous(message) && commandOf(message, bot.username)) return apologies.anonymous(message)
    if (!sender || !place || place.type === 'channel' || (!press && !hasContent(message))) return tellAll(acts)
    const account = { id: BigInt(sender.id), name: [sender.first_name, sender.last_name].filter(Boolean).join(' ') }
    const groupId = place.type === 'private' ? null : BigInt(place.id)
    const now = services.clock.now()
    const { speaker, connected, isKnownInside } = await speakerIn(services.database, account, groupId, now)
    // Everybody acts many times: that they are inside is news only once.
    if (!isKnownInside) await tellAll(acts)
    const chat = chatOf(place, connected)
    if (chat.kind === 'private' && speaker.link?.unreachable) {
      await tell({ kind: 'accountReturned', accountId: speaker.accountId }, source)
    }
    const pressed = press && pressOf(press)
    passing('update.handling')
    const files = new SentFiles(api, reader)
    const input = { update, chat, speaker, message, press: pressed, args: '', source, answers, files }
    const turn = new Turn({ services, api, budget, kept }, input)
    if (pressed) {
      if (await kept.isBehind({ accountId: speaker.accountId, chatId: chat.id })) {
        return turn.notify(turn.texts('telegram:floodedPress'), true)
      }
      await handlePress(turn, pressed.data)
      await turn.notify()
      repeated.done(update, turn.window, monotonic())
    } else if (message) {
      await handleMessage(turn, message)
    }
  }

  const handlePress = async (turn: Turn, data: string) => {
    const separator = data.indexOf(':')
    const word = separator === -1 ? data : data.slice(0, separator)
    const rest = turn.with(separator === -1 ? '' : data.slice(separator + 1))
    if (word === 'menu') return runCommand(rest.with(''), rest.args)
    if (word === 'cancel') return cancel(rest)
    const handler = buttons.get(word)
    if (!handler) return turn.notify(turn.texts('telegram:oldButton'), true)
    if (!handler.open && !isKnown(turn.speaker)) return refuseStranger(turn)
    await handler.handle(rest)
  }

  const handleMessage = async (turn: Turn, message: TelegramMessage) => {
    const command = commandOf(message, bot.username)
    if (command?.name === 'start' && command.args !== '') return handleStart(turn, command.args)
    if (command?.name === 'huy') return cancel(turn)
    const form = await turn.openForm()
    if (command && commands.has(command.name)) {
      // Whoever is just entering (the ward's name) would lose the question to a command that is not for them yet.
      if (form && !isKnown(turn.speaker)) return turn.reply({ text: turn.texts('telegram:finishFirst') })
      await turn.closeForm()
      return runCommand(turn.with(command.args), command.name)
    }
    if (command) return unknown(turn)
    // Handled before, up to the question it led to: it must not answer that too.
    if (form !== null && form.source === turn.context.source) return
    if (form && answersForm(turn, message, form)) {
      const picked = form.kind === 'pick' ? pickedData(message.text, form.data) : null
      if (picked) return picked.ok ? handlePress(turn, picked.value) : turn.refuse(picked.problem)
      const handler: FormHandler | undefined = forms.get(form.kind)
      const mayAnswer = handler && (handler.open || isKnown(turn.speaker))
      if (mayAnswer && (await handler.handle(turn, form.data)) !== false) return
    }
    await handleTalk(turn, message)
  }

  const handleTalk = async (turn: Turn, message: TelegramMessage) => {
    if (turn.chat.kind === 'private' && message.text && (await handleText(turn, message.text))) return
    if (!isKnown(turn.speaker)) return turn.chat.kind === 'private' ? refuseStranger(turn) : undefined
    if (message.reply_to_message) {
      for (const feature of features) if (await feature.reply?.(turn, message)) return
    }
    if (turn.chat.kind === 'private' && sentFileOf(message) !== null) {
      for (const feature of features) if (await feature.file?.(turn, message)) return
    }
    await unknown(turn)
  }

  const handleText = async (turn: Turn, text: string) => {
    for (const feature of features) if (await feature.text?.(turn, text)) return true
    return false
  }

  const handleStart = async (turn: Turn, payload: string) => {
    const [word = '', ...rest] = payload.split('_')
    const start = starts.get(word)
    await turn.closeForm()
    if (start) return start(turn.with(rest.join('_')))
    if (turn.chat.kind === 'private' && (await handleText(turn, payload))) return
    await unknown(turn)
  }

  const runCommand = async (turn: Turn, name: string) => {
    const command: Command | undefined = commands.get(name)
    if (!command) return unknown(turn)
    if (command.audience !== 'everyone' && !isKnown(turn.speaker)) return refuseStranger(turn)
    if (!command.chats.includes(kindOf(turn.chat))) {
      return turn.refuse({ code: command.chats.includes('private') ? 'telegram.onlyPrivate' : 'telegram.onlyGroup' })
    }
    if (!isAllowedCommand(command, turn.speaker))
      return turn.refuse({ code: 'access.denied', params: { action: name } })
    await command.handle(turn)
  }

  const cancel = async (turn: Turn) => {
    // The finger again, after its first press has taken the buttons down.
    if (turn.press?.isGone) return turn.notify(turn.texts('telegram:cancelled'))
    await turn.closeForm()
    await turn.clearButtons()
    await turn.reply({ text: turn.texts('telegram:cancelled') })
  }

  const refuseStranger = async (turn: Turn) => {
    if (turn.speaker.link && !turn.speaker.link.consented) {
      // Linked, but the notice on personal data is not accepted yet.
      if (turn.press) await turn.notify()
      const button = { text: turn.texts('telegram:readConsent'), data: 'consent:show' }
      return turn.reply({ text: turn.texts('telegram:consentFirst'), buttons: [[button]] })
    }
    if (turn.press) return turn.notify(turn.texts('telegram:strangerPress'), true)
    if (turn.chat.kind === 'group') return turn.reply({ text: turn.texts('telegram:strangerInGroup') })
    await turn.reply({
      text: turn.texts('telegram:stranger'),
      buttons: [[{ text: turn.texts('telegram:strangerByPhone'), data: 'lphone' }]],
    })
  }

  const unknown = async (turn: Turn) => {
    if (turn.chat.kind === 'group') return
    if (!isKnown(turn.speaker)) return refuseStranger(turn)
    await turn.reply({
      text: turn.texts('telegram:notUnderstood'),
      buttons: [[{ text: turn.texts('telegram:openMenu'), data: 'menu:menu' }]],
    })
  }

  return { handle, tell, apologise: (update, reference) => apologies.failed(update, reference) }
}

/** Features share one space of names; two of one name would take each other's presses. */
function byName<T>(entries: [string, T][]): Map<string, T> {
  const map = new Map<string, T>()
  for (const [name, value] of entries) {
    if (map.has(name)) throw new Error(`two features use the name ${name}`)
    map.set(name, value)
  }
  return map
}

/** Linked with consent, or appointed: whoever the product may talk with about its matters. */
export function isKnown(speaker: Speaker): boolean {
  return speaker.actor.grants.length > 0
}

/** In which of the kinds of chats that a command may stand in this one is. */
export function kindOf({ kind, branch, ward }: Chat): ChatKind {
  if (kind === 'private') return 'private'
  if (branch) return 'branchGroup'
  return ward ? 'wardGroup' : 'group'
}
