import { fail, ok, type Result } from '../../../domain/result.ts'
import { confirmationsNeeded } from '../../../domain/tellers.ts'
import type { Context } from '../../../platform/context.ts'
import type { Transaction } from '../../../platform/database.ts'
import { moveVote } from '../move-vote.ts'
import { publishResult } from '../publish-result.ts'
import { lockVote, type VoteView } from '../vote-view.ts'
import { writeRecord } from '../write-record.ts'
import { askSignatures, tellChair } from './ask-tellers.ts'
import { type Sheet, sheetOf } from './ballot-view.ts'
import { countable } from './enter-counts.ts'

export interface Confirmed {
  vote: VoteView
  confirmations: number
  /** The counts stand: they have become a record, signed by those who confirmed them. */
  stands: boolean
}

/**
 * One of the tally team confirms the counts on paper, and so signs for them. With the second confirmation they become a
 * record: the first opens the result, a later one corrects it and is told to the group at once. Fails with
 * `votes.countsChanged` where others have been entered since.
 */
export async function confirmCounts(
  ctx: Context,
  { voteId, edition }: { voteId: number; edition: number },
): Promise<Result<Confirmed>> {
  const found = await countable(ctx, voteId)
  if (!found.ok) return found
  const { vote, personId } = found.value
  return ctx.transaction(async (tx) => {
    const { state } = await lockVote(tx, voteId)
    const sheet = await sheetOf(tx, vote)
    if (!sheet || sheet.edition !== edition) return fail('votes.countsChanged')
    if (sheet.confirmedBy.length >= confirmationsNeeded) {
      return ok({ vote, confirmations: sheet.confirmedBy.length, stands: true })
    }
    await tx.voteSheetConfirmation.createMany({
      data: [{ voteId, personId, at: ctx.now() }],
      skipDuplicates: true,
    })
    const signers = [...new Set([...sheet.confirmedBy, personId])]
    await ctx.audit(tx, 'vote.countsConfirmed', { vote: voteId, edition }, vote.wardId)
    if (signers.length < confirmationsNeeded) return ok({ vote, confirmations: signers.length, stands: false })
    const record = await writeSigned(ctx, tx, vote, sheet, signers)
    await askSignatures(ctx, tx, voteId, record)
    if (state === 'closed') {
      await moveVote(ctx, tx, voteId, 'opened')
      await tellChair(ctx, tx, voteId, record)
    }
    if (state === 'published') await publishResult(ctx, tx, voteId)
    return ok({ vote, confirmations: signers.length, stands: true })
  })
}

async function writeSigned(
  ctx: Context,
  tx: Transaction,
  vote: VoteView,
  sheet: Sheet,
  signers: readonly number[],
): Promise<number> {
  const written = await writeRecord(ctx, tx, vote.id, sheet, sheet.reason === null ? {} : { reason: sheet.reason })
  if (!written.ok) throw new Error(`counts that were checked do not add up: ${written.problem.code}`)
  const { record } = written.value
  await tx.voteSignature.createMany({
    data: signers.map((personId) => ({ voteId: vote.id, record, personId, at: ctx.now() })),
  })
  return record
}
