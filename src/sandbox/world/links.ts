import type { ChatAdministratorRights } from '@grammyjs/types'
import { PeopleError } from '../errors.ts'
import type { Bot, Chat, Message } from '../model.ts'
import type { State } from '../state.ts'
import { texts } from '../texts.ts'
import { accountByName, person } from './accounts.ts'
import { addMembers, promote } from './members.ts'
import { group } from './places.ts'
import { hasRight, isIn, USUAL_RIGHTS } from './rights.ts'
import { say } from './talking.ts'

export interface Following {
  from: number
  url: string
  /** The group that a `startgroup` link is to add the bot to. */
  chat?: number | undefined
}

/** Short names of rights in `&admin=` of a startgroup link. */
const LINK_RIGHTS: Record<string, keyof ChatAdministratorRights> = {
  change_info: 'can_change_info',
  delete_messages: 'can_delete_messages',
  restrict_members: 'can_restrict_members',
  invite_users: 'can_invite_users',
  pin_messages: 'can_pin_messages',
  promote_members: 'can_promote_members',
  manage_video_chats: 'can_manage_video_chats',
  manage_chat: 'can_manage_chat',
  anonymous: 'is_anonymous',
  manage_topics: 'can_manage_topics',
}

/** Follows a t.me link: starts the bot, adds it to a group, or joins a group by invitation. */
export function follow(state: State, input: Following): Message | Chat {
  const url = readLink(input.url)
  const invited = [...state.data.groups.values()].find(({ inviteLink }) => inviteLink === input.url.trim())
  if (invited) return join(state, invited, input.from)
  const name = url.pathname.split('/')[1] || url.searchParams.get('domain') || ''
  const bot = state.data.bots.get(accountByName(state, name)?.id ?? 0)
  if (!bot) throw new PeopleError('link.unknown', texts.linkInvalid, 404)
  const payload = url.searchParams.get('startgroup')
  if (payload !== null) return startInGroup(state, input, bot, payload, url.searchParams.get('admin'))
  const start = payloadOf(url.searchParams.get('start') ?? '')
  return say(state, { from: input.from, chat: input.from, bot: bot.account.id, text: `/start ${start}`.trim() })
}

function readLink(link: string): URL {
  const full = /^t\.me\//i.test(link) ? `https://${link}` : link.trim()
  if (!URL.canParse(full)) throw new PeopleError('link.invalid', texts.linkInvalid)
  return new URL(full)
}

/** Telegram passes on nothing but 64 characters of base64url. */
function payloadOf(payload: string): string {
  if (!/^[\w-]{0,64}$/.test(payload)) throw new PeopleError('link.invalid', texts.linkInvalid)
  return payload
}

function startInGroup(state: State, input: Following, bot: Bot, payload: string, admin: string | null): Message {
  if (input.chat === undefined) throw new PeopleError('link.needsChat', texts.linkNeedsChat)
  const from = person(state, input.from)
  const chat = group(state, input.chat)
  const member = chat.members.get(from.id)
  if (!isIn(member)) throw new PeopleError('chat.notMember', texts.notMember(from.firstName, chat.title), 403)
  const mayAdd = admin === null ? chat.permissions.can_invite_users === true : hasRight(member, 'can_promote_members')
  if (!mayAdd && !hasRight(member, 'can_invite_users')) throw new PeopleError('chat.notInvited', texts.notInvited, 403)
  addMembers(state, chat, from, [bot.account])
  if (admin !== null) promote(state, chat, from, bot.account, linkRights(admin))
  const start = payloadOf(payload)
  return say(state, { from: from.id, chat: chat.id, text: `/start@${bot.account.username} ${start}`.trim() })
}

function linkRights(admin: string): ChatAdministratorRights {
  const rights = { ...USUAL_RIGHTS }
  for (const name of admin.split(/[+ ]/)) {
    const right = LINK_RIGHTS[name]
    if (right) rights[right] = true
  }
  return rights
}

function join(state: State, chat: Chat, id: number): Chat {
  const from = person(state, id)
  if (chat.members.get(from.id)?.status === 'kicked') throw new PeopleError('chat.banned', texts.banned, 403)
  addMembers(state, chat, from, [from])
  return chat
}
