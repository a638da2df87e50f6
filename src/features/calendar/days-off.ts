import { fromUtcMidnight, toUtcMidnight } from '../../domain/dates.ts'
import { type DaysOff, publicHolidays } from '../../domain/days-off.ts'
import type { Database, Transaction } from '../../platform/database.ts'

export interface EnteredSpan {
  id: number
  kind: 'off' | 'working'
  name: string
  from: Temporal.PlainDate
  to: Temporal.PlainDate
}

/** The days off that matter around a day: the public holidays of three years, and what the ward has entered. */
export async function daysOffOf(db: Database | Transaction, wardId: number, on: Temporal.PlainDate): Promise<DaysOff> {
  const years = [on.year - 1, on.year, on.year + 1]
  return [...years.flatMap(publicHolidays), ...(await enteredSpans(db, wardId, on.subtract({ years: 1 })))]
}

/** What the ward itself has entered and what is not over before that day, in order. */
export async function enteredSpans(
  db: Database | Transaction,
  wardId: number,
  since: Temporal.PlainDate,
): Promise<EnteredSpan[]> {
  const rows = await db.dayOff.findMany({
    where: { wardId, to: { gte: toUtcMidnight(since) } },
    orderBy: [{ from: 'asc' }, { id: 'asc' }],
  })
  return rows.map(({ id, kind, name, from, to }) => ({
    id,
    kind: kind === 'working' ? 'working' : 'off',
    name,
    from: fromUtcMidnight(from),
    to: fromUtcMidnight(to),
  }))
}
