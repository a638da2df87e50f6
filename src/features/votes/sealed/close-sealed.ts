import { may } from '../../../domain/access.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { passing } from '../../../platform/checkpoints.ts'
import type { Context } from '../../../platform/context.ts'
import type { Transaction } from '../../../platform/database.ts'
import { privateChatOf } from '../../linking/index.ts'
import { moveVote } from '../move-vote.ts'
import { showTurnout } from '../show-in-group.ts'
import { findVote, lockVote, type VoteView } from '../vote-view.ts'
import { closedForTellers } from './screens.ts'

/**
 * Closes the slot of a secret ballot: no more ballots are taken, and how many lie in the box is written down, for the opening
 * to be checked by. The tally team is told that it may open.
 */
export async function closeSealed(ctx: Context, voteId: number): Promise<Result<{ vote: VoteView; before: boolean }>> {
  const found = await secretToClose(ctx, voteId)
  if (!found.ok) return found
  return ctx.transaction(async (tx) => {
    const { state, isOpen, closedAt } = await lockVote(tx, voteId)
    if (!isOpen) return ok({ vote: { ...found.value, state, isOpen, closedAt }, before: true })
    passing('ballot.closing')
    const cast = await tx.sealedBallot.count({ where: { voteId } })
    const joined = await tx.sealedBallot.count({ where: { voteId, roll: { counts: 'whenVoting' } } })
    await tx.ballotBox.update({ where: { voteId }, data: { cast, joined } })
    await moveVote(ctx, tx, voteId, 'closed')
    passing('ballot.closedWritten')
    await ctx.audit(tx, 'ballot.closed', { vote: voteId }, found.value.wardId)
    const vote = await showTurnout(ctx, tx, voteId)
    await tellTellers(ctx, tx, vote)
    return ok({ vote, before: false })
  })
}

/** The secret ballot, for whoever may close it. */
export async function secretToClose(ctx: Context, voteId: number): Promise<Result<VoteView>> {
  const vote = await findVote(ctx.db, voteId)
  if (vote?.kind !== 'secret' || vote.state === 'draft') return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'vote.close', { wardId: vote.wardId, branchId: vote.branchId })
  return leave.ok ? ok(vote) : leave
}

async function tellTellers(ctx: Context, tx: Transaction, vote: VoteView): Promise<void> {
  const tellers = await tx.voteTeller.findMany({ where: { voteId: vote.id }, orderBy: { personId: 'asc' } })
  for (const { personId } of tellers) {
    const chatId = await privateChatOf(tx, personId)
    const key = `vote:${vote.id}:closed:${personId}`
    if (chatId !== null) await ctx.deliver(tx, { chatId, message: closedForTellers(ctx.texts, vote), key })
  }
}
