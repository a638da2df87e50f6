import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { countChoices } from '../../domain/tally.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { moveVote } from './move-vote.ts'
import { publishResult } from './publish-result.ts'
import { closedProblem, findVote, lockVote, type VoteView } from './vote-view.ts'
import { frozenVoters, writeRecord } from './write-record.ts'

export interface ClosedVote {
  vote: VoteView
  /** It had been closed before: nothing was changed. */
  before: boolean
}

/**
 * Closes an open vote: in one transaction no more choices are taken, the count is written with its verdict, and the group is
 * told. An open vote needs no box to be opened, so it is published in the same moment.
 */
export async function closeVote(ctx: Context, voteId: number): Promise<Result<ClosedVote>> {
  const found = await voteToClose(ctx, voteId)
  if (!found.ok) return found
  return ctx.transaction(async (tx) => {
    const { isOpen, closedAt } = await lockVote(tx, voteId)
    if (!isOpen) return ok({ vote: { ...found.value, isOpen, closedAt }, before: true })
    await writeCount(ctx, tx, found.value)
    await moveVote(ctx, tx, voteId, 'closed', 'opened', 'published')
    await ctx.audit(tx, 'vote.closed', { vote: voteId }, found.value.wardId)
    return ok({ vote: await publishResult(ctx, tx, voteId), before: false })
  })
}

async function voteToClose(ctx: Context, voteId: number): Promise<Result<VoteView>> {
  const vote = await findVote(ctx.db, voteId)
  if (vote?.kind !== 'open') return fail('votes.noSuchVote')
  const leave = may(ctx.actor, 'vote.close', { wardId: vote.wardId, branchId: vote.branchId })
  if (!leave.ok) return leave
  // Hands are counted by whoever leads the meeting: the numbers close it.
  return vote.byHand && vote.isOpen ? fail('votes.closedByNumbers') : ok(vote)
}

/** The same while it runs. Fails with `votes.closed`. */
export async function runningVote(ctx: Context, voteId: number): Promise<Result<VoteView>> {
  const found = await voteToClose(ctx, voteId)
  if (!found.ok || found.value.isOpen) return found
  return { ok: false, problem: closedProblem(found.value.closedAt) }
}

async function writeCount(ctx: Context, tx: Transaction, vote: VoteView): Promise<void> {
  const choices = await tx.voteChoice.findMany({ where: { voteId: vote.id }, orderBy: { at: 'asc' } })
  const counts = countChoices(
    await frozenVoters(tx, vote.id),
    vote.questions.map(({ options }) => options.length),
    choices.map(({ personId, question, optionIndex }) => ({ personId, question, option: optionIndex })),
  )
  const entered = new Set(choices.flatMap(({ personId, enteredById }) => (enteredById === null ? [] : [personId])))
  const written = await writeRecord(ctx, tx, vote.id, counts, { enteredCount: entered.size })
  if (!written.ok) throw new Error(`the choices of a vote do not add up: ${written.problem.code}`)
}
