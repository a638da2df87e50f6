import type { BotCommand } from '@grammyjs/types'
import type { Account, Bot, Chat } from '../model.ts'
import { isAdministrator } from './rights.ts'

/** Under which a bot's list of commands is kept: one for each scope and language. */
export function commandKey(scope: string, language = ''): string {
  return `${scope}/${language}`
}

/** The commands a person is shown in a chat: the first list that is set, from the narrowest scope to the widest. */
export function commandsFor(bot: Bot, chat: Chat, viewer: Account): BotCommand[] {
  for (const scope of scopes(chat, viewer)) {
    for (const language of [viewer.languageCode ?? '', '']) {
      const commands = bot.commands.get(commandKey(scope, language))
      if (commands) return commands
    }
  }
  return []
}

function scopes(chat: Chat, viewer: Account): string[] {
  if (chat.type === 'private') return [`chat:${chat.id}`, 'all_private_chats', 'default']
  const isAdmin = isAdministrator(chat.members.get(viewer.id))
  return [
    `chat_member:${chat.id}:${viewer.id}`,
    ...(isAdmin ? [`chat_administrators:${chat.id}`] : []),
    `chat:${chat.id}`,
    ...(isAdmin ? ['all_chat_administrators'] : []),
    'all_group_chats',
    'default',
  ]
}
