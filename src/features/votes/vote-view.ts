import { formatDateTime } from '../../domain/formats.ts'
import { packSchema, type VotePack } from '../../domain/packs/schema.ts'
import type { Problem } from '../../domain/result.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'

/** A vote as screens and rules read it. */
export interface VoteView {
  id: number
  number: number
  wardId: number
  branchId: number
  question: string
  /** In the order of their indices. */
  options: string[]
  isOpen: boolean
  closedAt: Date | null
  /** The delivery that put it into the group. */
  deliveryId: number | null
  rollSize: number
  voted: number
}

const include = {
  branch: { select: { wardId: true } },
  options: { orderBy: { index: 'asc' }, select: { text: true } },
  roll: { select: { choice: { select: { personId: true } } } },
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
    question: row.question,
    options: row.options.map(({ text }) => text),
    isOpen: row.state === 'open',
    closedAt: row.closedAt,
    deliveryId: row.deliveryId,
    rollSize: row.roll.length,
    voted: row.roll.filter(({ choice }) => choice !== null).length,
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
export async function lockVote(tx: Transaction, voteId: number): Promise<{ isOpen: boolean; closedAt: Date | null }> {
  await tx.$queryRaw`SELECT "id" FROM "Vote" WHERE "id" = ${voteId} FOR UPDATE`
  const { state, closedAt } = await tx.vote.findUniqueOrThrow({
    where: { id: voteId },
    select: { state: true, closedAt: true },
  })
  return { isOpen: state === 'open', closedAt }
}

/** What somebody who comes too late is told. */
export function closedProblem(closedAt: Date | null): Problem {
  return { code: 'votes.closed', params: { time: closedAt ? formatDateTime(closedAt) : '' } }
}
