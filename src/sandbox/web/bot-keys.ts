import type { ReplyKeyboardMarkup } from '@grammyjs/types'
import type { Account, Chat, Message } from '../model.ts'
import { isVisible } from '../world/seeing.ts'

/** How far back the last word of a bot about the keyboard is looked for. */
const REACH = 500

export interface BotKeys {
  message: Message
  markup: ReplyKeyboardMarkup
}

/** The reply keyboard this person has in the chat now. */
export function keysFor(chat: Chat, viewer: Account): BotKeys | null {
  for (const message of latest(chat, viewer)) {
    const { keyboard } = message
    if (!keyboard || !isMeantFor(message, viewer)) continue
    if ('remove_keyboard' in keyboard) return null
    if ('keyboard' in keyboard) {
      return keyboard.one_time_keyboard && hasSpokenSince(message, viewer) ? null : { message, markup: keyboard }
    }
  }
  return null
}

/** The question of a bot that this person's next message answers, unless they have said something since. */
export function questionFor(chat: Chat, viewer: Account): Message | null {
  for (const message of latest(chat, viewer)) {
    if (message.from.id === viewer.id) return null
    if (isQuestion(message) && isMeantFor(message, viewer)) return message
  }
  return null
}

function isQuestion({ keyboard, inline }: Message): boolean {
  const markup = keyboard ?? inline
  return markup !== undefined && 'force_reply' in markup && markup.force_reply === true
}

/** A selective keyboard is for the one it answers and for those it mentions. */
function isMeantFor(message: Message, viewer: Account): boolean {
  const { keyboard, chat, replyTo, content } = message
  if (chat.type === 'private' || !keyboard || !('selective' in keyboard) || !keyboard.selective) return true
  if (replyTo?.from.id === viewer.id) return true
  if (content.kind !== 'text') return false
  return content.entities.some(
    (entity) =>
      (entity.type === 'text_mention' && entity.user.id === viewer.id) ||
      (entity.type === 'mention' &&
        viewer.username !== undefined &&
        content.text.slice(entity.offset + 1, entity.offset + entity.length).toLowerCase() ===
          viewer.username.toLowerCase()),
  )
}

function* latest(chat: Chat, viewer: Account): Generator<Message> {
  const end = Math.max(0, chat.log.length - REACH)
  for (let at = chat.log.length - 1; at >= end; at--) {
    const entry = chat.log[at]
    if (!entry || entry.message.seq !== entry.seq || entry.message.deleted) continue
    if (isVisible(chat, viewer, entry.message)) yield entry.message
  }
}

function hasSpokenSince(message: Message, viewer: Account): boolean {
  return message.chat.log.some((entry) => entry.seq > message.seq && entry.message.from.id === viewer.id)
}
