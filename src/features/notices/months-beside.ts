import type { Level } from '../../domain/packs/schema.ts'
import { type Period, periodKind } from '../../domain/period.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { asLevel } from './find-results.ts'
import type { EvaluationNotice } from './notice-view.ts'
import { asMonth } from './person-results.ts'

/** The twelve months of a year, each with the level that was in force when the year was issued, by person. */
export type MonthsBeside = ReadonlyMap<number, readonly (Level | null)[]>

/**
 * The months beside a year's results, as they stood when the notice was issued; null for any other period. A branch reads
 * the months whose results were meant for it; a person, whose own they are, all of them (`whole`).
 */
export async function monthsBeside(
  db: Database | Transaction,
  view: Pick<EvaluationNotice, 'period' | 'results' | 'branchId' | 'issuedAt'>,
  { whole = false } = {},
): Promise<MonthsBeside | null> {
  const { period: year, results, branchId, issuedAt } = view
  if (periodKind(year) !== 'year') return null
  const byThen = { state: 'issued', issuedAt: { lte: issuedAt } }
  const rows = await db.noticeEntry.findMany({
    where: {
      personId: { in: results.map(({ personId }) => personId) },
      period: { in: monthsOf(year) },
      issue: byThen,
      correctedBy: { none: { issue: byThen } },
      ...(whole ? {} : { branchId }),
    },
    select: { personId: true, period: true, level: true },
  })
  const found = new Map(rows.map(({ personId, period, level }) => [`${personId}:${period}`, asLevel(level)]))
  return new Map(
    results.map(({ personId }) => [personId, monthsOf(year).map((month) => found.get(`${personId}:${month}`) ?? null)]),
  )
}

/** `2026-01` to `2026-12`. */
function monthsOf(year: Period): Period[] {
  return Array.from({ length: 12 }, (_, index) => asMonth(year, index + 1))
}
