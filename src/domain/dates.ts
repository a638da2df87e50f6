import { searchKey } from './names.ts'
import { fail, ok, type Result } from './result.ts'

/** What a date cell says: a whole day, or only a year, as old registers have it. */
export type WrittenDate =
  | { readonly kind: 'day'; readonly date: Temporal.PlainDate }
  | { readonly kind: 'year'; readonly year: number }

/** The zone every date and time of the product is counted in. */
export const zone = 'Asia/Ho_Chi_Minh'

const earliestYear = 1900
const latestYear = 2100
/** Day 0 of the 1900 date system as spreadsheets count it, their false 29/02/1900 included. */
const serialZero = Temporal.PlainDate.from('1899-12-30')

/** A database or spreadsheet date (UTC midnight) as a day. */
export function fromUtcMidnight(date: Date): Temporal.PlainDate {
  return new Temporal.PlainDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}

/** A day as databases and spreadsheets keep it: UTC midnight. */
export function toUtcMidnight(day: Temporal.PlainDate): Date {
  return new Date(Date.UTC(day.year, day.month - 1, day.day))
}

/** The day in Viet Nam at that moment. */
export function dayAt(moment: Temporal.Instant | Date): Temporal.PlainDate {
  return toZoned(moment).toPlainDate()
}

/** The moment on the clocks of Viet Nam. */
export function toZoned(moment: Temporal.Instant | Date): Temporal.ZonedDateTime {
  const instant = moment instanceof Date ? Temporal.Instant.fromEpochMilliseconds(moment.getTime()) : moment
  return instant.toZonedDateTimeISO(zone)
}

/**
 * Reads a date as people type it in a cell or message: `1/5/1980`, `01.05.1980`, `1-5-1980`, `1980-05-01`,
 * `ngày 1 tháng 5 năm 1980`, a spreadsheet serial, a `Date` at UTC midnight, or a year alone. Day before month.
 * Fails with `date.empty`, `date.unreadable`, `date.impossible` (31/02), `date.shortYear` (1/5/80),
 * `date.outOfRange` (before 1900 or after 2100).
 */
export function parseDate(input: string | number | Date): Result<WrittenDate> {
  if (input instanceof Date) {
    return Number.isNaN(input.getTime()) ? fail('date.unreadable', { value: '' }) : inRange(fromUtcMidnight(input))
  }
  if (typeof input === 'number') return parseNumber(input)
  const text = searchKey(input).replace(/^'/, '')
  if (text === '') return fail('date.empty')
  if (/^\d+([.,]\d+)?$/.test(text) && !/^\d{1,2}[.,]\d{1,2}$/.test(text))
    return parseNumber(Number(text.replace(',', '.')))
  const dayFirst =
    /^(?:ngay )?(\d{1,2})(?:\s*[/.\- ]\s*|\s*thang\s*)(\d{1,2})(?:\s*[/.\- ]\s*|\s*nam\s*)(\d{2}|\d{4})$/.exec(text)
  if (dayFirst) return fromParts(dayFirst[3] ?? '', dayFirst[2] ?? '', dayFirst[1] ?? '', input)
  const yearFirst = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d.*)?$/.exec(text)
  if (yearFirst) return fromParts(yearFirst[1] ?? '', yearFirst[2] ?? '', yearFirst[3] ?? '', input)
  return fail('date.unreadable', { value: input })
}

/** Numbers 1900–2100 are years: as serials they would be days before October 1905, which no register of ours holds. */
function parseNumber(value: number): Result<WrittenDate> {
  const whole = Math.floor(value)
  if (value === whole && whole >= earliestYear && whole <= latestYear) return ok({ kind: 'year', year: whole })
  if (!(whole > latestYear && whole < 80_000)) return fail('date.unreadable', { value: String(value) })
  return inRange(serialZero.add({ days: whole }))
}

function fromParts(year: string, month: string, day: string, written: string): Result<WrittenDate> {
  if (year.length < 4) return fail('date.shortYear', { value: written })
  const date = calendarDay(Number(year), Number(month), Number(day))
  return date ? inRange(date) : fail('date.impossible', { value: written })
}

/** The day with these numbers, or nothing where the calendar has none (31/02). */
export function calendarDay(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined
  const first = new Temporal.PlainDate(year, month, 1)
  return day <= first.daysInMonth ? first.with({ day }) : undefined
}

function inRange(date: Temporal.PlainDate): Result<WrittenDate> {
  if (date.year >= earliestYear && date.year <= latestYear) return ok({ kind: 'day', date })
  return fail('date.outOfRange', { value: date.toString(), earliest: earliestYear, latest: latestYear })
}
