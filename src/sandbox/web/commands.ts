import type { BotCommand } from '@grammyjs/types'
import type { Account, Bot, Chat } from '../model.ts'
import type { State } from '../state.ts'
import { commandKey } from '../world/menus.ts'
import { isAdministrator } from '../world/rights.ts'

/** The commands that the bots of a chat offer this person there: the narrowest list that was set, as Telegram's apps choose. */
export function commandsFor(state: State, chat: Chat, viewer: Account): BotCommand[] {
  const bots = [...chat.bots].flatMap((id) => state.data.bots.get(id) ?? [])
  return bots.flatMap((bot) => narrowest(bot, chat, viewer).map((command) => named(bot, command, bots.length > 1)))
}

function narrowest(bot: Bot, chat: Chat, viewer: Account): BotCommand[] {
  const languages = viewer.languageCode ? [viewer.languageCode, ''] : ['']
  for (const scope of scopes(chat, viewer)) {
    for (const language of languages) {
      const found = bot.commands.get(commandKey(scope, language))
      if (found) return found
    }
  }
  return []
}

function scopes(chat: Chat, viewer: Account): string[] {
  if (chat.type === 'private') return [`chat:${chat.id}`, 'all_private_chats', 'default']
  const manages = isAdministrator(chat.members.get(viewer.id))
  return [
    `chat_member:${chat.id}:${viewer.id}`,
    ...(manages ? [`chat_administrators:${chat.id}`] : []),
    `chat:${chat.id}`,
    ...(manages ? ['all_chat_administrators'] : []),
    'all_group_chats',
    'default',
  ]
}

function named(bot: Bot, { command, description }: BotCommand, several: boolean): BotCommand {
  return { command: several ? `${command}@${bot.account.username}` : command, description }
}
