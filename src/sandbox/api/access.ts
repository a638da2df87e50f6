import { ApiError, badRequest, forbidden } from '../errors.ts'
import type { Account, Chat, Message } from '../model.ts'
import { accountByName } from '../world/accounts.ts'
import { openPrivateChat } from '../world/places.ts'
import { hasRight, isIn, type Right } from '../world/rights.ts'
import type { Call } from './call.ts'

type Access = 'read' | 'members' | 'write'

/** The chat of `chat_id`, if this bot may do that there; the refusals are the official server's. */
export function chatFor(call: Call, access: Access, name = 'chat_id'): Chat {
  const chat = findChat(call, call.params.text(name).trim(), name)
  checkAccess(call, chat, access)
  return chat
}

function findChat(call: Call, id: string, name: string): Chat {
  const { state, bot } = call
  if (id === '') throw badRequest(`${name} is empty`)
  if (id.startsWith('@')) return chatByName(call, id)
  const number = Number(id)
  if (!Number.isSafeInteger(number)) throw badRequest('chat not found')
  if (number < 0) {
    const chat = state.data.groups.get(number)
    // A bot knows only the groups it has been in.
    if (!chat || (!chat.members.has(bot.account.id) && !chat.username)) throw badRequest('chat not found')
    return chat
  }
  const known = bot.privateChats.get(number)
  if (known?.started) return known
  const account = state.data.accounts.get(number)
  if (!account || !sharesGroup(account, bot.account)) throw badRequest('chat not found')
  if (account.isBot) throw forbidden("bot can't send messages to bots")
  return openPrivateChat(bot, account)
}

function chatByName(call: Call, name: string): Chat {
  for (const chat of call.state.data.groups.values()) {
    if (chat.username?.toLowerCase() === name.slice(1).toLowerCase()) return chat
  }
  const account = accountByName(call.state, name)
  const chat = account && call.bot.privateChats.get(account.id)
  if (!chat?.started) throw badRequest('chat not found')
  return chat
}

function sharesGroup(account: Account, bot: Account): boolean {
  for (const id of account.groups) if (bot.groups.has(id)) return true
  return false
}

function checkAccess(call: Call, chat: Chat, access: Access): void {
  if (chat.type === 'private') {
    checkPrivate(call, chat, access)
    return
  }
  const member = chat.members.get(call.bot.account.id)
  const isKicked = member?.status === 'kicked'
  if (chat.type === 'group' && access !== 'read') {
    if (chat.migratedTo !== undefined) {
      throw new ApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
        migrate_to_chat_id: chat.migratedTo,
      })
    }
    if (chat.deleted) throw forbidden('the group chat was deleted')
  }
  if (isIn(member) || (chat.type === 'group' && access === 'read')) return
  if (chat.username && access === 'read') return
  const kind = chat.type === 'group' ? 'group' : 'supergroup'
  if (isKicked) throw forbidden(`bot was kicked from the ${kind} chat`)
  throw forbidden(`bot is not a member of the ${kind} chat`)
}

function checkPrivate(call: Call, chat: Chat, access: Access): void {
  if (access !== 'write' || !chat.person) return
  if (chat.person.blocked.has(call.bot.account.id)) throw forbidden('bot was blocked by the user')
  if (!chat.started) throw forbidden("bot can't initiate conversation with a user")
}

/** The message a method names; `what` stands in the error: "message to edit not found". */
export function messageFor(call: Call, chat: Chat, what: string, name = 'message_id'): Message {
  if (!call.params.has(name)) throw badRequest('message identifier is not specified')
  const message = chat.messages.get(call.params.integer(name))
  if (!message) throw badRequest(`${what} not found`)
  return message
}

export function userFor(call: Call): Account {
  if (!call.params.has('user_id')) throw badRequest('invalid user_id specified')
  const account = call.state.data.accounts.get(call.params.integer('user_id'))
  if (!account) throw badRequest('user not found')
  return account
}

/** Refuses what the bot has no right to; in a basic group its administrators may do all but a few things. */
export function needRight(call: Call, chat: Chat, right: Right, refusal: string): void {
  if (chat.type === 'private') return
  if (!hasRight(chat.members.get(call.bot.account.id), right)) throw badRequest(refusal)
}
