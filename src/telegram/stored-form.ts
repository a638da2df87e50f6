import type { Update } from 'grammy/types'

/**
 * What may be stored of an update: what its person did, without the words of other messages that Telegram sends along. A reply
 * in private quotes what it answers, a pinned message comes whole: either may be a ballot paper with its choices.
 */
export function storedForm(update: Update): Update {
  if (update.message?.chat.type !== 'private') return update
  const {
    quote: _quote,
    external_reply: _external,
    pinned_message: _pinned,
    ...message
  } = structuredClone(update.message)
  const answered = message.reply_to_message ?? {}
  for (const field of Object.keys(answered)) if (!place.has(field)) Reflect.deleteProperty(answered, field)
  return { ...update, message }
}

/** What tells which message is answered. */
const place = new Set(['message_id', 'chat', 'from', 'date'])

/** A press as it is stored with other data: who, where and under which message, but not what that message says. */
export function withData(update: Update, data: string): Update {
  const press = update.callback_query
  if (!press) return update
  const { id, from, chat_instance, message } = press
  const under = message && { chat: message.chat, message_id: message.message_id, date: 0 as const }
  return {
    update_id: update.update_id,
    callback_query: { id, from, chat_instance, data, ...(under ? { message: under } : {}) },
  }
}
