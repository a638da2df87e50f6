import { may } from '../../../domain/access.ts'
import { sealedCast } from '../../../domain/ballots.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { passing } from '../../../platform/checkpoints.ts'
import type { Context } from '../../../platform/context.ts'
import { onRoll } from '../place-on-roll.ts'
import { showTurnout } from '../show-in-group.ts'
import { closedProblem, lockVote } from '../vote-view.ts'

export interface CastSealed {
  voteId: number
  /** The marks, sealed to the box's public key. */
  content: Uint8Array
}

/**
 * Puts the actor's sealed ballot into the box. A later one replaces it until the closing, and nobody else can see that it did.
 * Idempotent: handled twice, the same ballot lies there once.
 */
export async function castSealed(ctx: Context, { voteId, content }: CastSealed): Promise<Result<true>> {
  const vote = await ctx.db.vote.findFirst({
    where: { id: voteId, kind: 'secret' },
    select: { id: true, branchId: true, branch: { select: { wardId: true } } },
  })
  if (!vote) return fail('votes.noSuchVote')
  const { branchId, branch } = vote
  const leave = may(ctx.actor, 'vote.cast', { wardId: branch.wardId, branchId })
  const place = await onRoll(ctx, vote, ctx.actor.personId)
  if (!place.ok) return place
  if (!leave.ok) return fail('votes.leftBranch')
  const personId = place.value
  return ctx.transaction(async (tx) => {
    const { isOpen, closedAt } = await lockVote(tx, voteId)
    const before = await tx.sealedBallot.findUnique({ where: { voteId_personId: { voteId, personId } } })
    const update = ctx.source ?? ''
    if (before?.updates.includes(update)) return ok(true)
    if (!isOpen) return { ok: false, problem: closedProblem(closedAt) }
    passing('ballot.casting')
    await tx.sealedBallot.upsert({
      where: { voteId_personId: { voteId, personId } },
      create: { voteId, personId, content: new Uint8Array(content), updates: [update] },
      update: { content: new Uint8Array(content), updates: { push: update } },
    })
    passing('ballot.castWritten')
    if (before) return ok(true)
    await ctx.audit(tx, sealedCast, { vote: voteId }, branch.wardId)
    await showTurnout(ctx, tx, voteId)
    return ok(true)
  })
}
