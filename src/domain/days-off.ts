import { coversDay } from './spans.ts'

type Day = Temporal.PlainDate

/** Days on which nothing recurring is due. `working`: the ward works on them all the same. */
export interface DayOffSpan {
  readonly from: Day
  readonly to: Day
  readonly kind: 'off' | 'working'
}
export type DaysOff = readonly DayOffSpan[]

/** The public holidays of the Labour Code 2019, article 112, that fall on the same day each year. */
const fixedDays = [
  { month: 1, day: 1 },
  { month: 4, day: 30 },
  { month: 5, day: 1 },
  { month: 9, day: 2 },
] as const

/**
 * The first day of the lunar year, and the tenth of its third month, by the Vietnamese calendar: that of 105 degrees east
 * (Quyết định 121-CP, 1967). Where the new moon falls between 23:00 and midnight here it is already the next day in
 * Beijing: in 2030 Tết comes a day before the Chinese new year. `test/domain/lunar-days.test.ts` computes them anew.
 */
const lunarDays = new Map([
  [2026, { newYear: '2026-02-17', kings: '2026-04-26' }],
  [2027, { newYear: '2027-02-06', kings: '2027-04-16' }],
  [2028, { newYear: '2028-01-26', kings: '2028-04-04' }],
  [2029, { newYear: '2029-02-13', kings: '2029-04-23' }],
  [2030, { newYear: '2030-02-02', kings: '2030-04-12' }],
])

/** The last year whose lunar holidays are known: the ward enters those of later years itself. */
export const lastKnownYear = 2030

/**
 * The public holidays of a year; Tết as five days from the last of the old lunar year. Which days a year's Tết really frees
 * is decided anew each year, so the ward may edit them.
 */
export function publicHolidays(year: number): DayOffSpan[] {
  const fixed = fixedDays.map(({ month, day }) => {
    const on = new Temporal.PlainDate(year, month, day)
    return { from: on, to: on, kind: 'off' as const }
  })
  const lunar = lunarDays.get(year)
  if (!lunar) return fixed
  const newYear = Temporal.PlainDate.from(lunar.newYear)
  const kings = Temporal.PlainDate.from(lunar.kings)
  return [
    ...fixed,
    { from: newYear.subtract({ days: 1 }), to: newYear.add({ days: 3 }), kind: 'off' },
    { from: kings, to: kings, kind: 'off' },
  ]
}

/** Whether nothing recurring is due that day. What the ward calls a working day is one. */
export function isDayOff(day: Day, daysOff: DaysOff): boolean {
  const here = daysOff.filter((span) => coversDay(span, day))
  return here.some(({ kind }) => kind === 'off') && !here.some(({ kind }) => kind === 'working')
}

/** Whether the day counts where the law says working days: Monday to Friday, without holidays, with what the ward works all the same. */
export function isWorkingDay(day: Day, daysOff: DaysOff): boolean {
  if (daysOff.some((span) => span.kind === 'working' && coversDay(span, day))) return true
  return day.dayOfWeek <= 5 && !isDayOff(day, daysOff)
}

/** The day itself, or the first after it that is not off. */
export function firstWorkingDay(day: Day, daysOff: DaysOff): Day {
  let on = day
  while (isDayOff(on, daysOff)) on = on.add({ days: 1 })
  return on
}
