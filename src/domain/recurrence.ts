import { type DaysOff, firstWorkingDay, isDayOff } from './days-off.ts'
import { weekdayIn } from './due-dates.ts'
import { searchKey } from './names.ts'
import { fail, ok, type Result } from './result.ts'

type Day = Temporal.PlainDate

/** Each week on a weekday (1 Monday to 7 Sunday), or each month on a day that every month has. */
export type Recurrence =
  | { readonly every: 'week'; readonly weekday: number }
  | { readonly every: 'month'; readonly day: number | 'last' }

/** February has them only in a leap year: every month has the days up to this one. */
const lastCommonDay = 28

/** The longest stretch of days off over which something monthly is moved. */
const longestMove = 31

/**
 * Reads how often something comes back: `mỗi thứ 7`, `chủ nhật hằng tuần`, `ngày 15 hằng tháng`, `cuối tháng`. Fails with
 * `recurrence.unreadable`, and with `recurrence.notEveryMonth` for the 29th to the 31st, which some months do not have.
 */
export function parseRecurrence(text: string): Result<Recurrence> {
  const words = searchKey(text)
    .replace(/[.,;]/g, ' ')
    .replace(/\b(?:moi|hang|hang ngay|vao|lap lai|dinh ky|sang|chieu|toi)\b/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (/^(?:thang )?(?:ngay )?cuoi (?:cung cua )?thang$|^thang ngay cuoi$/.test(words)) {
    return ok({ every: 'month', day: 'last' })
  }
  const monthly = /^(?:thang )?(?:ngay |mung )?(\d{1,2})(?: thang)?$/.exec(words)
  if (monthly && words !== monthly[1]) return onDay(Number(monthly[1]), text)
  const weekday = weekdayIn(words.replace(/^tuan /, '').replace(/ tuan$/, ''))
  return weekday === undefined ? fail('recurrence.unreadable', { value: text.trim() }) : ok({ every: 'week', weekday })
}

function onDay(day: number, written: string): Result<Recurrence> {
  if (day < 1 || day > 31) return fail('recurrence.unreadable', { value: written.trim() })
  return day > lastCommonDay ? fail('recurrence.notEveryMonth', { day }) : ok({ every: 'month', day })
}

/** The days from `from` to `to`, both included, on which the rule alone falls. */
export function occurrences(rule: Recurrence, from: Day, to: Day): Day[] {
  const days: Day[] = []
  for (let day = firstFrom(rule, from); Temporal.PlainDate.compare(day, to) <= 0; day = following(rule, day)) {
    days.push(day)
  }
  return days
}

/**
 * The same with the ward's days off: what comes weekly falls out, what comes monthly moves to the first working day after
 * them. A day stands in exactly one stretch, however a time is cut into stretches.
 */
export function scheduledDays(rule: Recurrence, from: Day, to: Day, daysOff: DaysOff): Day[] {
  if (rule.every === 'week') return occurrences(rule, from, to).filter((day) => !isDayOff(day, daysOff))
  return occurrences(rule, from.subtract({ days: longestMove }), to)
    .map((day) => firstWorkingDay(day, daysOff))
    .filter((day) => Temporal.PlainDate.compare(from, day) <= 0 && Temporal.PlainDate.compare(day, to) <= 0)
}

/** The next scheduled day on or after `from`; null where a year holds none. */
export function nextScheduled(rule: Recurrence, from: Day, daysOff: DaysOff): Day | null {
  return scheduledDays(rule, from, from.add({ years: 1 }), daysOff)[0] ?? null
}

function firstFrom(rule: Recurrence, from: Day): Day {
  if (rule.every === 'week') return from.add({ days: (rule.weekday - from.dayOfWeek + 7) % 7 })
  const here = inMonth(rule.day, from)
  return Temporal.PlainDate.compare(here, from) >= 0
    ? here
    : inMonth(rule.day, from.with({ day: 1 }).add({ months: 1 }))
}

function following(rule: Recurrence, day: Day): Day {
  return rule.every === 'week' ? day.add({ weeks: 1 }) : inMonth(rule.day, day.with({ day: 1 }).add({ months: 1 }))
}

function inMonth(day: number | 'last', month: Day): Day {
  return month.with({ day: day === 'last' ? month.daysInMonth : day })
}
