import { calendarDay, parseDate } from './dates.ts'
import { formatDate } from './formats.ts'
import { searchKey } from './names.ts'
import { fail, ok, type Result } from './result.ts'

type Day = Temporal.PlainDate

const weekdays: readonly (readonly [RegExp, number])[] = [
  [/^(?:thu 2|thu hai|t2)\b/, 1],
  [/^(?:thu 3|thu ba|t3)\b/, 2],
  [/^(?:thu 4|thu tu|t4)\b/, 3],
  [/^(?:thu 5|thu nam|t5)\b/, 4],
  [/^(?:thu 6|thu sau|t6)\b/, 5],
  [/^(?:thu 7|thu bay|t7)\b/, 6],
  [/^(?:chu nhat|cn)\b/, 7],
]

/** Ends of common stretches; "tuần này" as a due date means by its last day. Weeks start on Monday. */
const phrases = new Map<string, (today: Day) => Day>([
  ['hom nay', (today) => today],
  ['nay', (today) => today],
  ['ngay mai', (today) => today.add({ days: 1 })],
  ['mai', (today) => today.add({ days: 1 })],
  ['ngay kia', (today) => today.add({ days: 2 })],
  ['tuan nay', (today) => weekday(today, 7)],
  ['tuan sau', (today) => weekday(today.add({ weeks: 1 }), 7)],
  ['thang nay', monthEnd],
  ['thang sau', (today) => monthEnd(today.add({ months: 1 }))],
  ['quy', (today) => monthEnd(today.with({ day: 1, month: Math.ceil(today.month / 3) * 3 }))],
  ['nam', (today) => today.with({ month: 12, day: 31 })],
])

/**
 * Reads a due date as it is typed or said: `30/11`, `30/11/2026`, `ngày 30`, `hôm nay`, `ngày mai`, `thứ 7 tuần này`,
 * `chủ nhật`, `cuối tuần`, `cuối tháng`, `3 ngày nữa`, `2 tuần`. A day without a year is the nearest such day.
 * Fails with the codes of `parseDate`, `dueDate.past` where the day lies before today and
 * `dueDate.tooFar` where it lies more than five years ahead.
 */
export function parseDueDate(text: string, today: Day): Result<Day> {
  const words = searchKey(text).replace(/^(?:(?:han|den|truoc|cham nhat|trong)\s+)+/, '')
  const day = readPhrase(words, today) ?? readWeekday(words, today) ?? readCount(words, today) ?? readDate(words, today)
  // In the words of whoever typed them, not in the form they are searched by.
  if (!day.ok) return fail(day.problem.code, { ...day.problem.params, value: text.trim() })
  const date = day.value
  if (Temporal.PlainDate.compare(date, today) < 0) return fail('dueDate.past', { value: formatDate(date) })
  if (Temporal.PlainDate.compare(date, today.add({ years: 5 })) > 0) {
    return fail('dueDate.tooFar', { value: formatDate(date) })
  }
  return ok(date)
}

function readPhrase(words: string, today: Day): Result<Day> | undefined {
  const phrase = words.replace(/\btoi$/, 'sau')
  const ends = phrase.replace(/^cuoi /, '')
  const reckon = phrases.get(ends) ?? phrases.get(`${ends} nay`)
  return reckon && (phrases.has(phrase) || phrase !== ends) ? ok(reckon(today)) : undefined
}

function readWeekday(words: string, today: Day): Result<Day> | undefined {
  for (const [name, number] of weekdays) {
    if (!name.test(words)) continue
    const rest = words.replace(name, '').trim()
    if (rest === '') return ok(today.add({ days: (number - today.dayOfWeek + 7) % 7 }))
    if (/^(?:tuan )?nay$/.test(rest)) return ok(weekday(today, number))
    if (/^(?:tuan )?(?:sau|toi)$/.test(rest)) return ok(weekday(today.add({ weeks: 1 }), number))
  }
  return undefined
}

/** The weekday (1 Monday to 7 Sunday) that these searched words name and nothing else, or nothing. */
export function weekdayIn(words: string): number | undefined {
  return weekdays.find(([name]) => name.test(words) && words.replace(name, '').trim() === '')?.[1]
}

function readCount(words: string, today: Day): Result<Day> | undefined {
  const match = /^(\d{1,3}) (ngay|tuan|thang)(?: nua| toi)?$/.exec(words)
  if (!match) return undefined
  const count = Number(match[1])
  if (match[2] === 'ngay') return ok(today.add({ days: count }))
  return ok(today.add(match[2] === 'tuan' ? { weeks: count } : { months: count }))
}

function readDate(words: string, today: Day): Result<Day> {
  const short = /^(?:ngay )?(\d{1,2})(?:\s*[/.-]\s*|\s+thang\s+)(\d{1,2})$/.exec(words)
  if (short) return nearest(Number(short[1]), Number(short[2]), today, words)
  const alone = /^ngay (\d{1,2})$/.exec(words)
  if (alone) {
    const number = Number(alone[1])
    const month = number < today.day ? today.add({ months: 1 }) : today
    const date = calendarDay(month.year, month.month, number)
    return date ? ok(date) : fail('date.impossible', { value: words })
  }
  const shortYear = /^(?:ngay )?(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})$/.exec(words)
  if (shortYear) return readDate(`${shortYear[1]}/${shortYear[2]}/20${shortYear[3]}`, today)
  if (/^\d+$/.test(words)) return fail('date.unreadable', { value: words })
  const written = parseDate(words)
  if (!written.ok) return written
  return written.value.kind === 'day' ? ok(written.value.date) : fail('date.unreadable', { value: words })
}

/** "20/11" on 23/11 is a slip, not next year: the nearest such day counts, and a past one is then refused. */
function nearest(day: number, month: number, today: Day, written: string): Result<Day> {
  const distance = (date: Day) => Math.abs(today.until(date, { largestUnit: 'days' }).days)
  const [date] = [today.year - 1, today.year, today.year + 1]
    .map((year) => calendarDay(year, month, day))
    .filter((candidate) => candidate !== undefined)
    .sort((a, b) => distance(a) - distance(b))
  return date ? ok(date) : fail('date.impossible', { value: written })
}

function weekday(inWeekOf: Day, number: number): Day {
  return inWeekOf.add({ days: number - inWeekOf.dayOfWeek })
}

function monthEnd(day: Day): Day {
  return day.with({ day: day.daysInMonth })
}
