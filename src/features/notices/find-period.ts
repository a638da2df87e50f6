import { searchKey } from '../../domain/names.ts'
import { type Period, parsePeriod } from '../../domain/period.ts'
import { fail, type Result } from '../../domain/result.ts'

const separator = '[\\s/._-]*'
/** A whole date is when a file was made, not which month it is about. */
const wholeDate = /(?<!\d)\d{1,2}[/._-]\d{1,2}[/._-]\d{4}(?!\d)|(?<!\d)\d{4}[/._-]\d{1,2}[/._-]\d{1,2}(?!\d)/g
const shapes = [
  new RegExp(`\\b(?:thang|thg|t)${separator}(\\d{1,2})(?:${separator}(?:nam${separator})?(\\d{4}))?(?!\\d)`),
  new RegExp(`\\b(?:quy|q)${separator}(\\d|i{1,3}|iv)\\b(?:${separator}(?:nam${separator})?(\\d{4}))?(?!\\d)`),
  /(?<!\d)(\d{1,2})[/._-](\d{4})(?!\d)/,
  /(?<!\d)(\d{4})[/._-](\d{1,2})(?!\d)/,
  /\bnam[\s/._-]*(\d{4})(?!\d)/,
]

/**
 * The period a caption or a file's name speaks of ("Kết quả tháng 11/2026.xlsx", "kq_t11-2026", "2026-11"), or null where
 * it names none. Fails with `period.unreadable` where it names one that there is not (tháng 13).
 */
export function findPeriod(text: string, today: Temporal.PlainDate): Result<Period> | null {
  const words = searchKey(text.replace(/\.xls[xm]?$/i, '')).replace(wholeDate, ' ')
  const found = shapes.map((shape) => shape.exec(words)).find((match) => match !== null)
  if (!found) return null
  const written = found[0].replace(/[\s/._-]+/g, ' ').trim()
  const period = parsePeriod(written, today)
  return period.ok ? period : fail('period.unreadable', { value: text.trim().slice(0, 60) })
}
