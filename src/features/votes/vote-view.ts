import { asBallotKind, asBallotState, type BallotKind, type BallotState, type Standing } from '../../domain/ballots.ts'
import { formatDateTime } from '../../domain/formats.ts'
import { packSchema, type VotePack } from '../../domain/packs/schema.ts'
import type { Problem } from '../../domain/result.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'

/** One thing that is asked, with its options in the order of their indices. */
export interface QuestionView {
  text: string
  /** The person to classify, where it is one. */
  personId: number | null
  options: string[]
  /** How many have chosen each, so far, by name in the app. */
  counts: number[]
}

/** A vote as screens and rules read it. */
export interface VoteView {
  id: number
  number: number
  wardId: number
  branchId: number
  branchName: string
  kind: BallotKind
  byHand: boolean
  subject: 'question' | 'classification'
  period: string | null
  title: string
  standing: Standing
  instrument: string | null
  showsCounts: boolean
  questions: QuestionView[]
  state: BallotState
  isOpen: boolean
  openedAt: Date | null
  closedAt: Date | null
  round: number
  tellersOnBallot: boolean
  /** The delivery that put it into the group. */
  deliveryId: number | null
  rollSize: number
  /** How many have voted, as far as it is known while it runs. */
  voted: number
}

const include = {
  branch: { select: { wardId: true, name: true } },
  questions: {
    orderBy: { index: 'asc' },
    include: { options: { orderBy: { index: 'asc' }, include: { _count: { select: { choices: true } } } } },
  },
  roll: { select: { _count: { select: { choices: true } } } },
  sheet: { select: { returned: true } },
  box: { select: { cast: true, _count: { select: { sealed: true } } } },
} as const satisfies Prisma.VoteInclude

/** The votes that fit, the newest first. */
export async function findVotes(
  db: Database | Transaction,
  where: Prisma.VoteWhereInput,
  most?: number,
): Promise<VoteView[]> {
  const rows = await db.vote.findMany({ where, include, orderBy: { id: 'desc' }, ...(most ? { take: most } : {}) })
  return rows.map((row) => ({
    id: row.id,
    number: row.number,
    wardId: row.branch.wardId,
    branchId: row.branchId,
    branchName: row.branch.name,
    kind: asBallotKind(row.kind),
    byHand: row.method === 'hand',
    subject: row.subject === 'classification' ? 'classification' : 'question',
    period: row.period,
    title: row.title,
    standing: row.standing === 'ballot' ? 'ballot' : 'poll',
    instrument: row.instrument,
    showsCounts: row.showsCounts,
    questions: row.questions.map(({ text, personId, options }) => ({
      text,
      personId,
      options: options.map((option) => option.text),
      counts: options.map(({ _count }) => _count.choices),
    })),
    state: asBallotState(row.state),
    isOpen: row.state === 'open',
    openedAt: row.openedAt,
    closedAt: row.closedAt,
    round: row.round,
    tellersOnBallot: row.tellersOnBallot,
    deliveryId: row.deliveryId,
    rollSize: row.roll.length,
    voted: row.box
      ? (row.box.cast ?? row.box._count.sealed)
      : (row.sheet?.returned ?? row.roll.filter(({ _count }) => _count.choices > 0).length),
  }))
}

export async function findVote(db: Database | Transaction, voteId: number): Promise<VoteView | null> {
  const [vote] = await findVotes(db, { id: voteId })
  return vote ?? null
}

/** The rules that were frozen with the vote. */
export function frozenPack(stored: unknown): VotePack {
  const pack = packSchema.parse(stored)
  if (pack.kind !== 'vote') throw new Error(`a vote with the rules of ${pack.kind}`)
  return pack
}

/** Holds the vote still until the transaction ends: choices and the closing come one after another. */
export async function lockVote(
  tx: Transaction,
  voteId: number,
): Promise<{ state: BallotState; isOpen: boolean; closedAt: Date | null; turnoutStale: boolean }> {
  const [row] = await tx.$queryRaw<{ state: string; closedAt: Date | null; turnoutStale: boolean }[]>`
    SELECT "state", "closedAt", "turnoutStale" FROM "Vote" WHERE "id" = ${voteId} FOR UPDATE`
  if (!row) throw new Error('the vote is gone')
  return { ...row, state: asBallotState(row.state), isOpen: row.state === 'open' }
}

/** What somebody who comes too late is told. */
export function closedProblem(closedAt: Date | null): Problem {
  return { code: 'votes.closed', params: { time: closedAt ? formatDateTime(closedAt) : '' } }
}
