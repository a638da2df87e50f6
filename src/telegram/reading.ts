import type { CallbackQuery, Chat as TelegramChat, Message as TelegramMessage } from 'grammy/types'
import { isUnder } from './button-data.ts'
import type { OpenForm } from './forms.ts'
import type { ConnectedPlace } from './speaker.ts'
import type { Chat, Press, Turn } from './turn.ts'

export function chatOf(place: TelegramChat, connected: ConnectedPlace): Chat {
  const kind = place.type === 'private' ? 'private' : 'group'
  return { id: place.id, kind, title: kind === 'private' ? '' : (place.title ?? ''), ...connected }
}

export function pressOf({ id, data = '', message }: CallbackQuery): Press {
  const isGone = message !== undefined && 'text' in message && !isUnder(message, data)
  return { id, data, messageId: message?.message_id ?? null, isGone }
}

/** In a group an answer is a reply to the question; a question that had to wait for Telegram has no number yet. */
export function answersForm(turn: Turn, message: TelegramMessage, { promptMessageId }: OpenForm): boolean {
  if (turn.chat.kind === 'private') return true
  const repliedTo = message.reply_to_message?.message_id
  return repliedTo !== undefined && (promptMessageId === null || repliedTo === promptMessageId)
}

/** Something a person wrote or sent, as opposed to a notice of Telegram about the chat. */
export function hasContent(message: TelegramMessage | null): boolean {
  return (
    message !== null &&
    (message.text !== undefined ||
      message.caption !== undefined ||
      message.photo !== undefined ||
      message.document !== undefined ||
      message.contact !== undefined ||
      message.chat_shared !== undefined ||
      message.video !== undefined ||
      message.voice !== undefined)
  )
}
