import { PeopleError } from '../errors.ts'
import type { Account, Bot, Chat } from '../model.ts'
import type { State } from '../state.ts'
import { texts } from '../texts.ts'
import { defaultBot } from './accounts.ts'
import { isIn, usualPermissions } from './rights.ts'

/** An empty chat of either kind. */
export function blankChat(id: number, type: Chat['type'], title: string): Chat {
  return {
    id,
    type,
    title,
    members: new Map(),
    started: false,
    memberCount: 0,
    bots: new Set(),
    messages: new Map(),
    ephemerals: new Map(),
    lastMessageId: 0,
    log: [],
    pinned: [],
    permissions: usualPermissions(),
    deleted: false,
    forum: false,
    topics: new Map(),
    protectedContent: false,
  }
}

/** The private chat of a person with a bot, opened on first use; looking at it is not yet writing in it. */
export function openPrivateChat(bot: Bot, person: Account): Chat {
  const known = bot.privateChats.get(person.id)
  if (known) return known
  const chat = blankChat(person.id, 'private', person.firstName)
  chat.person = person
  chat.botId = bot.account.id
  chat.bots.add(bot.account.id)
  bot.privateChats.set(person.id, chat)
  return chat
}

/** As if the person had started the bot long ago. */
export function startPrivateChat(bot: Bot, person: Account): Chat {
  const chat = openPrivateChat(bot, person)
  chat.started = true
  return chat
}

/** The group with that id, or a refusal for the people's side. */
export function group(state: State, id: number): Chat {
  const chat = state.data.groups.get(id)
  if (!chat) throw new PeopleError('chat.unknown', texts.chatUnknown(id), 404)
  return chat
}

/**
 * The chat a person means by that number: a group they are in, or their own id (or a bot's) for the private chat
 * with a bot.
 */
export function chatOf(state: State, account: Account, id: number, botId?: number): Chat {
  if (id > 0) {
    const named = state.data.bots.get(botId ?? id)
    if (id !== account.id && !named) throw new PeopleError('chat.notYours', texts.privateOfAnother, 403)
    return openPrivateChat(named ?? defaultBot(state), account)
  }
  const chat = group(state, id)
  if (!isIn(chat.members.get(account.id))) {
    throw new PeopleError('chat.notMember', texts.notMember(account.firstName, chat.title), 403)
  }
  return chat
}

/** As chatOf, and the chat must still take new messages. */
export function openChatOf(state: State, account: Account, id: number, botId?: number): Chat {
  const chat = chatOf(state, account, id, botId)
  if (chat.migratedTo !== undefined) {
    throw new PeopleError('chat.migrated', texts.migrated(chat.migratedTo), 400, { migratedTo: chat.migratedTo })
  }
  if (chat.deleted) throw new PeopleError('chat.deleted', texts.chatDeleted, 400)
  return chat
}
