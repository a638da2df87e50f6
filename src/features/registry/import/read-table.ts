import type { Problem } from '../../../domain/result.ts'
import { titleKey } from '../../../domain/vocabulary.ts'
import type { Cell, SheetRows } from '../../../platform/workbook.ts'
import { type Column, columnNamed, isCitizenIdHeader, type SheetLayout } from './layout.ts'
import { LineReader } from './line-reader.ts'
import type { CellProblem } from './problems.ts'

export interface Table<K extends string> {
  sheet: string
  lines: LineReader<K>[]
  problems: CellProblem[]
  /** Headers that nothing is read from. */
  ignored: string[]
  /** The columns are as they must be. */
  isReadable: boolean
  /** Where problems belong in the sheet. */
  places: Places
}

/** Where a sheet's headers stand, and under which index each column, by our title for it or by its header. */
export interface Places {
  headerRow: number
  columns: ReadonlyMap<string, number>
}

/** The column in which a workbook with problems goes back; nothing is read from it. */
export const remedyHeader = 'Cần sửa'

/** A heading may stand above the headers; further down they are not looked for. */
const headerRows = 10

/** Finds the headers of a sheet and hands out its rows, empty ones left aside. */
export function readTable<K extends string>(layout: SheetLayout<K>, { sheet, rows }: SheetRows): Table<K> {
  const headerIndex = findHeaders(layout, rows)
  const headers = rows[headerIndex] ?? []
  const problems: CellProblem[] = []
  const complain = (column: string | null, problem: Problem) =>
    problems.push({ sheet, row: headerIndex + 1, column, value: column ?? '', problem })
  const columns = new Map<K, number>()
  const ignored: string[] = []
  headers.forEach((cell, index) => {
    const header = typeof cell === 'string' ? cell : ''
    if (header === '') return
    const column = columnNamed(layout, header)
    if (isCitizenIdHeader(header)) complain(header, { code: 'registry.citizenIdColumn' })
    else if (!column) ignored.push(...(saysNothing(header) ? [] : [header]))
    else if (columns.has(column.key)) complain(header, { code: 'registry.columnTwice' })
    else columns.set(column.key, index)
  })
  for (const { title } of missing(layout, columns))
    complain(null, { code: 'registry.columnMissing', params: { title } })
  const isReadable = problems.length === 0
  const titles = new Map([...layout.columns, ...(layout.ticked ?? [])].map(({ key, title }) => [key, title]))
  const byHeader = headers.map((cell, index) => [String(cell ?? ''), index] as const)
  const byTitle = [...columns].map(([key, index]) => [titles.get(key) ?? key, index] as const)
  const places = { headerRow: headerIndex + 1, columns: new Map([...byHeader, ...byTitle]) }
  const lines = rows.flatMap((cells, index) => {
    const isEmpty = [...columns.values()].every((column) => (cells[column] ?? null) === null)
    if (!isReadable || index <= headerIndex || isEmpty) return []
    return [new LineReader<K>({ sheet, row: index + 1, cells, columns, titles, problems })]
  })
  return { sheet, lines, problems, ignored, isReadable, places }
}

/** "STT", numbers of the lines, often far below the last one that is filled in; and what we wrote into it ourselves. */
function saysNothing(header: string): boolean {
  return ['stt', 'tt', 'so tt', 'so thu tu'].includes(titleKey(header)) || header.startsWith(remedyHeader)
}

/** The row that names all required columns, or the first that is not empty. */
function findHeaders<K extends string>(layout: SheetLayout<K>, rows: readonly Cell[][]): number {
  const required = layout.columns.filter(({ required }) => required)
  const complete = rows.slice(0, headerRows).findIndex((cells) => {
    const keys = new Set(cells.map((cell) => (typeof cell === 'string' ? columnNamed(layout, cell)?.key : undefined)))
    return required.every(({ key }) => stands(layout, key, keys))
  })
  if (complete !== -1) return complete
  return Math.max(
    0,
    rows.findIndex((cells) => cells.some((cell) => cell !== null)),
  )
}

function missing<K extends string>(layout: SheetLayout<K>, columns: { has(key: K | undefined): boolean }): Column<K>[] {
  return layout.columns.filter(({ key, required }) => required && !stands(layout, key, columns))
}

/** The column is there, or others in its stead. */
function stands<K extends string>(
  layout: SheetLayout<K>,
  key: K,
  columns: { has(key: K | undefined): boolean },
): boolean {
  return columns.has(key) || (layout.ticked ?? []).some((one) => one.instead === key && columns.has(one.key))
}
