import { fail, ok, type Result } from '../../../domain/result.ts'
import { notesSheet, type SheetRows } from '../../../platform/workbook.ts'
import { normaliseCode } from './codes.ts'
import { type ColumnOf, layouts, type Part, partNamed, parts, type SheetLayout } from './layout.ts'
import type { LineReader } from './line-reader.ts'
import type { ImportNote } from './notes.ts'
import type { CellProblem } from './problems.ts'
import { readBranches, readKinds } from './read-branches.ts'
import { readGroups } from './read-groups.ts'
import { likelyTwins, readMembers } from './read-members.ts'
import { readPositions } from './read-positions.ts'
import { readCadres, readComments, readLiaisons, readMemberships, readStatuses } from './read-stretches.ts'
import { type Places, readTable, type Table } from './read-table.ts'
import type { RegistryRows } from './rows.ts'

export interface ReadRegistry {
  rows: RegistryRows
  problems: CellProblem[]
  notes: ImportNote[]
  /** A sheet's columns were wrong, so none of its rows could be read. */
  isPartial: boolean
  /** Codes and numbers that stand in rows with a wrong cell. */
  unread: ReadonlySet<string>
  /** So many rows of each sheet were read and not the others, because so much of those is wrong; null where all were. */
  onlyRows: number | null
  /** By the sheet's name. */
  places: ReadonlyMap<string, Places>
}

/** Whether one of the sheets is the registry's. */
function isRegistryWorkbook(sheets: readonly SheetRows[]): boolean {
  return sheets.some(({ sheet }) => partNamed(sheet) !== undefined)
}

/**
 * Reads the sheets of the registry; one of them is enough. Fails with `registry.noSheet` where none is there,
 * `registry.sheetUnknown` where another sheet holds rows that would be left out, `registry.sheetTwice`, `registry.noRows`.
 */
export function readRegistry(sheets: readonly SheetRows[], today: Temporal.PlainDate): Result<ReadRegistry> {
  const filled = sheets.filter(({ sheet, rows }) => sheet !== notesSheet && rows.length > 0)
  if (!isRegistryWorkbook(filled)) return fail('registry.noSheet', { sheets: quoted(sheets) })
  const stranger = filled.find(({ sheet }) => !partNamed(sheet))
  if (stranger) return fail('registry.sheetUnknown', { sheet: stranger.sheet })
  const named = filled.map(({ sheet }) => partNamed(sheet))
  const twice = filled.find((_, index) => named.indexOf(named[index]) !== index)
  if (twice) return fail('registry.sheetTwice', { sheet: twice.sheet })

  const isLong = filled.some(({ rows }) => rows.length > sampleRows)
  const sample = isLong ? readSheets(headsOf(filled), today) : null
  if (sample?.ok && sample.value.problems.length >= tooManyProblems)
    return ok({ ...sample.value, isPartial: true, onlyRows: sampleRows })
  return readSheets(filled, today)
}

/** With so many wrong cells in the first rows it is the wrong file, or columns are shifted: the rest would say the same. */
const sampleRows = 2000
const tooManyProblems = 1000

/** The sheets' first rows. */
function headsOf(sheets: readonly SheetRows[]): SheetRows[] {
  return sheets.map(({ sheet, rows }) => ({ sheet, rows: rows.slice(0, sampleRows) }))
}

function readSheets(filled: readonly SheetRows[], today: Temporal.PlainDate): Result<ReadRegistry> {
  const tables: Tables = {
    branches: tableOf(layouts.branches, filled),
    members: tableOf(layouts.members, filled),
    positions: tableOf(layouts.positions, filled),
    groups: tableOf(layouts.groups, filled),
    memberships: tableOf(layouts.memberships, filled),
    statuses: tableOf(layouts.statuses, filled),
    cadres: tableOf(layouts.cadres, filled),
    liaisons: tableOf(layouts.liaisons, filled),
    comments: tableOf(layouts.comments, filled),
    kinds: tableOf(layouts.kinds, filled),
  }
  const all = parts.map((part): Table<string> => tables[part])
  const rows = readRows(tables, today.toString())
  const problems = all.flatMap((table) => table.problems)
  if (problems.length === 0 && all.every(({ lines }) => lines.length === 0)) return fail('registry.noRows')
  return ok({
    rows,
    problems,
    notes: [...ignoredColumns(all), ...twins(rows)],
    isPartial: all.some(({ isReadable }) => !isReadable),
    onlyRows: null,
    unread: new Set([...failed(tables.branches.lines, 'code'), ...failed(tables.members.lines, 'number')]),
    places: new Map(all.map(({ sheet, places }) => [sheet, places])),
  })
}

type Tables = { [P in Part]: Table<ColumnOf<P>> }

function readRows(tables: Tables, day: string): RegistryRows {
  const of = <P extends Part, R>(part: P, rows: R[]) => ({ sheet: tables[part].sheet, rows })
  return {
    branches: of('branches', readBranches(tables.branches.lines, day)),
    members: of('members', readMembers(tables.members.lines, day)),
    positions: of('positions', readPositions(tables.positions.lines, day)),
    groups: of('groups', readGroups(tables.groups.lines)),
    memberships: of('memberships', readMemberships(tables.memberships.lines, day)),
    statuses: of('statuses', readStatuses(tables.statuses.lines, day)),
    cadres: of('cadres', readCadres(tables.cadres.lines, day)),
    liaisons: of('liaisons', readLiaisons(tables.liaisons.lines, day)),
    comments: of('comments', readComments(tables.comments.lines, day)),
    kinds: of('kinds', readKinds(tables.kinds.lines)),
  }
}

function failed<K extends string>(lines: readonly LineReader<K>[], key: K): string[] {
  return lines.filter((line) => line.failed).map((line) => normaliseCode(line.text(key)))
}

/** The table of the sheet, or an empty one where the workbook goes without it. */
function tableOf<K extends string>(layout: SheetLayout<K>, sheets: readonly SheetRows[]): Table<K> {
  const found = sheets.find(({ sheet }) => partNamed(sheet) === partNamed(layout.title))
  const empty = { sheet: layout.title, lines: [], problems: [], ignored: [], isReadable: true }
  return found ? readTable(layout, found) : { ...empty, places: { headerRow: 1, columns: new Map() } }
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
