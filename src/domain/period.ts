import { searchKey } from './names.ts'
import { fail, ok, type Result } from './result.ts'

declare const brand: unique symbol

/** A stretch of reporting: a month `2026-11`, a quarter `2026-Q4` or a year `2026`. */
export type Period = string & { readonly [brand]: 'period' }
export type PeriodKind = 'month' | 'quarter' | 'year'

const shape = /^((?:19|20)\d\d)(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?$/
const romans = ['I', 'II', 'III', 'IV']

interface Parts {
  readonly kind: PeriodKind
  readonly year: number
  /** The month 1–12 or the quarter 1–4; 1 for a year. */
  readonly index: number
}

/** Whether a text is a period as we store it. */
export function isPeriod(text: string): text is Period {
  return shape.test(text)
}

/** The month of a day. */
export function monthOf(day: Temporal.PlainDate): Period {
  return build({ kind: 'month', year: day.year, index: day.month })
}

/**
 * Reads a period as people write it: `11/2026`, `tháng 11/2026`, `T11-2026`, `tháng 11 năm 2026`, `2026-11`,
 * `quý IV/2026`, `Q4-2026`, `năm 2026`. `tháng 11` and `quý IV` without a year are the nearest such. Fails with `period.unreadable`.
 */
export function parsePeriod(text: string, today: Temporal.PlainDate): Result<Period> {
  const words = searchKey(text)
    .replace(/\s*[/.\-_]\s*/g, ' ')
    .replace(/\b(t|q)(?=\d)/g, '$1 ')
  const month =
    /^(?:(?:thang|thg|t) )?(\d{1,2})(?: nam)? (\d{4})$/.exec(words) ?? /^(?:thang|thg|t) (\d{1,2})$/.exec(words)
  if (month) return read('month', 12, month[1], month[2], today, text)
  const quarter = /^(?:quy|q) ([1-4]|i{1,3}|iv)(?:(?: nam)? (\d{4}))?$/.exec(words)
  if (quarter) return read('quarter', 4, quarterNumber(quarter[1]), quarter[2], today, text)
  const yearFirst = /^(\d{4}) (\d{1,2}|q [1-4])$/.exec(words)
  if (yearFirst?.[2]?.startsWith('q')) return read('quarter', 4, yearFirst[2].slice(2), yearFirst[1], today, text)
  if (yearFirst) return read('month', 12, yearFirst[2], yearFirst[1], today, text)
  const year = /^(?:nam )?(\d{4})$/.exec(words)
  return year ? read('year', 1, '1', year[1], today, text) : fail('period.unreadable', { value: text })
}

/** Its kind: month, quarter or year. */
export function periodKind(period: Period): PeriodKind {
  return parts(period).kind
}

/** Its first day. */
export function firstDay(period: Period): Temporal.PlainDate {
  const { kind, year, index } = parts(period)
  return new Temporal.PlainDate(year, (index - 1) * monthsIn(kind) + 1, 1)
}

/** Its last day, on which the registry is asked who was where. */
export function lastDay(period: Period): Temporal.PlainDate {
  return firstDay(period)
    .add({ months: monthsIn(parts(period).kind) })
    .subtract({ days: 1 })
}

/** Whether it has not begun on that day; the running month is not in the future. */
export function isFuture(period: Period, today: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(firstDay(period), today) > 0
}

/** The one before it, of the same kind. */
export function previous(period: Period): Period {
  const { kind } = parts(period)
  const day = firstDay(period).subtract({ months: monthsIn(kind) })
  return build({ kind, year: day.year, index: Math.ceil(day.month / monthsIn(kind)) })
}

/** `tháng 11/2026`, `quý IV/2026`, `năm 2026`. */
export function formatPeriod(period: Period): string {
  const { kind, year, index } = parts(period)
  if (kind === 'year') return `năm ${year}`
  return kind === 'month' ? `tháng ${index}/${year}` : `quý ${romans[index - 1]}/${year}`
}

function monthsIn(kind: PeriodKind): number {
  return { month: 1, quarter: 3, year: 12 }[kind]
}

function parts(period: Period): Parts {
  const [, year, month, quarter] = shape.exec(period) ?? []
  if (month) return { kind: 'month', year: Number(year), index: Number(month) }
  if (quarter) return { kind: 'quarter', year: Number(year), index: Number(quarter) }
  return { kind: 'year', year: Number(year), index: 1 }
}

function build({ kind, year, index }: Parts): Period {
  const tail = { month: `-${String(index).padStart(2, '0')}`, quarter: `-Q${index}`, year: '' }[kind]
  const text = `${year}${tail}`
  if (!isPeriod(text)) throw new RangeError(`Not a period: ${text}`)
  return text
}

function quarterNumber(written = ''): string {
  const roman = romans.indexOf(written.toUpperCase())
  return roman < 0 ? written : String(roman + 1)
}

function read(
  kind: PeriodKind,
  inYear: number,
  index: string | undefined,
  year: string | undefined,
  today: Temporal.PlainDate,
  written: string,
): Result<Period> {
  const number = Number(index)
  const nearYear = year === undefined ? nearestYear(kind, inYear, number, today) : Number(year)
  const valid = number >= 1 && number <= inYear && nearYear >= 1900 && nearYear < 2100
  return valid ? ok(build({ kind, year: nearYear, index: number })) : fail('period.unreadable', { value: written })
}

/** In January "tháng 12" is last month, not next December: the nearest counts, and of two as near the past one. */
function nearestYear(kind: PeriodKind, inYear: number, index: number, today: Temporal.PlainDate): number {
  const ahead = index - Math.ceil(today.month / monthsIn(kind))
  if (ahead >= inYear / 2) return today.year - 1
  return ahead < -inYear / 2 ? today.year + 1 : today.year
}
