import type { BallotKind } from '../../domain/ballots.ts'
import { packHash } from '../../domain/packs/index.ts'
import type { Level, VotePack } from '../../domain/packs/schema.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'

export interface NewQuestion {
  text: string
  personId?: number
  options: readonly { text: string; level?: Level }[]
}

export interface NewVote {
  branchId: number
  kind: BallotKind
  byHand?: boolean
  showsCounts?: boolean
  /** The year that a classification is about; without it the vote is on questions. */
  period?: string
  title: string
  questions: readonly NewQuestion[]
  pack: VotePack
  createdById: number
  /** The vote whose undecided questions are asked again. */
  earlier?: { id: number; round: number } | null
  source: string | null
}

/** Writes a vote as a draft with what it asks, under the branch's next number, and answers with its id. */
export async function writeDraft(ctx: Context, tx: Transaction, vote: NewVote): Promise<number> {
  const { branchId, kind, period, title, pack, createdById, earlier, source, questions } = vote
  // One at a time in a branch, so that numbers follow one another.
  await tx.$queryRaw`SELECT "id" FROM "Organisation" WHERE "id" = ${branchId} FOR NO KEY UPDATE`
  const last = await tx.vote.aggregate({ where: { branchId }, _max: { number: true } })
  const { id: voteId } = await tx.vote.create({
    data: {
      branchId,
      number: (last._max.number ?? 0) + 1,
      kind,
      method: vote.byHand ? 'hand' : 'app',
      subject: period === undefined ? 'question' : 'classification',
      period: period ?? null,
      title,
      showsCounts: vote.showsCounts ?? false,
      createdById,
      createdAt: ctx.now(),
      packId: pack.id,
      packHash: packHash(pack),
      pack,
      earlierId: earlier?.id ?? null,
      round: (earlier?.round ?? 0) + 1,
      source,
    },
  })
  await tx.voteQuestion.createMany({
    data: questions.map(({ text, personId }, index) => ({ voteId, index, text, personId: personId ?? null })),
  })
  await tx.voteOption.createMany({
    data: questions.flatMap(({ options }, question) =>
      options.map(({ text, level }, index) => ({ voteId, question, index, text, level: level ?? null })),
    ),
  })
  return voteId
}
