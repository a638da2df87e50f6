import { fromUtcMidnight } from '../../domain/dates.ts'
import { keepsSecond, type MergeSide, mergeBlocks } from '../../domain/merging.ts'
import type { Problem } from '../../domain/result.ts'
import type { Database, Transaction } from '../../platform/database.ts'

export interface MergePerson {
  id: number
  wardId: number
  number: string
  fullName: string
  birthYear: number | null
  branches: string[]
  hasAccount: boolean
}

/** Two records that may be one person: which goes on, which is closed, and what stands in the way. */
export interface MergePair {
  kept: MergePerson
  closed: MergePerson
  blocks: Problem[]
}

/** Reads both records; null where one is not there, is merged already, or belongs to another ward. */
export async function loadPair(db: Database | Transaction, ids: readonly [number, number]): Promise<MergePair | null> {
  const rows = await db.person.findMany({
    where: { id: { in: [...ids] }, mergedIntoId: null },
    include: {
      memberships: { where: { kind: 'official' }, include: { organisation: { select: { name: true } } } },
      links: { where: { endedAt: null }, select: { id: true } },
      positions: { where: { to: null }, select: { id: true } },
      tasks: { where: { state: { in: ['assigned', 'reported', 'returned'] } }, select: { id: true } },
      entries: { where: { inForce: true }, select: { period: true } },
      _count: { select: { merged: true } },
    },
    orderBy: { id: 'asc' },
  })
  const [first, second] = rows
  if (!first || !second || first.wardId !== second.wardId) return null
  const sides = { first: sideOf(first), second: sideOf(second) }
  // A record into which others were merged goes on: they are read together with it.
  const turned = second._count.merged > first._count.merged || keepsSecond(sides.first, sides.second)
  const shared = await sharedActs(db, first.id, second.id)
  return turned
    ? { kept: personOf(second), closed: personOf(first), blocks: mergeBlocks(sides.second, sides.first, shared) }
    : { kept: personOf(first), closed: personOf(second), blocks: mergeBlocks(sides.first, sides.second, shared) }
}

interface Row {
  id: number
  wardId: number
  number: string
  fullName: string
  birthYear: number | null
  birthOn: Date | null
  gender: string | null
  memberships: { organisationId: number; from: Date; to: Date | null; organisation: { name: string } }[]
  links: unknown[]
  positions: unknown[]
  tasks: unknown[]
  entries: { period: string }[]
}

function sideOf(row: Row): MergeSide {
  return {
    birthYear: row.birthYear,
    birthOn: row.birthOn && fromUtcMidnight(row.birthOn).toString(),
    gender: row.gender,
    official: row.memberships
      .filter(({ from, to }) => to === null || to >= from)
      .map(({ organisationId, from, to }) => ({
        branchId: organisationId,
        from: fromUtcMidnight(from),
        to: to && fromUtcMidnight(to),
      })),
    hasAccount: row.links.length > 0,
    openPostCount: row.positions.length,
    openTaskCount: row.tasks.length,
    periods: new Set(row.entries.map(({ period }) => period)),
  }
}

function personOf({ id, wardId, number, fullName, birthYear, memberships, links }: Row): MergePerson {
  const branches = [...new Set(memberships.map(({ organisation }) => organisation.name))]
  return { id, wardId, number, fullName, birthYear, branches, hasAccount: links.length > 0 }
}

async function sharedActs(db: Database | Transaction, one: number, other: number) {
  const [asked] = await db.$queryRaw<{ voted: boolean }[]>`SELECT "voted_in_one_ballot"(${one}, ${other}) AS "voted"`
  const open = await db.vote.count({
    where: {
      state: { in: ['draft', 'open'] },
      AND: [one, other].map((personId) => ({ roll: { some: { personId } } })),
    },
  })
  return { votedTogether: asked?.voted ?? false, onOpenRoll: open > 0 }
}
