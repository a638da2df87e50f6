import type { Voter } from '../../domain/eligibility.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { rollCounts } from '../../domain/tally.ts'
import { type BallotCounts, checkCounts, type RollCounts, type Verdict, verdictOf } from '../../domain/verdict.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { frozenPack } from './vote-view.ts'

/**
 * Writes the count of a ballot and the verdict on it as its next record: the first is the result, a later one corrects the one
 * before for the reason given, and leaves it standing. Fails with `count.*` where the numbers cannot be this ballot's.
 */
export async function writeRecord(
  ctx: Context,
  tx: Transaction,
  voteId: number,
  counts: BallotCounts,
  more: { enteredCount?: number; reason?: string } = {},
): Promise<Result<{ record: number; verdict: Verdict }>> {
  const roll = await frozenCounts(tx, voteId)
  const checked = checkCounts(counts, roll)
  if (!checked.ok) return checked
  const { pack } = await tx.vote.findUniqueOrThrow({ where: { id: voteId }, select: { pack: true } })
  const verdict = verdictOf(frozenPack(pack), roll, counts)
  const before = await tx.voteRecord.count({ where: { voteId } })
  if (before > 0 && !more.reason) return fail('votes.correctionReason')
  const record = before + 1
  const { questions, ...numbers } = verdict
  await tx.voteRecord.create({
    data: {
      voteId,
      number: record,
      reason: before > 0 ? (more.reason ?? null) : null,
      madeAt: ctx.now(),
      madeById: ctx.actor.personId,
      enteredCount: more.enteredCount ?? 0,
      ...numbers,
    },
  })
  await tx.voteRecordQuestion.createMany({
    data: questions.map(({ blank, outcome, carried }, question) => ({
      voteId,
      record,
      question,
      blank,
      outcome,
      carried,
    })),
  })
  await tx.voteRecordCount.createMany({
    data: questions.flatMap((one, question) =>
      one.counts.map((count, index) => ({ voteId, record, question, index, count })),
    ),
  })
  return ok({ record, verdict })
}

/** The frozen roll in numbers. */
export async function frozenCounts(db: Database | Transaction, voteId: number): Promise<RollCounts> {
  const voters = await frozenVoters(db, voteId)
  const excluded = await db.voteLeftOut.count({ where: { voteId, inBase: true } })
  return rollCounts(voters, excluded)
}

/** Who stands on the frozen roll. */
export async function frozenVoters(db: Database | Transaction, voteId: number): Promise<Voter[]> {
  const roll = await db.voteRoll.findMany({ where: { voteId }, orderBy: { personId: 'asc' } })
  return roll.map(({ personId, counts }) => ({ personId, counts: counts === 'always' ? counts : 'whenVoting' }))
}
