import { fail, ok, type Result } from '../../../domain/result.ts'
import { notesSheet, type SheetRows } from '../../../platform/workbook.ts'
import { normaliseCode } from './codes.ts'
import { branchSheet, layoutNamed, memberSheet, positionSheet, type SheetLayout } from './layout.ts'
import type { LineReader } from './line-reader.ts'
import type { ImportNote } from './notes.ts'
import type { CellProblem } from './problems.ts'
import { readBranches } from './read-branches.ts'
import { likelyTwins, readMembers } from './read-members.ts'
import { readPositions } from './read-positions.ts'
import { readTable, type Table } from './read-table.ts'
import type { RegistryRows } from './rows.ts'

export interface ReadRegistry {
  rows: RegistryRows
  problems: CellProblem[]
  notes: ImportNote[]
  /** A sheet's columns were wrong, so none of its rows could be read. */
  isPartial: boolean
  /** Codes and numbers that stand in rows with a wrong cell. */
  unread: ReadonlySet<string>
}

/** Whether one of the sheets is the registry's. */
export function isRegistryWorkbook(sheets: readonly SheetRows[]): boolean {
  return sheets.some(({ sheet }) => layoutNamed(sheet) !== undefined)
}

/**
 * Reads the three sheets; one or two of them are enough. Fails with `registry.noSheet` where none is there,
 * `registry.sheetUnknown` where another sheet holds rows that would be left out, `registry.sheetTwice`, `registry.noRows`.
 */
export function readRegistry(sheets: readonly SheetRows[], today: Temporal.PlainDate): Result<ReadRegistry> {
  const filled = sheets.filter(({ sheet, rows }) => sheet !== notesSheet && rows.length > 0)
  if (!isRegistryWorkbook(filled)) return fail('registry.noSheet', { sheets: quoted(sheets) })
  const stranger = filled.find(({ sheet }) => !layoutNamed(sheet))
  if (stranger) return fail('registry.sheetUnknown', { sheet: stranger.sheet })
  const layouts = filled.map(({ sheet }) => layoutNamed(sheet))
  const twice = filled.find((_, index) => layouts.indexOf(layouts[index]) !== index)
  if (twice) return fail('registry.sheetTwice', { sheet: twice.sheet })

  const branches = tableOf(branchSheet, filled)
  const members = tableOf(memberSheet, filled)
  const positions = tableOf(positionSheet, filled)
  const tables = [branches, members, positions]
  const day = today.toString()
  const rows: RegistryRows = {
    branches: { sheet: branches.sheet, rows: readBranches(branches.lines, day) },
    members: { sheet: members.sheet, rows: readMembers(members.lines, day) },
    positions: { sheet: positions.sheet, rows: readPositions(positions.lines, day) },
  }
  const problems = tables.flatMap((table) => table.problems)
  if (problems.length === 0 && tables.every(({ lines }) => lines.length === 0)) return fail('registry.noRows')
  return ok({
    rows,
    problems,
    notes: [...ignoredColumns(tables), ...twins(rows)],
    isPartial: tables.some(({ isReadable }) => !isReadable),
    unread: new Set([...failed(branches.lines, 'code'), ...failed(members.lines, 'number')]),
  })
}

function failed<K extends string>(lines: readonly LineReader<K>[], key: K): string[] {
  return lines.filter((line) => line.failed).map((line) => normaliseCode(line.text(key)))
}

/** The table of the sheet, or an empty one where the workbook goes without it. */
function tableOf<K extends string>(layout: SheetLayout<K>, sheets: readonly SheetRows[]): Table<K> {
  const found = sheets.find(({ sheet }) => layoutNamed(sheet) === layout)
  return found
    ? readTable(layout, found)
    : { sheet: layout.title, lines: [], problems: [], ignored: [], isReadable: true }
}

function ignoredColumns(tables: readonly Pick<Table<string>, 'sheet' | 'ignored'>[]): ImportNote[] {
  return tables.flatMap(({ sheet, ignored }) =>
    ignored.length > 0 ? [{ kind: 'ignoredColumns' as const, sheet, columns: ignored.join(', ') }] : [],
  )
}

function twins(rows: RegistryRows): ImportNote[] {
  return likelyTwins(rows.members.rows).map((pair) => ({ kind: 'likelyTwins', ...pair }))
}

function quoted(sheets: readonly SheetRows[]): string {
  const names = sheets.map(({ sheet }) => `«${sheet}»`)
  return names.length > 5 ? `${names.slice(0, 5).join(', ')}, …` : names.join(', ')
}
