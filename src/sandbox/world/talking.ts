import { PeopleError } from '../errors.ts'
import { storeFile, type Upload } from '../files/store.ts'
import { readEntities } from '../format/entities.ts'
import { findEntities } from '../format/found.ts'
import { FormatError, trimmed } from '../format/text.ts'
import type { Account, Chat, Content, Message } from '../model.ts'
import type { State } from '../state.ts'
import { texts } from '../texts.ts'
import { announce, announceBlocking, announceEdit } from '../updates/announce.ts'
import { person } from './accounts.ts'
import { nextEphemeralId } from './ephemerals.ts'
import { commandsFor } from './menus.ts'
import { openChatOf } from './places.ts'
import { erase, isFrom, post, touch } from './posting.ts'
import { hasPermission, hasRight, type Permission } from './rights.ts'

interface Place {
  from: number
  chat: number
  /** The bot of a private chat, when there are several. */
  bot?: number | undefined
  replyTo?: number | undefined
  topic?: number | undefined
}

export interface Saying extends Place {
  text: string
  /** Formatting, as the Bot API writes entities. */
  entities?: readonly unknown[] | undefined
  /** A command that the bot has declared ephemeral: nobody else in the group sees it. */
  ephemeral?: boolean | undefined
}

export interface SendingFile extends Place, Upload {
  caption?: string | undefined
  as: 'document' | 'photo' | 'video' | 'voice'
}

/** A person writes; the bots that may see it are told. */
export function say(state: State, input: Saying): Message {
  const { text, entities } = trimmed({ text: input.text, entities: givenEntities(input) })
  if (text === '') throw new PeopleError('message.empty', texts.messageEmpty)
  if (text.length > 4096 && [...text].length > 4096) throw new PeopleError('message.tooLong', texts.messageTooLong)
  const content: Content = { kind: 'text', text, entities: [...entities, ...findEntities(text, entities)] }
  if (input.ephemeral) return whisper(state, input, content)
  return put(state, input, content, 'can_send_messages')
}

/** An ephemeral command reaches the one bot that declared it. */
function whisper(state: State, input: Saying, content: Content): Message {
  const from = person(state, input.from)
  const chat = openChatOf(state, from, input.chat)
  const name = /^\/(\w+)/.exec(input.text)?.[1]
  const bot = [...state.data.bots.values()].find(
    (each) =>
      chat.bots.has(each.account.id) &&
      commandsFor(each, chat, from).some(({ command, is_ephemeral }) => is_ephemeral && command === name),
  )
  if (!bot || chat.type === 'private') throw new PeopleError('command.notEphemeral', texts.noEphemeralCommand)
  const ephemeral = { id: nextEphemeralId(bot), receiver: bot.account }
  const message = post(state, chat, { from, content, ephemeral })
  announce(state, message)
  return message
}

function givenEntities({ text, entities }: Saying) {
  try {
    return readEntities(text, entities)
  } catch (error) {
    if (error instanceof FormatError)
      throw new PeopleError('entities.invalid', texts.invalid('entities', error.message))
    throw error
  }
}

/** What one must be allowed to in a group to send such a file. */
const rightTo = {
  document: 'can_send_documents',
  photo: 'can_send_photos',
  video: 'can_send_videos',
  voice: 'can_send_voice_notes',
} as const

/** A person sends a file, a photo, a film or a spoken message. */
export function sendFile(state: State, input: SendingFile): Message {
  const file = storeFile(state, input)
  if (input.as === 'photo' && file.width === undefined) throw new PeopleError('file.notPhoto', texts.notPhoto)
  const media = { kind: input.as, file, duration: 0, spoiler: false }
  const caption = input.caption?.trim() ?? ''
  const content: Content = { kind: 'media', media, caption, captionEntities: findEntities(caption) }
  return put(state, input, content, rightTo[input.as])
}

/** Any content a person puts into a chat: checks leave, opens the private chat, tells the bots. */
export function put(
  state: State,
  input: Place,
  content: Content,
  permission: Permission,
  extra: Partial<Pick<Message, 'albumId' | 'forwarded'>> = {},
): Message {
  const from = person(state, input.from)
  const chat = openChatOf(state, from, input.chat, input.bot)
  if (chat.type === 'private') {
    chat.started = true
    unblock(state, from, chat)
  } else if (!hasPermission(chat, chat.members.get(from.id), permission)) {
    throw new PeopleError('message.forbidden', texts.mayNotWrite, 403)
  }
  const replyTo = input.replyTo === undefined ? undefined : messageIn(chat, input.replyTo)
  const threadId = input.topic ?? replyTo?.threadId
  const message = post(state, chat, {
    from,
    content,
    anonymous: chat.members.get(from.id)?.rights?.is_anonymous === true,
    ...(replyTo ? { replyTo } : {}),
    ...(threadId === undefined ? {} : { threadId }),
    ...extra,
  })
  announce(state, message)
  return message
}

/** A person mends the text or caption of their own message. */
export function edit(state: State, input: Place & { message: number; text: string }): Message {
  const { from, message } = own(state, input)
  const text = input.text.trim()
  const entities = findEntities(text)
  if (message.content.kind === 'text' && text !== '') message.content = { ...message.content, text, entities }
  else if (message.content.kind === 'media') {
    message.content = { ...message.content, caption: text, captionEntities: entities }
  } else throw new PeopleError('message.notText', texts.notText)
  if (!isFrom(message, from)) throw new PeopleError('message.notYours', texts.notYours, 403)
  message.editDate = state.clock.seconds()
  touch(state, message)
  announceEdit(state, message)
  return message
}

/** A person deletes their own message, or anybody's as an administrator. Bots are not told, as in Telegram. */
export function remove(state: State, input: Place & { message: number }): void {
  const { from, chat, message } = own(state, input)
  const mayAny = chat.type === 'private' || hasRight(chat.members.get(from.id), 'can_delete_messages')
  if (!mayAny && !isFrom(message, from)) throw new PeopleError('message.notYours', texts.notYours, 403)
  erase(state, message)
}

/** A person blocks the bot, or takes it back. */
export function block(state: State, input: { from: number; bot?: number | undefined; blocked: boolean }): void {
  const from = person(state, input.from)
  const chat = openChatOf(state, from, from.id, input.bot)
  if (!input.blocked) unblock(state, from, chat)
  const bot = chat.botId === undefined ? undefined : state.data.bots.get(chat.botId)
  if (!input.blocked || !bot || from.blocked.has(bot.account.id)) return
  from.blocked.add(bot.account.id)
  announceBlocking(state, bot, chat, true)
}

/** The message of that number which can still be seen. */
export function messageIn(chat: Chat, id: number): Message {
  const message = chat.messages.get(id)
  if (!message) throw new PeopleError('message.unknown', texts.messageUnknown(id), 404)
  return message
}

function own(state: State, input: Place & { message: number }): { from: Account; chat: Chat; message: Message } {
  const from = person(state, input.from)
  const chat = openChatOf(state, from, input.chat, input.bot)
  return { from, chat, message: messageIn(chat, input.message) }
}

/** Writing to a blocked bot takes the block away, and the bot hears of it first. */
function unblock(state: State, from: Account, chat: Chat): void {
  const bot = chat.botId === undefined ? undefined : state.data.bots.get(chat.botId)
  if (!bot || !from.blocked.delete(bot.account.id)) return
  announceBlocking(state, bot, chat, false)
}
