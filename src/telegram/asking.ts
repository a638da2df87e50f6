import type { Message } from '../platform/messages.ts'
import type { Turn } from './turn.ts'

/**
 * A message as a question: in a group the reply box of whoever is asked opens, since only a reply passes; in private a button to
 * stop stands under it, so that nobody needs to know `/huy`.
 */
export function asQuestion(turn: Turn, message: Message): Message {
  if (turn.chat.kind === 'group') return { ...addressed(turn, message), asksReply: {} }
  return { ...message, buttons: [[{ text: turn.texts('common:cancel'), data: 'cancel' }]] }
}

/** Telegram opens the reply box of whoever is replied to; after a press, which is no message, of whoever is named. */
function addressed(turn: Turn, message: Message): Message {
  if (turn.message) return message
  const name = turn.speaker.accountName
  const user = { id: Number(turn.speaker.accountId), is_bot: false, first_name: name }
  const moved = (message.entities ?? []).map((entity) => ({ ...entity, offset: entity.offset + name.length + 2 }))
  return {
    ...message,
    text: `${name}: ${message.text}`,
    entities: [{ type: 'text_mention', offset: 0, length: name.length, user }, ...moved],
  }
}
