import { may } from '../../../domain/access.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { confirmationsNeeded } from '../../../domain/tellers.ts'
import type { Context } from '../../../platform/context.ts'
import { moveVote } from '../move-vote.ts'
import { publishResult } from '../publish-result.ts'
import { findVote, lockVote, type VoteView } from '../vote-view.ts'

/** Publishes the result of a ballot that has been counted and signed for by two of its tally team. */
export async function publishBallot(
  ctx: Context,
  voteId: number,
): Promise<Result<{ vote: VoteView; before: boolean }>> {
  const vote = await findVote(ctx.db, voteId)
  if (!vote || vote.kind === 'open') return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'vote.close', { wardId: vote.wardId, branchId: vote.branchId })
  if (!leave.ok) return leave
  return ctx.transaction(async (tx) => {
    const { state } = await lockVote(tx, voteId)
    if (state === 'published') return ok({ vote, before: true })
    if (state !== 'opened') return fail('votes.notCounted')
    const record = await tx.voteRecord.count({ where: { voteId } })
    const signatures = await tx.voteSignature.count({ where: { voteId, record } })
    if (signatures < confirmationsNeeded) return fail('votes.notSigned', { needed: confirmationsNeeded, signatures })
    await moveVote(ctx, tx, voteId, 'published')
    await ctx.audit(tx, 'vote.published', { vote: voteId }, vote.wardId)
    return ok({ vote: await publishResult(ctx, tx, voteId), before: false })
  })
}
