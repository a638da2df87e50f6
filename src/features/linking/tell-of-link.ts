import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { leadersOfBranch } from '../registry/index.ts'
import { deliverToEach, officerChats, wardLeaderChats } from './addressees.ts'
import { privateChatsOf } from './find-links.ts'
import { groupTrust } from './group-trust.ts'
import { linkedInGroup, linkedNote } from './screens-people.ts'
import { watchersOf } from './watchers.ts'

export interface NewLink {
  linkId: number
  fullName: string
  accountName: string
  wardId: number
  branchId: number | null
  branchName: string | null
  /** Whoever made the invitation. */
  createdBy: bigint | null
}

/**
 * Tells of a new link, so that none is known to whoever invited alone: a member without a telephone would be spoken for by
 * whoever holds a spare one. The branch's group reads the member's name where everybody in it is known and somebody besides
 * the two is there; else the ward's officers and the ward member in charge are told, or, where nobody of these is another than
 * the two, the leaders of ward and branch. The secretary and whoever invited find how to undo it. Asks no leave: the link has.
 */
export async function tellOfLink(ctx: Context, tx: Transaction, link: NewLink): Promise<void> {
  const { linkId, wardId, branchId } = link
  const key = `link:linked:${linkId}`
  const note = linkedNote(ctx.texts, link)
  await deliverToEach(ctx, tx, await watchersOf(ctx, tx, link, branchId), key, note)
  const group = branchId === null ? null : await readingGroupFor(ctx, tx, link, branchId)
  if (group !== null) {
    await ctx.deliver(tx, { chatId: group, message: linkedInGroup(ctx.texts, link.fullName), key: `${key}:${group}` })
    return
  }
  const officers = await officerChats(tx, wardId)
  await deliverToEach(ctx, tx, officers, key, note)
  const leaders = branchId === null ? [] : await leadersOfBranch(tx, branchId, ctx.today())
  const inCharge = await chatsOf(
    tx,
    leaders.filter(({ post }) => post === 'supervisingMember'),
  )
  const parties = [link.createdBy, ctx.actor.accountId]
  const isSeen = [...officers, ...inCharge].some((one) => !parties.includes(one))
  const others = isSeen ? inCharge : [...(await wardLeaderChats(ctx, tx, wardId)), ...(await chatsOf(tx, leaders))]
  await deliverToEach(ctx, tx, others, key, { ...note, buttons: [] })
}

async function readingGroupFor(
  ctx: Context,
  tx: Transaction,
  { createdBy }: NewLink,
  branchId: number,
): Promise<bigint | null> {
  const trust = await groupTrust(ctx, branchId, tx)
  if (!trust?.everyoneKnown) return null
  const parties = [createdBy, ctx.actor.accountId].filter((one) => one !== null)
  const others = { chatId: trust.chatId, endedAt: null, accountId: { notIn: parties } }
  return (await tx.groupAccount.count({ where: others })) > 0 ? trust.chatId : null
}

/** The private chats of these leaders, as far as they can be reached. */
async function chatsOf(tx: Transaction, leaders: readonly { person: { id: number } }[]): Promise<bigint[]> {
  const chats = await privateChatsOf(
    tx,
    leaders.map(({ person }) => person.id),
  )
  return [...chats.values()]
}
