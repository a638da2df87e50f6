import { may } from '../../domain/access.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { speakerOf } from '../../telegram/speaker.ts'
import { officerChats, secretaryChats } from './addressees.ts'

/**
 * Who watches over an invitation: the branch's secretary and whoever made it, as long as they may; the ward's officers where
 * nobody of these can be reached, so that no link is made unseen.
 */
export async function watchersOf(
  ctx: Context,
  tx: Transaction,
  { createdBy, wardId }: { createdBy: bigint | null; wardId: number | null },
  branchId: number | null,
): Promise<bigint[]> {
  const chats = branchId === null ? [] : await secretaryChats(ctx, tx, branchId)
  if (createdBy !== null && (await mayStillInvite(ctx, tx, createdBy, { wardId, branchId }))) chats.push(createdBy)
  return chats.length > 0 || wardId === null ? chats : officerChats(tx, wardId)
}

/** Whether the account that made an invitation would be given leave to make it today. */
async function mayStillInvite(
  ctx: Context,
  tx: Transaction,
  accountId: bigint,
  { wardId, branchId }: { wardId: number | null; branchId: number | null },
): Promise<boolean> {
  if (wardId === null) return false
  const { actor } = await speakerOf(tx, { id: accountId, name: '' }, ctx.now())
  return may(actor, 'link.invite', { wardId, ...(branchId === null ? {} : { branchId }) }).ok
}
