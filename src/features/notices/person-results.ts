import type { Level } from '../../domain/packs/schema.ts'
import { isPeriod, type Period, periodKind, previous } from '../../domain/period.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { asLevel } from './find-results.ts'
import { type IssueNumber, numberOf, numberParts } from './issue-number.ts'
import { readersOf } from './meant-for.ts'

/** One of a cadre's results in force, with what was said of it from the other side. */
export interface PersonResult {
  readonly entryId: number
  /** The branch that it was meant for; null where the person had none. */
  readonly branchId: number | null
  /** All branches that read it. */
  readonly readers: readonly number[]
  readonly period: Period
  readonly level: Level
  readonly score: number | null
  readonly grade: string | null
  readonly remark: string | null
  readonly number: IssueNumber
  /** What the branch says; the newest. */
  readonly branchRemark: {
    readonly text: string
    readonly name: string
    readonly title: string
    readonly at: Date
  } | null
  readonly comment: string | null
}

/** A person's results in force, newest first. */
export async function resultsOfPerson(db: Database | Transaction, personId: number): Promise<PersonResult[]> {
  const rows = await db.noticeEntry.findMany({
    where: { personId, inForce: true },
    include: {
      issue: { select: numberParts },
      copies: { select: { branchId: true } },
      comment: true,
      remarks: { orderBy: { id: 'desc' }, take: 1, include: { writtenBy: { select: { fullName: true } } } },
    },
  })
  const results = rows.flatMap(({ id, issue, level, period, comment, remarks: [newest], ...row }): PersonResult[] => {
    if (!isPeriod(period)) return []
    const { branchId, score, grade, remark } = row
    const branchRemark = newest
      ? { text: newest.text, name: newest.writtenBy.fullName, title: newest.title, at: newest.at }
      : null
    const said = { branchRemark, comment: comment?.text ?? null }
    return [
      {
        entryId: id,
        branchId,
        readers: readersOf(row),
        period,
        level: asLevel(level),
        score,
        grade,
        remark,
        number: numberOf(issue),
        ...said,
      },
    ]
  })
  return results.sort((a, b) => (a.period < b.period ? 1 : -1))
}

/** The twelve months up to that one in their order, each with its result where there is one. */
export function twelveMonths(
  results: readonly PersonResult[],
  last: Period,
): { readonly period: Period; readonly result: PersonResult | null }[] {
  const months: Period[] = []
  for (let month = last; months.length < 12; month = previous(month)) months.unshift(month)
  return months.map((period) => ({ period, result: results.find((one) => one.period === period) ?? null }))
}

/** The newest month among them; null where there is none. */
export function latestMonth(results: readonly PersonResult[]): Period | null {
  return results.find(({ period }) => periodKind(period) === 'month')?.period ?? null
}

/** The result of the year in which that month lies; null where it is not there (yet). */
export function yearBeside(results: readonly PersonResult[], month: Period): PersonResult | null {
  return results.find(({ period }) => periodKind(period) === 'year' && month.startsWith(period)) ?? null
}

/** That month of a year, counted from 1. */
export function asMonth(year: Period, number: number): Period {
  const month = `${year}-${String(number).padStart(2, '0')}`
  if (!isPeriod(month)) throw new RangeError(`No month ${number} of ${year}`)
  return month
}
