import type { ChatAdministratorRights, ChatPermissions } from '@grammyjs/types'
import type { Account, Chat, Member } from '../model.ts'
import type { State } from '../state.ts'
import { announce } from '../updates/announce.ts'
import { changeMember, memberOf } from './members.ts'
import { post } from './posting.ts'
import { isIn, PERMISSION_NAMES } from './rights.ts'

const SHORTEST = 30
const LONGEST = 366 * 86_400

/** Terms under 30 seconds or over 366 days are for ever, as in Telegram. */
function term(state: State, until: number): number {
  const length = until - state.clock.seconds()
  return until > 0 && length >= SHORTEST && length <= LONGEST ? until : 0
}

/** Out, and in a supergroup not back in until the term is over. */
export function ban(state: State, chat: Chat, by: Account, account: Account, until: number): void {
  const wasIn = isIn(chat.members.get(account.id))
  const status = chat.type === 'supergroup' ? 'kicked' : 'left'
  const after: Member = { account, status, joinedSeq: 0, until: term(state, until) }
  if (wasIn) {
    announce(
      state,
      post(state, chat, { from: by, content: { kind: 'service', service: { type: 'left_chat_member', account } } }),
    )
  }
  changeMember(state, chat, by, after)
  liftLater(state, chat, by, after)
}

/** No longer banned, and not in the group either. */
export function unban(state: State, chat: Chat, by: Account, account: Account): void {
  changeMember(state, chat, by, { account, status: 'left', joinedSeq: 0 })
}

/** May do only what is listed; all permissions make a plain member again. */
export function restrict(
  state: State,
  chat: Chat,
  by: Account,
  account: Account,
  permissions: ChatPermissions,
  until: number,
): void {
  const before = memberOf(chat, account)
  const isFree = PERMISSION_NAMES.every((name) => !chat.permissions[name] || permissions[name] === true)
  const joinedSeq = before.joinedSeq
  const after: Member = isFree
    ? { account, status: 'member', joinedSeq }
    : { account, status: 'restricted', permissions, until: term(state, until), joinedSeq }
  changeMember(state, chat, by, after)
  liftLater(state, chat, by, after)
}

/** New rights; none at all make a plain member. */
export function setRights(
  state: State,
  chat: Chat,
  by: Account,
  account: Account,
  rights: ChatAdministratorRights,
): void {
  const { joinedSeq, title } = memberOf(chat, account)
  const isPromotion = Object.values(rights).includes(true)
  const after: Member = isPromotion
    ? { account, status: 'administrator', rights, promotedBy: by.id, joinedSeq, ...(title ? { title } : {}) }
    : { account, status: 'member', joinedSeq }
  changeMember(state, chat, by, after)
}

/** Sets the alarm that ends a term. Called again for all terms after a snapshot is restored. */
export function liftLater(state: State, chat: Chat, by: Account, member: Member): void {
  const { account, until } = member
  if (!until) return
  state.clock.at(until * 1000, () => {
    if (chat.members.get(account.id) !== member) return
    const status = member.status === 'restricted' ? 'member' : 'left'
    changeMember(state, chat, by, { account, status, joinedSeq: member.joinedSeq })
  })
}
