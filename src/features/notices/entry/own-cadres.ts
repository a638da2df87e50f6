import type { Period } from '../../../domain/period.ts'
import type { Context } from '../../../platform/context.ts'
import type { Database, Transaction } from '../../../platform/database.ts'
import { wardLeadersAmong } from '../../registry/index.ts'
import { type Candidate, cadresOf } from '../find-cadres.ts'

export interface Rater {
  readonly id: number
  readonly fullName: string
}

/** Who rates whom: what those chose who lead the ward on that day. Whoever left office rates nobody any more. */
export async function ratersOf(
  db: Database | Transaction,
  wardId: number,
  on: Temporal.PlainDate,
): Promise<Map<number, Rater>> {
  const rows = await db.cadreRater.findMany({
    where: { wardId, to: null },
    select: { personId: true, rater: { select: { id: true, fullName: true } } },
  })
  const raterIds = [...new Set(rows.map(({ rater }) => rater.id))]
  const leading = await wardLeadersAmong(db, raterIds, on)
  return new Map(rows.flatMap(({ personId, rater }) => (leading.has(rater.id) ? [[personId, rater] as const] : [])))
}

/** Whose result of a period stands on somebody's sheet. */
export async function enteredIn(db: Database | Transaction, wardId: number, period: string): Promise<Set<number>> {
  const rows = await db.enteredResult.findMany({
    where: { level: { not: null }, sheet: { wardId, period } },
    select: { personId: true },
  })
  return new Set(rows.map(({ personId }) => personId))
}

export interface OwnCadres {
  /** All cadres of the period. */
  readonly cadres: readonly Candidate[]
  /** Those whom the acting person rates, in the order of their list. */
  readonly own: readonly Candidate[]
  readonly raters: ReadonlyMap<number, Rater>
}

/** Whom the acting person rates: those they chose; as long as they chose nobody, everybody whom no other leader chose. Asks no leave: `entryContext` has. */
export async function ownCadres(ctx: Context, wardId: number, period: Period): Promise<OwnCadres> {
  const cadres = await cadresOf(ctx.db, wardId, { period, today: ctx.today() })
  const raters = await ratersOf(ctx.db, wardId, ctx.today())
  const chosen = cadres.filter(({ id }) => raters.get(id)?.id === ctx.actor.personId)
  const own = chosen.length > 0 ? chosen : cadres.filter(({ id }) => !raters.has(id))
  return { cadres, own, raters }
}
