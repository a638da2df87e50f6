import type { ChatFullInfo } from '@grammyjs/types'
import type { Bot, Chat } from '../model.ts'
import type { State } from '../state.ts'
import { isAdministrator } from '../world/rights.ts'
import { renderMessage } from './message.ts'

/** What `getChat` tells of a chat. */
export function renderFullChat(state: State, bot: Bot, chat: Chat): ChatFullInfo {
  const common = {
    id: chat.id,
    accent_color_id: Math.abs(chat.id) % 7,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
  }
  const pinned = chat.pinned.at(-1)
  const pin = pinned ? { pinned_message: renderMessage(state, bot, pinned) } : {}
  if (chat.type === 'private') return { ...common, ...pin, type: 'private', ...personOf(chat) }
  const link = isAdministrator(chat.members.get(bot.account.id)) ? chat.inviteLink : undefined
  const group = {
    ...common,
    ...pin,
    title: chat.title,
    permissions: chat.permissions,
    ...(chat.description ? { description: chat.description } : {}),
    ...(link ? { invite_link: link } : {}),
    ...(chat.protectedContent ? ({ has_protected_content: true } as const) : {}),
  }
  if (chat.type === 'group') return { ...group, type: 'group' }
  return {
    ...group,
    type: 'supergroup',
    ...(chat.username ? { username: chat.username, active_usernames: [chat.username] } : {}),
    ...(chat.forum ? ({ is_forum: true } as const) : {}),
  }
}

function personOf({ person, title }: Chat) {
  return {
    first_name: person?.firstName ?? title,
    ...(person?.lastName ? { last_name: person.lastName } : {}),
    ...(person?.username ? { username: person.username, active_usernames: [person.username] } : {}),
  }
}
