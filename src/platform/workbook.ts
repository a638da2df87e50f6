import { Buffer } from 'node:buffer'
import readXlsx from 'read-excel-file/node'
import writeXlsx, { type Cell as WrittenCell } from 'write-excel-file/node'
import { fail, ok, type Result } from '../domain/result.ts'
import { inspectArchive, notesSheet } from './workbook-archive.ts'

export { notesSheet }

/** What a cell holds; a date is its UTC midnight. */
export type Cell = string | number | boolean | Date | null

/** A sheet as rows of cells; `rows[0]` is the sheet's row 1, and empty rows in between are kept. */
export interface SheetRows {
  sheet: string
  rows: Cell[][]
}

/** A sheet to write, some of its cells coloured so that they are found at a glance. */
export interface WrittenSheet extends SheetRows {
  coloured?: (row: number, column: number) => boolean
}

const red = '#FFC7CE'

/** What Telegram lets a bot download. */
const maximumBytes = 20_000_000

/**
 * Reads every sheet of an .xlsx file. Fails with `common.workbook.` `empty`, `tooLarge` (20 MB, also unpacked), `notExcel`,
 * `oldExcel` (.xls), `protected` (a password), `noRows`, `tooManyCells` {sheet}, `mergedCells` {sheet, range},
 * `brokenFormula` {sheet, cells}.
 */
export async function readWorkbook(data: Uint8Array): Promise<Result<SheetRows[]>> {
  if (data.length === 0) return fail('common.workbook.empty')
  if (data.length > maximumBytes) return fail('common.workbook.tooLarge')
  if (startsWith(data, [0xd0, 0xcf, 0x11, 0xe0])) return fail(oldContainer(data))
  if (!startsWith(data, [0x50, 0x4b])) return fail('common.workbook.notExcel')
  const inspected = inspectArchive(data)
  if (!inspected.ok) return inspected
  const sheets = await parse(data)
  if (!sheets.ok) return sheets
  const filled = sheets.value.some(({ sheet, rows }) => sheet !== notesSheet && rows.length > 0)
  return filled ? sheets : fail('common.workbook.noRows')
}

/**
 * Writes sheets as an .xlsx file: the first row bold and fixed, dates as dd/mm/yyyy. Text is always written as text, so
 * one that begins with `= + - @` is never a formula.
 */
export async function writeWorkbook(sheets: readonly WrittenSheet[]): Promise<Uint8Array> {
  const written = sheets.map(({ sheet, rows, coloured }) => ({
    sheet,
    data: rows.map((row, index) =>
      row.map((cell, column) => writtenCell(cell, index === 0, coloured?.(index, column) ?? false)),
    ),
    columns: widthsOf(rows),
    stickyRowsCount: 1,
  }))
  return new Uint8Array(await writeXlsx(written).toBuffer())
}

async function parse(data: Uint8Array): Promise<Result<SheetRows[]>> {
  try {
    const sheets = await readXlsx(Buffer.from(data))
    return ok(sheets.map((one) => ({ sheet: one.sheet.trim(), rows: one.data.map((row) => row.map(readCell)) })))
  } catch {
    // The parser sees nothing but the file: whatever it throws, the file is broken.
    return fail('common.workbook.notExcel')
  }
}

function readCell(cell: unknown): Cell {
  if (cell instanceof Date || typeof cell === 'number' || typeof cell === 'boolean') return cell
  if (typeof cell !== 'string') return null
  const text = cell.trim()
  return text === '' ? null : text
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

/** An .xls file and an .xlsx file under a password share one container; the latter names its cipher in it. */
function oldContainer(data: Uint8Array): string {
  const encrypted = Buffer.from(data).includes(Buffer.from('EncryptedPackage', 'utf16le'))
  return encrypted ? 'common.workbook.protected' : 'common.workbook.oldExcel'
}

function startsWith(data: Uint8Array, bytes: readonly number[]): boolean {
  return bytes.every((byte, index) => data[index] === byte)
}

/**
 * The writer keeps texts as names in a plain object, where a text such as `constructor` finds what every object has, and
 * the file is broken. A space behind it makes it another name; whoever reads the cell does not see it.
 */
function unlikeObjects(text: string): string {
  return text in {} ? `${text} ` : text
}
