import type { Bot, Chat, Message } from '../model.ts'
import { isAdministrator, isIn } from './rights.ts'

/**
 * Whether a bot gets a group message. Administrators and bots without privacy mode get all; the others get service
 * messages, replies to the bot, mentions of it, commands meant for it, and bare commands if no other bot wrote last.
 */
export function reachesBot(bot: Bot, message: Message): boolean {
  const { chat } = message
  if (chat.type === 'private' || message.content.kind === 'service') return true
  if (!bot.privacy || isAdministrator(chat.members.get(bot.account.id))) return true
  if (message.viaBot?.id === bot.account.id) return true
  if (message.replyTo?.from.id === bot.account.id) return true
  return commandReaches(bot, message) || mentions(bot, message)
}

function commandReaches(bot: Bot, message: Message): boolean {
  const { text, entities } = words(message)
  const first = entities[0]
  if (first?.type !== 'bot_command' || first.offset !== 0) return false
  const name = text.slice(0, first.length).split('@')[1]
  if (name !== undefined) return sameName(bot, name)
  return lastBotWriter(message.chat) === bot.account.id || lastBotWriter(message.chat) === undefined
}

function mentions(bot: Bot, message: Message): boolean {
  const { text, entities } = words(message)
  return entities.some(
    (entity) =>
      (entity.type === 'mention' && sameName(bot, text.slice(entity.offset + 1, entity.offset + entity.length))) ||
      (entity.type === 'text_mention' && entity.user.id === bot.account.id),
  )
}

function words(message: Message) {
  const { content } = message
  if (content.kind === 'text') return { text: content.text, entities: content.entities }
  if (content.kind === 'media') return { text: content.caption, entities: content.captionEntities }
  return { text: '', entities: [] }
}

function sameName(bot: Bot, name: string): boolean {
  return name.toLowerCase() === bot.account.username?.toLowerCase()
}

/** A bot that has left no longer takes the bare commands. */
function lastBotWriter(chat: Chat): number | undefined {
  const id = chat.lastBotWriter
  return id !== undefined && isIn(chat.members.get(id)) ? id : undefined
}
