import { PeopleError } from '../errors.ts'
import type { Account, Chat } from '../model.ts'
import { randomInteger } from '../random.ts'
import type { State } from '../state.ts'
import { texts } from '../texts.ts'
import { announce } from '../updates/announce.ts'
import { botNamed, defaultBot, person } from './accounts.ts'
import { accountsOf, addMembers, demote, ownerOf, promote, removeMember, setMember } from './members.ts'
import { blankChat, group } from './places.ts'
import { post } from './posting.ts'
import { isAdministrator, USUAL_RIGHTS } from './rights.ts'

export interface NewGroup {
  title: string
  /** Ids; the first one founds and owns the group. */
  members: readonly number[]
  supergroup?: boolean | undefined
  forum?: boolean | undefined
  username?: string | undefined
  /** Brings the first bot in at once. */
  bot?: 'member' | 'administrator' | undefined
  /** For seeding: an id chosen by the caller. */
  id?: number | undefined
}

export interface MemberChanges {
  add?: readonly number[] | undefined
  remove?: readonly number[] | undefined
  bot?: 'add' | 'promote' | 'demote' | 'kick' | undefined
  /** Which bot, when there are several. */
  botId?: number | undefined
  /** People made administrators, or plain members again. */
  promote?: readonly number[] | undefined
  demote?: readonly number[] | undefined
  /** Administrators who from now on write as the group. */
  anonymous?: readonly number[] | undefined
  /** Who acts; the owner when left out. */
  by?: number | undefined
}

/** A group with its first members. A bot that comes in is told as Telegram tells it. */
export function addGroup(state: State, input: NewGroup): Chat {
  const members = accountsOf(state, input.members)
  const owner = members[0]
  if (!owner) throw new PeopleError('members.empty', texts.membersEmpty)
  const big = input.supergroup === true || input.forum === true
  const chat = blankChat(
    input.id ?? freshGroupId(state, big),
    big ? 'supergroup' : 'group',
    input.title.normalize('NFC'),
  )
  if (input.forum) chat.forum = true
  if (input.username) chat.username = input.username
  state.data.groups.set(chat.id, chat)
  for (const account of members) {
    setMember(state, chat, { account, status: account === owner ? 'creator' : 'member', joinedSeq: 0 })
  }
  const type = big ? 'supergroup_chat_created' : 'group_chat_created'
  post(state, chat, { from: owner, content: { kind: 'service', service: { type } } })
  if (input.bot) {
    addMembers(state, chat, owner, [defaultBot(state).account])
    if (input.bot === 'administrator') promote(state, chat, owner, defaultBot(state).account)
  }
  return chat
}

/** Who is in, the bot too. */
export function changeMembers(state: State, chatId: number, changes: MemberChanges): Chat {
  const chat = group(state, chatId)
  const by = changes.by === undefined ? ownerOf(chat) : person(state, changes.by)
  addMembers(state, chat, by, accountsOf(state, changes.add ?? []))
  for (const account of accountsOf(state, changes.remove ?? [])) removeMember(state, chat, by, account)
  for (const account of accountsOf(state, changes.promote ?? [])) promote(state, chat, by, account)
  for (const account of accountsOf(state, changes.demote ?? [])) demote(state, chat, by, account)
  for (const account of accountsOf(state, changes.anonymous ?? [])) hide(chat, account)
  if (changes.bot) changeBot(state, chat, by, changes.bot, changes.botId)
  return chat
}

/** An administrator (or the owner) who stays unnamed. */
function hide(chat: Chat, account: Account): void {
  const member = chat.members.get(account.id)
  if (!isAdministrator(member) || !member) throw new PeopleError('member.noAdministrator', texts.notAdministrator)
  chat.members.set(account.id, { ...member, rights: { ...(member.rights ?? USUAL_RIGHTS), is_anonymous: true } })
}

function changeBot(
  state: State,
  chat: Chat,
  by: Account,
  change: NonNullable<MemberChanges['bot']>,
  id?: number,
): void {
  const bot = botNamed(state, id)
  // As in Telegram's apps, a bot that is made an administrator comes in on the way.
  if (change === 'add' || change === 'promote') addMembers(state, chat, by, [bot.account])
  if (change === 'promote') promote(state, chat, by, bot.account)
  if (change === 'demote') demote(state, chat, by, bot.account)
  if (change === 'kick') removeMember(state, chat, by, bot.account)
}

/** A basic group becomes a supergroup with a new id; the old one stays behind, closed. */
export function migrateGroup(state: State, chatId: number): Chat {
  const old = group(state, chatId)
  if (old.type === 'supergroup') throw new PeopleError('chat.supergroup', texts.alreadySupergroup, 409)
  if (old.migratedTo !== undefined) return group(state, old.migratedTo)
  const by = ownerOf(old)
  const chat = blankChat(freshGroupId(state, true), 'supergroup', old.title)
  chat.migratedFrom = old.id
  chat.permissions = old.permissions
  state.data.groups.set(chat.id, chat)
  for (const member of old.members.values()) setMember(state, chat, { ...member, joinedSeq: 0 })
  const goodbye = post(state, old, { from: by, content: service({ type: 'migrate_to_chat_id', chatId: chat.id }) })
  announce(state, goodbye)
  old.migratedTo = chat.id
  announce(state, post(state, chat, { from: by, content: service({ type: 'migrate_from_chat_id', chatId: old.id }) }))
  for (const { account } of old.members.values()) account.groups.delete(old.id)
  return chat
}

/** The owner deletes a basic group; nobody can write in it any more. */
export function dissolveGroup(state: State, chatId: number): Chat {
  const chat = group(state, chatId)
  if (chat.type === 'supergroup') throw new PeopleError('chat.supergroup', texts.alreadySupergroup, 409)
  chat.deleted = true
  return chat
}

export function renameGroup(state: State, chatId: number, by: number | undefined, title: string): Chat {
  const chat = group(state, chatId)
  chat.title = title.normalize('NFC')
  const from = by === undefined ? ownerOf(chat) : person(state, by)
  announce(state, post(state, chat, { from, content: service({ type: 'new_chat_title', title: chat.title }) }))
  return chat
}

function service<T>(of: T): { kind: 'service'; service: T } {
  return { kind: 'service', service: of }
}

function freshGroupId(state: State, big: boolean): number {
  for (;;) {
    const number = randomInteger(state.data.random, 1_000_000_000, 4_999_999_999)
    const id = big ? -(1_000_000_000_000 + number) : -number
    if (!state.data.groups.has(id)) return id
  }
}
