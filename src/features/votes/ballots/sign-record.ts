import { may } from '../../../domain/access.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { confirmationsNeeded } from '../../../domain/tellers.ts'
import type { Context } from '../../../platform/context.ts'
import { findVote, lockVote, type VoteView } from '../vote-view.ts'
import { tellChair } from './ask-tellers.ts'
import { tellersOf } from './ballot-view.ts'

export interface Signed {
  vote: VoteView
  signatures: number
  /** They had signed before. */
  before: boolean
}

/** One of the tally team signs for the latest record; with the second signature its result can be published. */
export async function signRecord(ctx: Context, voteId: number): Promise<Result<Signed>> {
  const vote = await findVote(ctx.db, voteId)
  if (!vote || vote.kind === 'open') return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'vote.tally', { wardId: vote.wardId, branchId: vote.branchId })
  if (!leave.ok) return leave
  const { personId } = ctx.actor
  const tellers = await tellersOf(ctx.db, voteId)
  if (personId === null || !tellers.some((one) => one.personId === personId)) return fail('votes.notTeller')
  return ctx.transaction(async (tx) => {
    const { state } = await lockVote(tx, voteId)
    const record = await tx.voteRecord.count({ where: { voteId } })
    if (record === 0) return fail('votes.noRecord')
    const signed = await tx.voteSignature.findMany({ where: { voteId, record }, select: { personId: true } })
    if (signed.some((one) => one.personId === personId)) {
      return ok({ vote, signatures: signed.length, before: true })
    }
    await tx.voteSignature.create({ data: { voteId, record, personId, at: ctx.now() } })
    await ctx.audit(tx, 'vote.signed', { vote: voteId, record }, vote.wardId)
    const signatures = signed.length + 1
    if (state === 'opened' && signatures === confirmationsNeeded) await tellChair(ctx, tx, voteId, record)
    return ok({ vote, signatures, before: false })
  })
}
