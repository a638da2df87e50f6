import type { Recurrence } from '../domain/recurrence.ts'
import type { Texts } from './texts.ts'

/** `thứ Bảy hằng tuần`, `ngày 15 hằng tháng`, `ngày cuối tháng`. */
export function recurrenceWords(texts: Texts, rule: Recurrence): string {
  if (rule.every === 'week') return texts('common:eachWeek', { weekday: weekdayName(texts, rule.weekday) })
  return rule.day === 'last' ? texts('common:eachMonthEnd') : texts('common:eachMonth', { day: rule.day })
}

/** `thứ Bảy`, of a weekday from 1 (Monday) to 7 (Sunday). */
export function weekdayName(texts: Texts, weekday: number): string {
  const name = texts.find(`common:weekdays.${weekday}`)
  if (name === null) throw new RangeError(`no such weekday: ${weekday}`)
  return name
}
