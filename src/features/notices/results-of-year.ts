import type { Level } from '../../domain/packs/schema.ts'
import { formatPeriod, isPeriod } from '../../domain/period.ts'
import type { Context } from '../../platform/context.ts'
import { holdingOn } from '../registry/index.ts'
import { asLevel } from './find-results.ts'
import { numberOf, numberParts, printedNumber } from './issue-number.ts'
import { meantFor } from './meant-for.ts'

/** One result of a person as the ward has issued it, without score and remark. */
export interface YearResult {
  /** `tháng 11/2026` */
  period: string
  level: Level
  /** The notice's number as it was printed. */
  number: string
  /** What the branch that asks has last remarked on it, if it has. */
  remark: string | null
}

/**
 * A person's results in force for the year and its months and quarters, the earliest first, with the remarks of that branch.
 * The branch in which they are today reads them all, a former one those that were meant for it. Another branch's remarks on
 * somebody who came from there are not among them. Asks no leave: who shows them has.
 */
export async function resultsOfYear(
  ctx: Context,
  personId: number,
  year: string,
  branchId: number,
): Promise<YearResult[]> {
  const today = { personId, organisationId: branchId, kind: 'official', ...holdingOn(ctx.today()) }
  const isOwn = (await ctx.db.membership.count({ where: today })) > 0
  const rows = await ctx.db.noticeEntry.findMany({
    where: { personId, inForce: true, period: { startsWith: year }, ...(isOwn ? {} : meantFor(branchId)) },
    include: { issue: { select: numberParts }, remarks: { orderBy: [{ at: 'desc' }, { id: 'desc' }], take: 1 } },
    orderBy: { period: 'asc' },
  })
  return rows.map(({ period, level, issue, branchId: toldTo, remarks }) => ({
    period: isPeriod(period) ? formatPeriod(period) : period,
    level: asLevel(level),
    number: printedNumber(ctx.texts, numberOf(issue)),
    remark: toldTo === branchId ? (remarks[0]?.text ?? null) : null,
  }))
}
