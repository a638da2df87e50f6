import type { ChatAdministratorRights } from '@grammyjs/types'
import { PeopleError } from '../errors.ts'
import type { Account, Chat, Member } from '../model.ts'
import type { State } from '../state.ts'
import { texts } from '../texts.ts'
import { announce, announceMembership } from '../updates/announce.ts'
import { person } from './accounts.ts'
import { post } from './posting.ts'
import { isIn, USUAL_RIGHTS } from './rights.ts'

/** Puts a member record in place and keeps all the indexes that follow from it. Tells nobody. */
export function setMember(state: State, chat: Chat, member: Member): void {
  const { account } = member
  const before = isIn(chat.members.get(account.id))
  const after = isIn(member)
  chat.members.set(account.id, member)
  chat.memberCount += Number(after) - Number(before)
  if (after) account.groups.add(chat.id)
  else account.groups.delete(chat.id)
  if (account.isBot && after) chat.bots.add(account.id)
  if (account.isBot && !after) chat.bots.delete(account.id)
  // Whoever waits for news of a group they are no longer in is woken to learn it.
  if (before && !after) state.signals.emit(`chat:${chat.id}`)
}

export function memberOf(chat: Chat, account: Account): Member {
  return chat.members.get(account.id) ?? { account, status: 'left', joinedSeq: 0 }
}

/** Changes a member's standing and tells the bots concerned. */
export function changeMember(state: State, chat: Chat, by: Account, after: Member): void {
  const before = memberOf(chat, after.account)
  const leaving = isIn(before) && !isIn(after)
  // A bot that leaves must still hear of it, so its update goes out while it is in.
  if (leaving) announceMembership(state, chat, { by, before, after })
  setMember(state, chat, after)
  if (!leaving) announceMembership(state, chat, { by, before, after })
}

/** People (or bots) come in; by themselves when `by` is the account itself. */
export function addMembers(state: State, chat: Chat, by: Account, accounts: Account[]): void {
  const fresh = accounts.filter((account) => !isIn(chat.members.get(account.id)))
  if (fresh.length === 0) return
  for (const account of fresh) {
    changeMember(state, chat, by, { account, status: 'member', joinedSeq: state.data.seq })
  }
  announce(state, post(state, chat, { from: by, content: joined(fresh) }))
}

/** Out of the group: by oneself (`left`) or thrown out. A supergroup keeps the thrown out from coming back. */
export function removeMember(state: State, chat: Chat, by: Account, account: Account): void {
  if (!isIn(chat.members.get(account.id))) return
  const kicked = by.id !== account.id && chat.type === 'supergroup'
  const message = post(state, chat, {
    from: by,
    content: { kind: 'service', service: { type: 'left_chat_member', account } },
  })
  announce(state, message)
  changeMember(state, chat, by, { account, status: kicked ? 'kicked' : 'left', joinedSeq: 0 })
  if (by.id !== account.id) chat.members.set(account.id, { account, status: 'kicked', joinedSeq: 0 })
}

export function promote(
  state: State,
  chat: Chat,
  by: Account,
  account: Account,
  rights: Readonly<ChatAdministratorRights> = USUAL_RIGHTS,
): void {
  const before = chat.members.get(account.id)
  if (!isIn(before)) throw new PeopleError('member.unknown', texts.notMember(account.firstName, chat.title), 404)
  if (before.status === 'creator') return
  changeMember(state, chat, by, {
    ...withoutLimits(before),
    status: 'administrator',
    rights: { ...rights },
    promotedBy: by.id,
  })
}

export function demote(state: State, chat: Chat, by: Account, account: Account): void {
  const before = chat.members.get(account.id)
  if (before?.status !== 'administrator') return
  changeMember(state, chat, by, { account, status: 'member', joinedSeq: before.joinedSeq })
}

/** Who acts when nobody is named: the owner of the group. */
export function ownerOf(chat: Chat): Account {
  for (const member of chat.members.values()) if (member.status === 'creator') return member.account
  for (const member of chat.members.values()) if (!member.account.isBot) return member.account
  throw new PeopleError('group.empty', texts.membersEmpty)
}

export function accountsOf(state: State, ids: readonly number[]): Account[] {
  return ids.map((id) => person(state, id))
}

function joined(accounts: Account[]) {
  return { kind: 'service', service: { type: 'new_chat_members', accounts } } as const
}

function withoutLimits(member: Member): Member {
  const { permissions, until, ...rest } = member
  return rest
}
