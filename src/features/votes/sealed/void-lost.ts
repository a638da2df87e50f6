import type { AuditSubject, Context } from '../../../platform/context.ts'
import type { Transaction } from '../../../platform/database.ts'
import { groupChatOf, secretaryChats } from '../../linking/index.ts'
import { moveVote } from '../move-vote.ts'
import { showTurnout } from '../show-in-group.ts'
import { lostInGroup } from './screens.ts'

/**
 * Declares a secret ballot void whose box does not hold what was cast, and tells the branch: its group, or its secretary where none
 * is connected. The caller holds the vote and has emptied the box. Asks no leave: nobody decides it.
 */
export async function voidLost(ctx: Context, tx: Transaction, voteId: number, found: AuditSubject): Promise<void> {
  await moveVote(ctx, tx, voteId, 'void')
  const vote = await showTurnout(ctx, tx, voteId)
  await ctx.audit(tx, 'ballot.lost', { vote: voteId, ...found }, vote.wardId)
  const group = await groupChatOf(tx, vote.branchId)
  const message = lostInGroup(ctx.texts, vote)
  if (group !== null) {
    await ctx.deliver(tx, { chatId: group, message, key: `vote:${voteId}:lost` })
    return
  }
  for (const chatId of await secretaryChats(ctx, tx, vote.branchId)) {
    await ctx.deliver(tx, { chatId, message, key: `vote:${voteId}:lost:${chatId}` })
  }
}
