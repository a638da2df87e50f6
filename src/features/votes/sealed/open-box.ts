import { readBallot } from '../../../domain/ballot-paper.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { passing } from '../../../platform/checkpoints.ts'
import type { Context } from '../../../platform/context.ts'
import type { Transaction } from '../../../platform/database.ts'
import { type KeyPair, shuffled, unseal } from '../../../platform/sealing.ts'
import { forgetUpdates } from '../../../telegram/queue.ts'
import { askSignatures } from '../ballots/ask-tellers.ts'
import { moveVote } from '../move-vote.ts'
import { showTurnout } from '../show-in-group.ts'
import { findVote, lockVote, type VoteView } from '../vote-view.ts'
import { writeRecord } from '../write-record.ts'
import { sealedWord } from './paper-door.ts'

/**
 * Opens a closed box with the key that two of the tally team have put together. In one transaction the ballots lose whose they
 * are, are shuffled, opened, counted against the turnout and written sorted, and what was sealed goes with its rows in the
 * queue. Asks no leave: the key is the leave, and one alone has none of it. Fails with
 * `ballots.boxNotClosed`, `ballots.boxOpenedBefore`.
 */
export async function openBox(ctx: Context, voteId: number, key: KeyPair): Promise<Result<VoteView>> {
  return ctx.transaction(async (tx) => {
    const { state } = await lockVote(tx, voteId)
    if (state === 'draft' || state === 'open') return fail('ballots.boxNotClosed')
    if (state !== 'closed') return fail('ballots.boxOpenedBefore')
    const vote = await findVote(tx, voteId)
    const box = await tx.ballotBox.findUniqueOrThrow({ where: { voteId } })
    if (!vote) throw new Error('a box without a vote')
    const options = vote.questions.map((question) => question.options.length)
    const ballots = await takeBallots(tx, voteId, key, options)
    passing('ballot.decrypted')
    if (ballots.length !== box.cast) throw new Error('the box does not hold as many ballots as were cast')
    const valid = ballots.filter((ballot) => ballot !== null)
    await writePlain(tx, voteId, valid)
    passing('ballot.plainWritten')
    await emptyBox(tx, voteId)
    passing('ballot.sealedDeleted')
    const written = await writeRecord(ctx, tx, voteId, {
      issued: vote.rollSize,
      returned: ballots.length,
      invalid: ballots.length - valid.length,
      joined: box.joined ?? 0,
      questions: options.map((count, question) =>
        Array.from(
          { length: count },
          (_, option) => valid.filter((marks) => Number(marks[question]) === option).length,
        ),
      ),
    })
    if (!written.ok) throw new Error(`the ballots of a box do not add up: ${written.problem.code}`)
    await moveVote(ctx, tx, voteId, 'opened')
    await askSignatures(ctx, tx, voteId, written.value.record)
    await ctx.audit(tx, 'ballot.boxOpened', { vote: voteId }, vote.wardId)
    return ok(await showTurnout(ctx, tx, voteId))
  })
}

/** The ballots as one line of digits each, in no order and without whose they are; null for one that is no ballot of this paper. */
async function takeBallots(
  tx: Transaction,
  voteId: number,
  key: KeyPair,
  options: readonly number[],
): Promise<(string | null)[]> {
  const sealed = await tx.sealedBallot.findMany({ where: { voteId }, select: { content: true } })
  return shuffled(sealed).map(({ content }) => {
    const opened = unseal(content, key)
    return (opened && readBallot(opened, options)?.join('')) ?? null
  })
}

/** Equal ballots stand side by side, so that neither the rows' numbers nor their places tell when one was cast. */
async function writePlain(tx: Transaction, voteId: number, ballots: readonly string[]): Promise<void> {
  await tx.plainBallot.createMany({
    data: ballots.toSorted().map((marks, index) => ({ voteId, number: index + 1, marks })),
  })
}

/** Takes away what was sealed, and what the queue still knows of how it came. */
export async function emptyBox(tx: Transaction, voteId: number): Promise<void> {
  const sealed = await tx.sealedBallot.findMany({ where: { voteId }, select: { updates: true } })
  await forgetUpdates(
    tx,
    sealed.flatMap(({ updates }) => updates),
    `${sealedWord}:${voteId}:`,
  )
  await tx.sealedBallot.deleteMany({ where: { voteId } })
}
