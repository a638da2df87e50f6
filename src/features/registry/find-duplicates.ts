import { may } from '../../domain/access.ts'
import { fromUtcMidnight } from '../../domain/dates.ts'
import { likelihood } from '../../domain/merging.ts'
import { compareNames } from '../../domain/names.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'

export interface Duplicate {
  ids: [number, number]
  fullName: string
  numbers: [string, string]
  likelihood: number
}

/**
 * Pairs of records of the ward that may be one person, the likeliest first; not those said to be two people. That
 * they were read is recorded.
 */
export async function findDuplicates(ctx: Context): Promise<Result<Duplicate[]>> {
  const { wardId } = ctx.actor
  if (wardId === null) return fail('access.denied', { action: 'registry.merge' })
  const leave = may(ctx.actor, 'registry.merge', { wardId })
  if (!leave.ok) return leave
  const people = await ctx.db.person.findMany({
    where: { wardId, mergedIntoId: null },
    select: { id: true, number: true, fullName: true, searchName: true, birthOn: true, birthYear: true, phone: true },
    orderBy: { id: 'asc' },
  })
  const distinct = await ctx.db.distinctPeople.findMany({ where: { first: { wardId } } })
  const known = new Set(distinct.map(({ firstId, secondId }) => `${firstId} ${secondId}`))
  const alike = Map.groupBy(people, ({ searchName }) => searchName)
  const pairs = [...alike.values()].flatMap((same) =>
    same.flatMap((first, index) =>
      same.slice(index + 1).flatMap((second): Duplicate[] => {
        const likely = likelihood(comparable(first), comparable(second))
        if (likely === 0 || known.has(`${first.id} ${second.id}`)) return []
        const numbers: [string, string] = [first.number, second.number]
        return [{ ids: [first.id, second.id], fullName: first.fullName, numbers, likelihood: likely }]
      }),
    ),
  )
  await ctx.auditRead('registry.duplicatesListed', { count: pairs.length }, wardId)
  return ok(pairs.sort((a, b) => b.likelihood - a.likelihood || compareNames(a.fullName, b.fullName)))
}

function comparable<T extends { birthOn: Date | null }>({ birthOn, ...row }: T) {
  return { ...row, birthOn: birthOn && fromUtcMidnight(birthOn).toString() }
}
