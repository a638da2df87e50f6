import { parseDueDate } from './due-dates.ts'
import { searchKey } from './names.ts'
import { parseRecurrence, type Recurrence } from './recurrence.ts'
import { fail, ok, type Result } from './result.ts'

/** When something takes place: the time of day, and one day or how often. */
export interface ActivityTime {
  readonly at: Temporal.PlainTime
  readonly when: { readonly on: Temporal.PlainDate } | { readonly rule: Recurrence }
}

const clock = /(?:^|\s)(\d{1,2})\s*(?:(?::|h|g|gio)\s*(\d{2})?)(?:\s*phut)?(?=\s|,|$)/

/**
 * Reads `7:00 thứ 7`, `thứ bảy tuần này 7 giờ 30`, `7h sáng mỗi thứ 7`, `14:00 20/12`, `2 giờ chiều ngày mai`. Fails with
 * `activityTime.noTime`, and with the codes of `parseDueDate` and `parseRecurrence`.
 */
export function parseActivityTime(text: string, today: Temporal.PlainDate): Result<ActivityTime> {
  const words = searchKey(text)
  const found = clock.exec(words)
  if (!found) return fail('activityTime.noTime', { value: text.trim() })
  const isAfternoon = /\b(?:chieu|toi)\b/.test(words) && Number(found[1]) < 12
  const hour = Number(found[1]) + (isAfternoon ? 12 : 0)
  const minute = Number(found[2] ?? 0)
  if (hour > 23 || minute > 59) return fail('activityTime.noTime', { value: text.trim() })
  const at = new Temporal.PlainTime(hour, minute)
  const rest = words
    .replace(found[0], ' ')
    .replace(/\b(?:sang|chieu|toi|luc|vao|bat dau)\b/g, ' ')
    .replace(/,/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (/\b(?:moi|hang)\b|^cuoi thang$/.test(rest)) {
    const rule = parseRecurrence(rest)
    return rule.ok ? ok({ at, when: { rule: rule.value } }) : rule
  }
  const day = parseDueDate(rest === '' ? 'hom nay' : rest, today)
  return day.ok ? ok({ at, when: { on: day.value } }) : day
}
