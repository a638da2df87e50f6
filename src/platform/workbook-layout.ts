import writeXlsx, { type Cell as WrittenCell } from 'write-excel-file/node'
import type { Cell, SheetRows } from './sheets.ts'

/** A sheet to write, some of its cells coloured so that they are found at a glance. */
export interface WrittenSheet extends SheetRows {
  /** As `row column`, both counted from 0. */
  coloured?: ReadonlySet<string>
}

const red = '#FFC7CE'

/** The bytes of an .xlsx file with these sheets. Nobody is answered while it is made. */
export async function laidOut(sheets: readonly WrittenSheet[]): Promise<Uint8Array> {
  const written = sheets.map(({ sheet, rows, coloured }) => ({
    sheet,
    data: rows.map((row, index) =>
      row.map((cell, column) => writtenCell(cell, index === 0, coloured?.has(`${index} ${column}`) ?? false)),
    ),
    columns: widthsOf(rows),
    stickyRowsCount: 1,
  }))
  return new Uint8Array(await writeXlsx(written).toBuffer())
}

function writtenCell(cell: Cell, heading: boolean, coloured: boolean): WrittenCell {
  const style = { ...(heading ? { fontWeight: 'bold' as const } : {}), ...(coloured ? { backgroundColor: red } : {}) }
  if (cell === null || (cell instanceof Date && Number.isNaN(cell.getTime())))
    return coloured ? { value: '', type: String, ...style } : null
  if (cell instanceof Date) return { value: cell, type: Date, format: 'dd/mm/yyyy', ...style }
  if (typeof cell !== 'string') return coloured ? { value: cell, ...style } : cell
  return { value: unlikeObjects(cell.replace(forbidden, '')), type: String, ...style }
}

/** Characters that XML cannot hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

function widthsOf(rows: readonly Cell[][]): { width: number }[] {
  const count = Math.max(0, ...rows.slice(0, 1).map((row) => row.length))
  return Array.from({ length: count }, (_, column) => {
    const lengths = rows
      .slice(0, 200)
      .map((row) => (row[column] instanceof Date ? 10 : String(row[column] ?? '').length))
    return { width: Math.min(60, Math.max(8, ...lengths) + 2) }
  })
}

/**
 * The writer keeps texts as names in a plain object, where a text such as `constructor` finds what every object has, and
 * the file is broken. A space behind it makes it another name; whoever reads the cell does not see it.
 */
function unlikeObjects(text: string): string {
  return text in {} ? `${text} ` : text
}
