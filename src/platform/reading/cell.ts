import type { Cell } from '../sheets.ts'
import { notExcel } from './refusal.ts'
import { unescapeText } from './shared-strings.ts'
import type { Attributes } from './xml.ts'

/** What the cells of every sheet refer to. */
export interface Tables {
  strings: readonly string[]
  dateStyles: readonly boolean[]
  /** Days count from 1904: workbooks that began on an old Macintosh. */
  from1904: boolean
}

/** What stands between the tags of a cell: its value, or the text it holds itself; null where the tag is missing. */
export interface CellContent {
  value: string | null
  inline: string | null
}

const dayMilliseconds = 86_400_000
/** Serial day 25569 is 1970-01-01; the calendar from 1904 begins 1,462 days later. */
const daysBefore1970 = 25_569
const daysBefore1904 = 1462

/** What a cell holds, texts without the spaces around them, the empty one as null. Throws a `Refusal` for one that cannot be. */
export function readCell(attributes: Attributes, { value, inline }: CellContent, tables: Tables): Cell {
  switch (attributes.t ?? 'n') {
    case 'str':
      return textOf(unescapeText(value ?? ''))
    case 'inlineStr':
      return textOf(unescapeText(inline ?? ''))
    case 's':
      return value ? textOf(known(tables.strings[Number(value)])) : null
    case 'b':
      if (!value) return null
      if (value !== '0' && value !== '1') throw notExcel()
      return value === '1'
    // A formula without a value; whether that is refused is the sheet's to say.
    case 'e':
      return null
    case 'd':
      return value ? dateAt(new Date(value).getTime()) : null
    case 'n':
      return value ? numberOrDate(value, attributes.s, tables) : null
    default:
      throw notExcel()
  }
}

function numberOrDate(value: string, style: string | undefined, { dateStyles, from1904 }: Tables): Cell {
  const number = Number(value)
  if (Number.isNaN(number)) throw notExcel()
  if (!style || !known(dateStyles[Number(style)])) return number
  return dateAt(Math.floor((number + (from1904 ? daysBefore1904 : 0) - daysBefore1970) * dayMilliseconds))
}

function dateAt(milliseconds: number): Date {
  const date = new Date(milliseconds)
  if (Number.isNaN(date.getTime())) throw notExcel()
  return date
}

function known<T>(entry: T | undefined): T {
  if (entry === undefined) throw notExcel()
  return entry
}

function textOf(text: string): string | null {
  const trimmed = text.trim()
  return trimmed === '' ? null : trimmed
}
