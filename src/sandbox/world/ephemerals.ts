import type { Bot } from '../model.ts'

/** A number for the next ephemeral message of a bot, either way. */
export function nextEphemeralId(bot: Bot): number {
  const id = bot.nextEphemeralId
  bot.nextEphemeralId += 1
  return id
}

/** How a chat finds an ephemeral message. */
export function ephemeralKey(receiver: number, id: number): string {
  return `${receiver}:${id}`
}
