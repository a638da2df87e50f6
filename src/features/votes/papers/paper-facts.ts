import type { RollExclusion } from '../../../domain/eligibility.ts'
import { compareNames } from '../../../domain/names.ts'
import type { Context } from '../../../platform/context.ts'
import type { Database } from '../../../platform/database.ts'
import { drawRoll } from '../freeze-roll.ts'
import type { VoteView } from '../vote-view.ts'

export interface RollPerson {
  name: string
  number: string
}

/** What a vote's papers say beside its questions and counts. */
export interface PaperFacts {
  wardName: string
  voters: RollPerson[]
  leftOut: (RollPerson & { reason: string })[]
  packId: string
  packHash: string
  /** Who opened it, or will. */
  chair: string
}

/** The facts of a vote's papers: the frozen roll, of a draft today's. Asks no leave: whoever makes the papers has. */
export async function paperFacts(ctx: Context, vote: VoteView): Promise<PaperFacts> {
  const row = await ctx.db.vote.findUniqueOrThrow({
    where: { id: vote.id },
    select: { packId: true, packHash: true, openedById: true, createdById: true, branch: { select: { ward: true } } },
  })
  const { voters, leftOut } = await rollOf(ctx, vote)
  const names = await namesOf(ctx.db, [...voters, ...leftOut.map(({ personId }) => personId)])
  const chair = await ctx.db.person.findUnique({ where: { id: row.openedById ?? row.createdById } })
  const named = (personId: number) => names.get(personId) ?? { name: '', number: '' }
  return {
    wardName: row.branch.ward.name,
    voters: voters.map(named).sort((a, b) => compareNames(a.name, b.name)),
    leftOut: leftOut
      .map(({ personId, reason }) => ({ ...named(personId), reason }))
      .sort((a, b) => compareNames(a.name, b.name)),
    packId: row.packId,
    packHash: row.packHash,
    chair: chair?.fullName ?? '',
  }
}

async function rollOf(
  ctx: Context,
  vote: VoteView,
): Promise<{ voters: number[]; leftOut: { personId: number; reason: string }[] }> {
  if (vote.state === 'draft') return rollToday(ctx, vote.branchId)
  const voters = await ctx.db.voteRoll.findMany({ where: { voteId: vote.id }, select: { personId: true } })
  const leftOut = await ctx.db.voteLeftOut.findMany({ where: { voteId: vote.id } })
  return { voters: voters.map(({ personId }) => personId), leftOut }
}

/** The branch's roll as it would be today. Asks no leave: whoever makes the papers has. */
export async function rollToday(
  ctx: Context,
  branchId: number,
): Promise<{ voters: number[]; leftOut: { personId: number; reason: RollExclusion }[] }> {
  const drawn = await drawRoll(ctx, ctx.db, branchId)
  if (!drawn.ok) return { voters: [], leftOut: [] }
  const { voters, excluded } = drawn.value.roll
  return { voters: voters.map(({ personId }) => personId), leftOut: [...excluded] }
}

export async function namesOf(db: Database, personIds: readonly number[]): Promise<Map<number, RollPerson>> {
  const people = await db.person.findMany({
    where: { id: { in: [...personIds] } },
    select: { id: true, fullName: true, number: true },
  })
  return new Map(people.map(({ id, fullName, number }) => [id, { name: fullName, number }]))
}
