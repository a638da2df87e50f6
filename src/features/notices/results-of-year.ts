import type { Level } from '../../domain/packs/schema.ts'
import { formatPeriod, isPeriod } from '../../domain/period.ts'
import type { Database } from '../../platform/database.ts'
import { asLevel } from './find-results.ts'

/** One result of a person as the ward has issued it, without score and remark. */
export interface YearResult {
  /** `tháng 11/2026` */
  period: string
  level: Level
  /** The number of the notice within its year. */
  number: number
  /** What the branch that asks has last remarked on it, if it has. */
  remark: string | null
}

/**
 * A person's results in force for the year and its months and quarters, the earliest first, with the remarks of that branch.
 * Another branch's remarks on somebody who came from there are not among them.
 */
export async function resultsOfYear(
  db: Database,
  personId: number,
  year: string,
  branchId: number,
): Promise<YearResult[]> {
  const rows = await db.noticeEntry.findMany({
    where: { personId, inForce: true, period: { startsWith: year } },
    include: { issue: { select: { number: true } }, remarks: { orderBy: [{ at: 'desc' }, { id: 'desc' }], take: 1 } },
    orderBy: { period: 'asc' },
  })
  return rows.map(({ period, level, issue, branchId: toldTo, remarks }) => ({
    period: isPeriod(period) ? formatPeriod(period) : period,
    level: asLevel(level),
    number: issue.number ?? 0,
    remark: toldTo === branchId ? (remarks[0]?.text ?? null) : null,
  }))
}
