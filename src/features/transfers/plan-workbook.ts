import { fromUtcMidnight } from '../../domain/dates.ts'
import { monthOf, parsePeriod, periodKind } from '../../domain/period.ts'
import { fail, ok, type Problem, type Result } from '../../domain/result.ts'
import { titleKey } from '../../domain/vocabulary.ts'
import type { Texts } from '../../platform/texts.ts'
import { type Cell, type SheetRows, writeWorkbook } from '../../platform/workbook.ts'
import { type Branch, normaliseNumber } from '../registry/index.ts'
import type { LeavingMember } from './leaving-members.ts'
import type { PlanRow } from './plans.ts'

interface Leaving {
  members: readonly LeavingMember[]
  /** Those that may receive. */
  branches: readonly Branch[]
}

export interface SheetProblem {
  row: number
  column: string
  problem: Problem
}

/** The leaving branch's people, and a sheet with the codes to fill in. */
export function planTemplate(texts: Texts, { members, branches }: Leaving): Promise<Uint8Array> {
  const { number, name, birthYear, to, fees } = columnTitles(texts)
  return writeWorkbook([
    {
      sheet: texts('transfers:sheets.people'),
      rows: [
        [number, name, birthYear, to, fees],
        ...members.map((one): Cell[] => [one.number, one.fullName, one.birthYear, null, null]),
      ],
    },
    {
      sheet: texts('transfers:sheets.branches'),
      rows: [
        [texts('transfers:columns.code'), texts('transfers:columns.branch')],
        ...branches.map((branch): Cell[] => [branch.code, branch.name]),
      ],
    },
  ])
}

/** The sheet of a plan in a workbook, or null: the workbook is somebody else's. */
export function findPlanSheet(texts: Texts, sheets: readonly SheetRows[]): SheetRows | null {
  const wanted = titleKey(texts('transfers:sheets.people'))
  return sheets.find(({ sheet }) => titleKey(sheet) === wanted) ?? null
}

/**
 * Who goes where, by the sheet; one without a receiving branch stays. Every cell that cannot be read is named. Fails with
 * `transfers.noSuchSheet` {sheet, column} where a column is missing.
 */
export function readPlanSheet(
  texts: Texts,
  sheet: SheetRows,
  leaving: Leaving,
  today: Temporal.PlainDate,
): Result<{ rows: PlanRow[]; problems: SheetProblem[] }> {
  const titles = columnTitles(texts)
  const header = (sheet.rows[0] ?? []).map((cell) => titleKey(String(cell ?? '')))
  const at = { number: header.indexOf(titleKey(titles.number)), to: header.indexOf(titleKey(titles.to)) }
  const fees = header.indexOf(titleKey(titles.fees))
  if (at.number < 0) return fail('transfers.noSuchSheet', { sheet: sheet.sheet, column: titles.number })
  if (at.to < 0) return fail('transfers.noSuchSheet', { sheet: sheet.sheet, column: titles.to })
  const rows: PlanRow[] = []
  const problems: SheetProblem[] = []
  for (const [index, cells] of sheet.rows.entries()) {
    const written = String(cells[at.to] ?? '').trim()
    if (index === 0 || written === '') continue
    const row = index + 1
    const number = String(cells[at.number] ?? '').trim()
    const person = members(leaving).get(normaliseNumber(number))
    const branch = branchNamed(leaving, written)
    const month = readMonth(fees < 0 ? null : (cells[fees] ?? null), today)
    if (!person) problems.push({ row, column: titles.number, problem: unknown('transfers.unknownNumber', number) })
    if (!branch) problems.push({ row, column: titles.to, problem: unknown('transfers.unknownBranch', written) })
    if (!month.ok) problems.push({ row, column: titles.fees, problem: month.problem })
    if (person && branch && month.ok) rows.push({ personId: person.id, toId: branch.id, feesPaidThrough: month.value })
  }
  return ok({ rows, problems })
}

function members({ members }: Leaving): Map<string, LeavingMember> {
  return new Map(members.map((one) => [normaliseNumber(one.number), one]))
}

/** By its code, or by its name as people copy it. */
function branchNamed({ branches }: Leaving, written: string): Branch | undefined {
  const code = normaliseNumber(written)
  const name = titleKey(written)
  return (
    branches.find((one) => normaliseNumber(one.code) === code) ?? branches.find((one) => titleKey(one.name) === name)
  )
}

/** Spreadsheets turn "11/2026" into a date by themselves. */
function readMonth(cell: Cell, today: Temporal.PlainDate): Result<string | null> {
  if (cell === null || cell === '') return ok(null)
  if (cell instanceof Date) return ok(monthOf(fromUtcMidnight(cell)))
  const period = parsePeriod(String(cell), today)
  if (period.ok && periodKind(period.value) === 'month') return ok(period.value)
  return fail('transfers.feesUnreadable', { value: String(cell) })
}

function unknown(code: string, value: string): Problem {
  return { code, params: { value: value.slice(0, 40) } }
}

function columnTitles(texts: Texts) {
  return {
    number: texts('transfers:columns.number'),
    name: texts('transfers:columns.name'),
    birthYear: texts('transfers:columns.birthYear'),
    to: texts('transfers:columns.to'),
    fees: texts('transfers:columns.fees'),
  }
}
