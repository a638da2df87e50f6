import type { Context } from '../../platform/context.ts'

/** The year in what was typed: `1958`, or a whole date that ends in it. */
export function yearIn(text: string): number | null {
  const [year, ...others] = text.match(/(?<!\d)(?:19|20)\d\d(?!\d)/g) ?? []
  return year !== undefined && others.length === 0 ? Number(year) : null
}

/**
 * Whether whoever opens the person's invitation must say their year of birth: always, unless the register does not know it.
 * Asks no leave: it says nothing of the person.
 */
export async function birthYearNeeded(ctx: Context, personId: number | null): Promise<boolean> {
  if (personId === null) return false
  const { birthYear } = await ctx.db.person.findUniqueOrThrow({ where: { id: personId }, select: { birthYear: true } })
  return birthYear !== null
}
