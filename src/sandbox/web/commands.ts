import type { BotCommand } from '@grammyjs/types'
import type { Account, Chat } from '../model.ts'
import type { State } from '../state.ts'
import { commandsFor } from '../world/menus.ts'

/** What the "/" button offers: the commands of the chat's bots, with the bot's name where there are several. */
export function commandMenu(state: State, chat: Chat, viewer: Account): BotCommand[] {
  const bots = [...chat.bots].flatMap((id) => state.data.bots.get(id) ?? [])
  return bots.flatMap((bot) =>
    commandsFor(bot, chat, viewer).map(({ command, description }) => ({
      command: bots.length > 1 ? `${command}@${bot.account.username}` : command,
      description,
    })),
  )
}
