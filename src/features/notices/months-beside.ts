import type { Level } from '../../domain/packs/schema.ts'
import { periodKind } from '../../domain/period.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { asLevel } from './find-results.ts'
import { meantFor } from './meant-for.ts'
import type { EvaluationNotice } from './notice-view.ts'
import { asMonth } from './person-results.ts'

/** A month's result beside the year's: its level, and its letter where the rules of that month had letters. */
export interface MonthBeside {
  readonly level: Level
  readonly grade: string | null
}

/** The twelve months of a year, each with the result that was in force when the year was issued, by person. */
export type MonthsBeside = ReadonlyMap<number, readonly (MonthBeside | null)[]>

type YearNotice = Pick<EvaluationNotice, 'period' | 'results' | 'issuedAt'>

/**
 * The months beside a year's results that a branch reads, as they stood when the notice was issued: those whose results
 * were meant for it. Null for any other period.
 */
export async function monthsBeside(
  db: Database | Transaction,
  view: YearNotice & { readonly branchId: number },
): Promise<MonthsBeside | null> {
  return findMonths(db, [view], meantFor(view.branchId))
}

/**
 * All the months of everybody in the notices of one issue, which each person reads of themself alone, wherever they were
 * then. Null for any period but a year.
 */
export async function ownMonthsBeside(
  db: Database | Transaction,
  views: readonly YearNotice[],
): Promise<MonthsBeside | null> {
  return findMonths(db, views, {})
}

async function findMonths(
  db: Database | Transaction,
  views: readonly YearNotice[],
  where: Prisma.NoticeEntryWhereInput,
): Promise<MonthsBeside | null> {
  const [first] = views
  if (!first || periodKind(first.period) !== 'year') return null
  const months = Array.from({ length: 12 }, (_, index) => asMonth(first.period, index + 1))
  const personIds = views.flatMap(({ results }) => results.map(({ personId }) => personId))
  const byThen = { state: 'issued', issuedAt: { lte: first.issuedAt } }
  const rows = await db.noticeEntry.findMany({
    where: {
      ...where,
      personId: { in: personIds },
      period: { in: months },
      issue: byThen,
      correctedBy: { none: { issue: byThen } },
    },
    select: { personId: true, period: true, level: true, grade: true },
  })
  const found = new Map(
    rows.map(({ personId, period, level, grade }) => [`${personId}:${period}`, { level: asLevel(level), grade }]),
  )
  return new Map(
    personIds.map((personId) => [personId, months.map((month) => found.get(`${personId}:${month}`) ?? null)]),
  )
}
