import { fromUtcMidnight } from '../../domain/dates.ts'
import { formatDate } from '../../domain/formats.ts'
import { fail, type Problem } from '../../domain/result.ts'
import { titleKey } from '../../domain/vocabulary.ts'
import type { Cell, SheetRows } from '../registry/index.ts'
import { columnTitle, type ResultColumn, recogniseColumn, resultSheet } from './result-columns.ts'

/** Something to mend in the workbook: where it stands, what stands there, what to do. */
export interface SheetProblem {
  readonly sheet: string
  readonly row: number
  readonly column: string
  readonly value: string
  readonly problem: Problem
}

/** One person's line, as it was written. */
export interface ResultRow {
  readonly row: number
  readonly cells: Readonly<Partial<Record<ResultColumn, Cell>>>
}

export interface ResultSheet {
  readonly sheet: string
  readonly rows: readonly ResultRow[]
  readonly problems: readonly SheetProblem[]
}

/** How far down the row of titles may stand, under a heading. */
const headingRows = 10
const needed: readonly ResultColumn[] = ['number', 'name']
const anyOf: readonly ResultColumn[] = ['score', 'grade', 'level', 'disqualifier']
/** A line's own number says nothing. */
const ignored = new Set(['stt', 'so thu tu', 'tt'])

/** The sheet of results among a workbook's sheets, or null where it has none. */
export function findResultSheet(sheets: readonly SheetRows[]): SheetRows | null {
  return sheets.find(({ sheet }) => titleKey(sheet) === titleKey(resultSheet)) ?? null
}

/** Reads the lines under the titles. Problems: `notices.columnMissing`, `.columnTwice`, `.columnUnknown`, `.noResults`. */
export function readResultSheet({ sheet, rows }: SheetRows): ResultSheet {
  const at = Math.max(0, rows.slice(0, headingRows).findIndex(hasTitles))
  const titles = (rows[at] ?? []).map((cell) => cellText(cell))
  const columns = titles.map((title) => recogniseColumn(title))
  const problem = (column: string, value: string, found: { problem: Problem }): SheetProblem => ({
    sheet,
    row: at + 1,
    column,
    value,
    problem: found.problem,
  })
  const missing = needed.filter((column) => !columns.includes(column))
  const problems = [
    ...missing.map((column) => problem(columnTitle(column), '', fail('notices.columnMissing'))),
    ...(anyOf.some((column) => columns.includes(column))
      ? []
      : [problem(columnTitle('score'), '', fail('notices.columnMissing'))]),
    ...titles.flatMap((title, index) => {
      const column = columns[index]
      if (column && columns.indexOf(column) < index) return [problem(title, title, fail('notices.columnTwice'))]
      const known = column !== undefined || title === '' || ignored.has(titleKey(title))
      return known ? [] : [problem(title, title, fail('notices.columnUnknown'))]
    }),
  ]
  if (problems.length > 0) return { sheet, rows: [], problems }
  const read = rows.slice(at + 1).flatMap((row, index) => {
    const cells: Partial<Record<ResultColumn, Cell>> = {}
    columns.forEach((column, place) => {
      if (column) cells[column] = row[place] ?? null
    })
    const filled = Object.values(cells).some((cell) => cellText(cell) !== '')
    return filled ? [{ row: at + 2 + index, cells }] : []
  })
  if (read.length > 0) return { sheet, rows: read, problems }
  return { sheet, rows: [], problems: [problem(columnTitle('number'), '', fail('notices.noResults'))] }
}

/** A cell as a person reads it: `92,5`, `05/02/2021`. */
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return formatDate(fromUtcMidnight(cell))
  if (typeof cell === 'number') return String(cell).replace('.', ',')
  return String(cell).normalize('NFC').trim()
}

function hasTitles(row: readonly Cell[]): boolean {
  const columns = row.map((cell) => recogniseColumn(cellText(cell)))
  return columns.some((column) => column !== undefined && needed.includes(column))
}
