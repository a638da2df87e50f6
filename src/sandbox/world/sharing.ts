import type { KeyboardButton, KeyboardButtonRequestChat, KeyboardButtonRequestUsers } from '@grammyjs/types'
import { PeopleError } from '../errors.ts'
import type { Account, Chat, Content, Message } from '../model.ts'
import type { State } from '../state.ts'
import { texts } from '../texts.ts'
import { botNamed, person } from './accounts.ts'
import { accountsOf, addMembers, promote } from './members.ts'
import { group } from './places.ts'
import { hasRight, isIn, RIGHT_NAMES, USUAL_RIGHTS } from './rights.ts'
import { put, say } from './talking.ts'

/** What a person hands over with a key of the reply keyboard: a group's id, or people's. */
export type Share = number | readonly number[] | undefined

interface Place {
  from: number
  chat: number
  bot?: number | undefined
}

/** Presses a key of the reply keyboard: says its words, or shares what the key asks for. */
export function pressKey(state: State, place: Place, key: KeyboardButton, share: Share): Message {
  if (typeof key === 'string') return say(state, { ...place, text: key })
  if ('request_contact' in key) return shareContact(state, { ...place, user: place.from })
  if ('request_chat' in key) return shareChat(state, place, key.request_chat, share)
  if ('request_users' in key) return shareUsers(state, place, key.request_users, share)
  return say(state, { ...place, text: key.text })
}

/** Sends a visiting card: one's own, another account's, or that of somebody without Telegram. */
export function shareContact(
  state: State,
  input: Place & { user?: number | undefined; name?: string | undefined; phone?: string | undefined },
): Message {
  const account = input.user === undefined ? undefined : person(state, input.user)
  const phone = input.phone ?? account?.phone
  const firstName = input.name ?? account?.firstName
  if (!phone || !firstName) throw new PeopleError('contact.empty', texts.contactEmpty)
  const owner = account ? { userId: account.id } : {}
  return put(state, input, { kind: 'contact', phone, firstName, ...owner }, 'can_send_messages')
}

/** The bot learns of the group, and comes in with the rights it asked for. */
function shareChat(state: State, place: Place, request: KeyboardButtonRequestChat, share: Share): Message {
  if (typeof share !== 'number') throw new PeopleError('share.missing', texts.shareChatMissing)
  const by = person(state, place.from)
  const chat = group(state, share)
  checkCriteria(chat, by, request)
  const content: Content = {
    kind: 'service',
    service: {
      type: 'chat_shared',
      requestId: request.request_id,
      chat,
      title: request.request_title === true,
      username: request.request_username === true,
    },
  }
  const bot = botNamed(state, place.bot).account
  const wantsRights = request.bot_administrator_rights !== undefined
  if (request.bot_is_member || wantsRights) addMembers(state, chat, by, [bot])
  if (wantsRights) promote(state, chat, by, bot, { ...USUAL_RIGHTS, ...request.bot_administrator_rights })
  return put(state, place, content, 'can_send_messages')
}

function checkCriteria(chat: Chat, by: Account, request: KeyboardButtonRequestChat): void {
  const member = chat.members.get(by.id)
  const lacks = RIGHT_NAMES.some((right) => request.user_administrator_rights?.[right] && !hasRight(member, right))
  const fits =
    isIn(member) &&
    !request.chat_is_channel &&
    !lacks &&
    (request.chat_is_forum === undefined || request.chat_is_forum === chat.forum) &&
    (!request.chat_is_created || member.status === 'creator') &&
    (request.chat_has_username === undefined || request.chat_has_username === (chat.username !== undefined))
  if (!fits) throw new PeopleError('share.unfit', texts.shareUnfit(chat.title), 403)
}

function shareUsers(state: State, place: Place, request: KeyboardButtonRequestUsers, share: Share): Message {
  const ids = typeof share === 'number' ? [share] : (share ?? [])
  if (ids.length === 0 || ids.length > (request.max_quantity ?? 1)) {
    throw new PeopleError('share.missing', texts.shareUsersMissing(request.max_quantity ?? 1))
  }
  const content: Content = {
    kind: 'service',
    service: {
      type: 'users_shared',
      requestId: request.request_id,
      accounts: accountsOf(state, ids),
      name: request.request_name === true,
      username: request.request_username === true,
    },
  }
  return put(state, place, content, 'can_send_messages')
}
