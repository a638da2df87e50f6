import type { Message } from '@grammyjs/types'
import type { Bot, Service } from '../model.ts'
import type { State } from '../state.ts'
import { renderChat, renderUser } from './chat.ts'
import { renderMessage } from './message.ts'

/** Puts a service message's field into the message. */
export function renderService(state: State, bot: Bot, service: Service, out: Message): void {
  switch (service.type) {
    case 'group_chat_created':
      out.group_chat_created = true
      break
    case 'supergroup_chat_created':
      out.supergroup_chat_created = true
      break
    case 'new_chat_members':
      out.new_chat_members = service.accounts.map(renderUser)
      break
    case 'left_chat_member':
      out.left_chat_member = renderUser(service.account)
      break
    case 'new_chat_title':
      out.new_chat_title = service.title
      break
    case 'migrate_to_chat_id':
      out.migrate_to_chat_id = service.chatId
      break
    case 'migrate_from_chat_id':
      out.migrate_from_chat_id = service.chatId
      break
    case 'pinned_message':
      out.pinned_message = renderMessage(state, bot, service.message, false)
      break
    case 'chat_shared': {
      const chat = renderChat(service.chat)
      out.chat_shared = { request_id: service.requestId, chat_id: chat.id }
      if (service.title && chat.title) out.chat_shared.title = chat.title
      if (service.username && chat.username) out.chat_shared.username = chat.username
      break
    }
    case 'users_shared':
      out.users_shared = {
        request_id: service.requestId,
        users: service.accounts.map((account) => ({
          user_id: account.id,
          ...(service.name ? { first_name: account.firstName } : {}),
          ...(service.username && account.username ? { username: account.username } : {}),
        })),
      }
      break
    case 'forum_topic_created':
      out.forum_topic_created = { name: service.name, icon_color: service.iconColor }
      if (service.iconEmoji) out.forum_topic_created.icon_custom_emoji_id = service.iconEmoji
      break
    case 'forum_topic_edited':
      out.forum_topic_edited = {}
      if (service.name) out.forum_topic_edited.name = service.name
      if (service.iconEmoji !== undefined) out.forum_topic_edited.icon_custom_emoji_id = service.iconEmoji
      break
    case 'forum_topic_closed':
      out.forum_topic_closed = {}
      break
    case 'forum_topic_reopened':
      out.forum_topic_reopened = {}
      break
    case 'general_forum_topic_hidden':
      out.general_forum_topic_hidden = {}
      break
    case 'general_forum_topic_unhidden':
      out.general_forum_topic_unhidden = {}
  }
}
