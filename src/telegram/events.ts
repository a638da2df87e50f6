import type { Update } from 'grammy/types'
import type { ChatEvent } from './feature.ts'

/** What an update says about its chat: the bot's own membership, the title, the migration to a supergroup. */
export function chatEventsOf(update: Update, bot: { id: number }): ChatEvent[] {
  const events: ChatEvent[] = []
  const { message, my_chat_member: membership } = update
  if (message?.new_chat_title !== undefined) {
    events.push({ kind: 'titleChanged', chatId: BigInt(message.chat.id), title: message.new_chat_title })
  }
  if (message?.migrate_to_chat_id !== undefined) {
    events.push({ kind: 'migrated', chatId: BigInt(message.chat.id), newChatId: BigInt(message.migrate_to_chat_id) })
  }
  if (message?.migrate_from_chat_id !== undefined) {
    events.push({ kind: 'migrated', chatId: BigInt(message.migrate_from_chat_id), newChatId: BigInt(message.chat.id) })
  }
  if (membership && membership.new_chat_member.user.id === bot.id) {
    const { chat, from, new_chat_member: now, old_chat_member: before } = membership
    const gone = now.status === 'left' || now.status === 'kicked'
    if (chat.type === 'private') {
      events.push({ kind: gone ? 'accountBlocked' : 'accountReturned', accountId: BigInt(chat.id) })
    } else {
      const wasAway = before.status === 'left' || before.status === 'kicked'
      const kind = gone ? 'botRemoved' : wasAway ? 'botAdded' : now.status === 'administrator' ? 'botPromoted' : null
      if (kind) events.push({ kind, chatId: BigInt(chat.id), title: chat.title ?? '', by: BigInt(from.id) })
    }
  }
  return events
}
