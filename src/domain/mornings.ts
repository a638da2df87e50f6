import { dayAt, zone } from './dates.ts'

/** People are reminded at this hour, on the clocks of Viet Nam. */
const morningHour = 7

/** The moment at which people are reminded on that day, or of another hour of it. */
export function morningOf(day: Temporal.PlainDate, hour = morningHour): Date {
  const morning = day.toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(hour) })
  return new Date(morning.epochMilliseconds)
}

/** The days whose morning, or that hour, lies after `since` and not after `until`. */
export function morningsIn({ since, until }: { since: Date; until: Date }, hour = morningHour): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = []
  for (let day = dayAt(since); morningOf(day, hour) <= until; day = day.add({ days: 1 })) {
    if (morningOf(day, hour) > since) days.push(day)
  }
  return days
}

/** That day of a month; the last one where the month is shorter. */
export function dayOfMonth(month: Temporal.PlainYearMonth, day: number): Temporal.PlainDate {
  return month.toPlainDate({ day: Math.min(day, month.daysInMonth) })
}
