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
 * the two is there; else the ward's officers and the ward member in charge are told, or where nobody of these is another than the two,
 * the leaders of ward and branch. The secretary and whoever invited find
 * how to undo it. Asks no leave: the link has.
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
  const inCharge = branchId === null ? [] : await inChargeOf(ctx, tx, branchId)
  const parties = [link.createdBy, ctx.actor.accountId]
  const isSeen = [...officers, ...inCharge].some((one) => !parties.includes(one))
  const others = isSeen ? inCharge : [...inCharge, ...(await besides(ctx, tx, wardId, branchId))]
  await deliverToEach(ctx, tx, others, key, { ...note, buttons: [] })
}

/** Who is told where the office is whoever invited: the leaders of the ward and those of the branch. */
async function besides(ctx: Context, tx: Transaction, wardId: number, branchId: number | null): Promise<bigint[]> {
  const ofBranch = branchId === null ? [] : await leadersOfBranch(tx, branchId, ctx.today())
  const chats = await privateChatsOf(
    tx,
    ofBranch.map(({ person }) => person.id),
  )
  return [...(await wardLeaderChats(ctx, tx, wardId)), ...chats.values()]
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

/** The private chats of whoever is in charge of the branch for the ward. */
async function inChargeOf(ctx: Context, tx: Transaction, branchId: number): Promise<bigint[]> {
  const leaders = await leadersOfBranch(tx, branchId, ctx.today())
  const ids = leaders.flatMap(({ post, person }) => (post === 'supervisingMember' ? [person.id] : []))
  return [...(await privateChatsOf(tx, ids)).values()]
}
