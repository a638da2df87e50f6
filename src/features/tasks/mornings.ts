import { dayAt, zone } from '../../domain/dates.ts'

/** The moment of an hour of a day in Viet Nam. */
export function hourOf(day: Temporal.PlainDate, hour: number): Date {
  const moment = day.toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(hour) })
  return new Date(moment.epochMilliseconds)
}

/** The days of which that hour lies after `since` and not after `until`. */
export function daysWithHourIn({ since, until }: { since: Date; until: Date }, hour: number): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = []
  for (let day = dayAt(since); hourOf(day, hour) <= until; day = day.add({ days: 1 })) {
    if (hourOf(day, hour) > since) days.push(day)
  }
  return days
}
