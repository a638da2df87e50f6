import type { Update } from 'grammy/types'
import { senderOf } from './door.ts'
import type { ChatEvent } from './feature.ts'
import { asInside } from './group-members.ts'

/** What an update says about its chat: who is in it, the bot's own membership, the title, the migration to a supergroup. */
export function chatEventsOf(update: Update, bot: { id: number }): ChatEvent[] {
  const events: ChatEvent[] = memberEventsOf(update, bot)
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
      const lost = before.status === 'administrator' && now.status !== 'administrator'
      const stays = now.status === 'administrator' ? 'botPromoted' : lost ? 'botDemoted' : null
      const kind = gone ? 'botRemoved' : wasAway ? 'botAdded' : stays
      if (kind) events.push({ kind, chatId: BigInt(chat.id), title: chat.title ?? '', by: BigInt(from.id) })
    }
  }
  return events
}

/** Who came into a group, left it, or shows by acting there that they are inside. The bot itself is told of otherwise. */
function memberEventsOf(update: Update, bot: { id: number }): ChatEvent[] {
  const { message, chat_member: changed, callback_query: press } = update
  const chat = message?.chat ?? changed?.chat ?? press?.message?.chat
  if (!chat || chat.type === 'private' || chat.type === 'channel') return []
  const chatId = BigInt(chat.id)
  const events: ChatEvent[] = []
  const joined = (accountId: bigint, standing: 'administrator' | 'member') => {
    if (accountId !== BigInt(bot.id)) events.push({ kind: 'memberJoined', chatId, accountId, standing })
  }
  const left = (accountId: bigint) => {
    if (accountId !== BigInt(bot.id)) events.push({ kind: 'memberLeft', chatId, accountId })
  }
  if (changed) {
    const [inside] = asInside(changed.new_chat_member)
    if (inside) joined(inside.accountId, inside.standing)
    else left(BigInt(changed.new_chat_member.user.id))
    return events
  }
  for (const user of message?.new_chat_members ?? []) joined(BigInt(user.id), 'member')
  if (message?.left_chat_member) left(BigInt(message.left_chat_member.id))
  const sender = events.length === 0 ? senderOf(update) : null
  if (sender && !sender.is_bot) events.push({ kind: 'memberActed', chatId, accountId: BigInt(sender.id) })
  return events
}
