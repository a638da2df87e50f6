import type { Cell } from '../sheets.ts'
import { type CellContent, readCell, type Tables } from './cell.ts'
import { type Filled, Grid } from './grid.ts'
import { notExcel, Refusal } from './refusal.ts'
import { type Attributes, readXml } from './xml.ts'

/** So many cells are named to whoever has to mend them. */
const cellsNamed = 5

/** The cell that is being read. */
interface OpenCell {
  attributes: Attributes
  content: CellContent
  inside: keyof CellContent | null
  isSpoken: boolean
}

/**
 * Reads a sheet's rows, all as wide as the widest, up to the last that holds something. In a sheet that is only read by people
 * merged cells and broken formulas may stand. Throws a `Refusal` with `common.workbook.` `tooManyCells` {sheet},
 * `brokenFormula` {sheet, cells}, `mergedCells` {sheet, range}.
 */
export async function readSheet(
  pieces: AsyncIterable<Uint8Array>,
  sheet: { name: string; isForPeople: boolean },
  tables: Tables,
  filled: Filled,
): Promise<Cell[][]> {
  const grid = new Grid(sheet.name, filled)
  const at = { row: 0, column: 0, isNumbered: true }
  const broken: string[] = []
  let merged: string | null = null
  let cell: OpenCell | null = null
  const beginRow = ({ r }: Attributes) => {
    const row = r ? Number(r) : at.row + 1
    if (!(Number.isInteger(row) && row > at.row)) throw notExcel()
    Object.assign(at, { row, column: 0, isNumbered: r !== undefined })
  }
  const endCell = ({ attributes, content }: OpenCell) => {
    const { r, t } = attributes
    const column = r ? columnOf(r) : at.column + 1
    if (!(column > at.column)) throw notExcel()
    at.column = column
    if (!at.isNumbered && r) at.row = Math.max(at.row, rowOf(r))
    if (t === 'e' && broken.length < cellsNamed) broken.push(r ?? '')
    grid.place(at.row, column, readCell(attributes, content, tables))
  }
  await readXml(pieces, {
    open: (name, attributes) => {
      if (name === 'row') beginRow(attributes)
      else if (name === 'mergeCell') merged ??= attributes.ref ?? ''
      else if (name === 'c') {
        cell = { attributes, content: { value: null, inline: null }, inside: null, isSpoken: false }
      } else if (cell && (name === 'v' || name === 't')) {
        cell.inside = name === 'v' ? 'value' : 'inline'
        cell.content[cell.inside] ??= ''
      } else if (cell && name === 'rPh') cell.isSpoken = true
    },
    close: (name) => {
      if (!cell) return
      if (name === 'v' || name === 't') cell.inside = null
      else if (name === 'rPh') cell.isSpoken = false
      else if (name === 'c') {
        endCell(cell)
        cell = null
      }
    },
    text: (text) => {
      if (cell?.inside && !cell.isSpoken) cell.content[cell.inside] += text
    },
  })
  const rows = grid.whole()
  if (!sheet.isForPeople) expectSound(sheet.name, broken, merged)
  return rows
}

function expectSound(sheet: string, broken: readonly string[], merged: string | null): void {
  if (broken.length > 0) {
    throw new Refusal({ code: 'common.workbook.brokenFormula', params: { sheet, cells: broken.join(', ') } })
  }
  if (merged !== null) throw new Refusal({ code: 'common.workbook.mergedCells', params: { sheet, range: merged } })
}

/** 28 for `AB12`; NaN for what names no cell. */
function columnOf(address: string): number {
  let column = 0
  for (const character of address) {
    const place = character.charCodeAt(0) - 64
    if (place < 1 || place > 26) return column === 0 ? Number.NaN : column
    column = column * 26 + place
  }
  return Number.NaN
}

/** 12 for `AB12`. */
function rowOf(address: string): number {
  return Number(address.slice(address.search(/\d/))) || 0
}
