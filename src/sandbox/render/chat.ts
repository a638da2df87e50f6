import type { Chat as ApiChat, User } from '@grammyjs/types'
import type { Account, Chat } from '../model.ts'

export type RenderedChat = Exclude<ApiChat, ApiChat.ChannelChat>

export function renderUser(account: Account): User {
  const user: User = { id: account.id, is_bot: account.isBot, first_name: account.firstName }
  if (account.lastName) user.last_name = account.lastName
  if (account.username) user.username = account.username
  if (account.languageCode) user.language_code = account.languageCode
  return user
}

export function renderChat(chat: Chat): RenderedChat {
  if (chat.type === 'private') {
    const out: ApiChat.PrivateChat = { id: chat.id, type: 'private', first_name: chat.person?.firstName ?? chat.title }
    if (chat.person?.lastName) out.last_name = chat.person.lastName
    if (chat.person?.username) out.username = chat.person.username
    return out
  }
  if (chat.type === 'group') return { id: chat.id, type: 'group', title: chat.title }
  const out: ApiChat.SupergroupChat = { id: chat.id, type: 'supergroup', title: chat.title }
  if (chat.username) out.username = chat.username
  if (chat.forum) out.is_forum = true
  return out
}
