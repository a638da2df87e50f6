import { dayAt, zone } from './dates.ts'

/** People are reminded at this hour, on the clocks of Viet Nam. */
const morningHour = 7

/** The moment at which people are reminded on that day. */
export function morningOf(day: Temporal.PlainDate): Date {
  const morning = day.toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(morningHour) })
  return new Date(morning.epochMilliseconds)
}

/** The days whose morning lies in the span. */
export function morningsIn({ since, until }: { since: Date; until: Date }): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = []
  for (let day = dayAt(since); morningOf(day) <= until; day = day.add({ days: 1 })) {
    if (morningOf(day) > since) days.push(day)
  }
  return days
}

/** That day of a month; the last one where the month is shorter. */
export function dayOfMonth(month: Temporal.PlainYearMonth, day: number): Temporal.PlainDate {
  return month.toPlainDate({ day: Math.min(day, month.daysInMonth) })
}
