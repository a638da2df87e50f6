import { may } from '../../../domain/access.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { type BallotCounts, checkCounts, type RollCounts } from '../../../domain/verdict.ts'
import type { Context } from '../../../platform/context.ts'
import type { Transaction } from '../../../platform/database.ts'
import { moveVote } from '../move-vote.ts'
import { publishResult } from '../publish-result.ts'
import { closedProblem, findVote, lockVote, type VoteView } from '../vote-view.ts'
import { frozenCounts, writeRecord } from '../write-record.ts'
import { askConfirmation } from './ask-tellers.ts'
import { tellersOf } from './ballot-view.ts'

export interface EnterCounts {
  voteId: number
  counts: BallotCounts
  /** Why a published record is corrected. */
  reason?: string | null
}

/**
 * The counts of a ballot on paper, entered by one of the tally team: they close the voting, replace what was entered before,
 * and stand once two of the team have confirmed them. Of hands, entered by whoever leads the meeting, they are the result.
 */
export async function enterCounts(ctx: Context, input: EnterCounts): Promise<Result<VoteView>> {
  const { voteId, counts } = input
  const found = await countable(ctx, voteId)
  if (!found.ok) return found
  const { vote, personId } = found.value
  const reason = input.reason?.trim() || null
  return ctx.transaction(async (tx) => {
    const { state, closedAt } = await lockVote(tx, voteId)
    if (vote.byHand && state !== 'open') return { ok: false, problem: closedProblem(closedAt) }
    if (state === 'draft' || state === 'void') return fail('votes.notOpenForCounts')
    const counted = state === 'opened' || state === 'published'
    if (counted && reason === null) return fail('votes.correctionReason')
    const checked = checkCounts(counts, await frozenCounts(tx, voteId))
    if (!checked.ok) return checked
    await writeSheet(ctx, tx, voteId, counts, personId, counted ? reason : null)
    if (vote.byHand) return ok(await closeByHand(ctx, tx, vote, counts))
    if (state === 'open') await moveVote(ctx, tx, voteId, 'closed')
    await ctx.audit(tx, 'vote.countsEntered', { vote: voteId }, vote.wardId)
    await askConfirmation(ctx, tx, voteId)
    return ok((await findVote(tx, voteId)) ?? vote)
  })
}

export interface Countable {
  vote: VoteView
  personId: number
  /** The frozen roll in numbers, which the counts must fit. */
  roll: RollCounts
}

/** The vote, for whoever enters its counts: one of its tally team, or of hands whoever leads the meeting. */
export async function countable(ctx: Context, voteId: number): Promise<Result<Countable>> {
  const vote = await findVote(ctx.db, voteId)
  if (!vote || !(vote.kind === 'paper' || vote.byHand)) return fail('votes.noSuchVote')
  const { personId } = ctx.actor
  const leave = may(ctx.actor, vote.byHand ? 'vote.close' : 'vote.tally', {
    wardId: vote.wardId,
    branchId: vote.branchId,
  })
  if (!leave.ok) return leave
  if (personId === null) return fail('votes.notTeller')
  const isTeller = vote.byHand || (await tellersOf(ctx.db, voteId)).some((one) => one.personId === personId)
  return isTeller ? ok({ vote, personId, roll: await frozenCounts(ctx.db, voteId) }) : fail('votes.notTeller')
}

async function writeSheet(
  ctx: Context,
  tx: Transaction,
  voteId: number,
  counts: BallotCounts,
  enteredById: number,
  reason: string | null,
): Promise<void> {
  const before = await tx.voteSheet.findUnique({ where: { voteId }, select: { edition: true } })
  await tx.voteSheet.deleteMany({ where: { voteId } })
  const { issued, returned, invalid, joined, questions } = counts
  await tx.voteSheet.create({
    data: {
      voteId,
      edition: (before?.edition ?? 0) + 1,
      reason,
      issued,
      returned,
      valid: returned - invalid,
      invalid,
      joined,
      enteredById,
      enteredAt: ctx.now(),
    },
  })
  await tx.voteSheetCount.createMany({
    data: questions.flatMap((row, question) => row.map((count, index) => ({ voteId, question, index, count }))),
  })
}

async function closeByHand(ctx: Context, tx: Transaction, vote: VoteView, counts: BallotCounts): Promise<VoteView> {
  const written = await writeRecord(ctx, tx, vote.id, counts)
  if (!written.ok) throw new Error(`counts that were checked do not add up: ${written.problem.code}`)
  await moveVote(ctx, tx, vote.id, 'closed', 'opened', 'published')
  await ctx.audit(tx, 'vote.closed', { vote: vote.id }, vote.wardId)
  return publishResult(ctx, tx, vote.id)
}
