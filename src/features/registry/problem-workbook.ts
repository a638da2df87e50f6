import type { Texts } from '../../platform/texts.ts'
import { type Cell, type SheetRows, type WrittenSheet, writeWorkbook } from '../../platform/workbook.ts'
import type { CellProblem } from './import/problems.ts'
import { type Places, remedyHeader } from './import/read-table.ts'

/**
 * The workbook as it was sent, with the wrong cells coloured and, behind the last column of each sheet, what to mend in each
 * row. Citizen-ID numbers do not go back: they are taken out.
 */
export function problemsWorkbook(
  texts: Texts,
  sheets: readonly SheetRows[],
  problems: readonly CellProblem[],
  places: ReadonlyMap<string, Places>,
): Promise<Uint8Array> {
  return writeWorkbook(
    sheets.map((sheet) => {
      const own = problems.filter((problem) => problem.sheet === sheet.sheet)
      const place = places.get(sheet.sheet)
      return own.length > 0 && place ? marked(texts, sheet, own, place) : sheet
    }),
  )
}

function marked(
  texts: Texts,
  { sheet, rows }: SheetRows,
  problems: readonly CellProblem[],
  { headerRow, columns }: Places,
): WrittenSheet {
  const width = rows.reduce((most, row) => Math.max(most, row.length), 0)
  const last = columns.get(remedyHeader) ?? width
  const red = new Set<string>()
  const erased = new Set<string>()
  const remedies = new Map<number, string[]>()
  for (const problem of problems) {
    const row = (problem.row ?? headerRow) - 1
    const column = problem.column === null ? undefined : columns.get(problem.column)
    remedies.set(row, [...(remedies.get(row) ?? []), remedy(texts, problem)])
    red.add(`${row} ${column ?? last}`)
    if (problem.problem.code === 'registry.citizenIdCell') erased.add(`${row} ${column}`)
    if (problem.problem.code === 'registry.citizenIdColumn')
      for (let below = headerRow; below < rows.length; below++) erased.add(`${below} ${column}`)
  }
  const cells = rows.map((row, index): Cell[] => {
    const kept = Array.from({ length: width }, (_, column) =>
      erased.has(`${index} ${column}`) ? null : (row[column] ?? null),
    )
    kept[last] = index === headerRow - 1 ? remedyHeader : null
    const said = remedies.get(index)
    if (said) kept[last] = index === headerRow - 1 ? `${remedyHeader}: ${said.join(' ')}` : said.join(' ')
    return kept
  })
  return { sheet, rows: cells, coloured: red }
}

/** Column, value and remedy; a sentence that names the value already is not given it twice. */
function remedy(texts: Texts, { column, value, problem }: CellProblem): string {
  const text = texts.problem(problem)
  if (column === null) return text
  const isSaid = value === '' || text.includes(value) || problem.code.startsWith('registry.citizenId')
  return isSaid
    ? texts('registry:remedyColumn', { column, text })
    : texts('registry:remedyCell', { column, value, text })
}
