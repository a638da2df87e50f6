import type { Message, Update, User } from 'grammy/types'

/** The updates the bot asks Telegram for. `chat_member` comes only where it is an administrator. */
export const allowedUpdates = ['message', 'callback_query', 'my_chat_member', 'chat_member'] as const

/**
 * Whether an update is for us. In a group only commands, replies to the bot, presses and service messages pass; other talk
 * is dropped here and never stored. The awaited file of an open form comes as a reply to the bot's question.
 */
export function isForUs(update: Update, bot: { id: number; username: string }): boolean {
  if (update.callback_query) return !update.callback_query.from.is_bot
  if (update.my_chat_member || update.chat_member) return true
  const { message } = update
  if (!message || (message.from?.is_bot && !isAnonymous(message))) return isService(message)
  if (message.chat.type === 'private') return true
  return isService(message) || isCommandFor(message, bot.username) || message.reply_to_message?.from?.id === bot.id
}

/** Written by an administrator who hides behind the group: nobody can tell who it is. */
export function isAnonymous(message: Message): boolean {
  return message.sender_chat !== undefined && message.sender_chat.id === message.chat.id
}

/** Things that happened to the group: title, members, migration. */
export function isService(message: Message | undefined): boolean {
  return (
    message !== undefined &&
    (message.new_chat_title !== undefined ||
      message.new_chat_members !== undefined ||
      message.left_chat_member !== undefined ||
      message.migrate_to_chat_id !== undefined ||
      message.migrate_from_chat_id !== undefined)
  )
}

export interface GivenCommand {
  name: string
  args: string
}

/** The command at the start of a text or caption, unless it is addressed to another bot. */
export function commandOf(message: Message, username: string): GivenCommand | null {
  const text = message.text ?? message.caption ?? ''
  const match = /^\/([a-z0-9_]{1,32})(?:@(\w+))?(?:\s+([\s\S]*))?$/i.exec(text)
  if (!match?.[1]) return null
  if (match[2] && match[2].toLowerCase() !== username.toLowerCase()) return null
  return { name: match[1].toLowerCase(), args: match[3]?.trim() ?? '' }
}

function isCommandFor(message: Message, username: string): boolean {
  return commandOf(message, username) !== null
}

/** The person behind an update, if it is one: an anonymous administrator or a channel cannot be told. */
export function senderOf(update: Update): User | null {
  const event = update.callback_query ?? update.my_chat_member ?? update.chat_member
  if (event) return event.from
  const { message } = update
  return message?.from && !message.sender_chat ? message.from : null
}

/** Updates of one key are handled one after another: a person's messages and presses, or a chat's where there is no person. */
export function orderingKey(update: Update): string {
  const sender = senderOf(update)
  if (sender) return `u${sender.id}`
  const chat = update.message?.chat ?? update.my_chat_member?.chat ?? update.chat_member?.chat
  return `c${chat?.id ?? 0}`
}
