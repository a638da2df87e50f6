import { mayMove } from '../../../domain/ballots.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import { moveVote } from '../move-vote.ts'
import { emptyBox } from '../sealed/open-box.ts'
import { showTurnout } from '../show-in-group.ts'
import { lockVote, type VoteView } from '../vote-view.ts'
import { leadBallot } from './ballot-view.ts'

/** Gives up a ballot that has no result yet: it is held again, not read. What lies sealed in a box is taken away unread. */
export async function voidBallot(ctx: Context, voteId: number): Promise<Result<VoteView>> {
  const found = await leadBallot(ctx, voteId)
  if (!found.ok) return found
  const { vote } = found.value
  return ctx.transaction(async (tx) => {
    const { state } = await lockVote(tx, voteId)
    if (state === 'void') return ok(vote)
    if (!mayMove(state, 'void')) return fail('votes.tooLateToVoid')
    if (vote.kind === 'secret') await emptyBox(tx, voteId)
    await moveVote(ctx, tx, voteId, 'void')
    await ctx.audit(tx, 'vote.voided', { vote: voteId }, vote.wardId)
    return ok(await showTurnout(ctx, tx, voteId))
  })
}
