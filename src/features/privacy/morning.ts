import { dayAt, zone } from '../../domain/dates.ts'

/** Nobody is woken by a date that changes at midnight. */
const hour = new Temporal.PlainTime(7)

/**
 * The day whose morning lies in the span; the last one of several, as after days without the program one round is enough.
 * Null where none does.
 */
export function morningIn({ since, until }: { since: Date; until: Date }): Temporal.PlainDate | null {
  const today = dayAt(until)
  const day = morningOf(today) <= until ? today : today.subtract({ days: 1 })
  return morningOf(day) > since ? day : null
}

function morningOf(day: Temporal.PlainDate): Date {
  return new Date(day.toZonedDateTime({ timeZone: zone, plainTime: hour }).epochMilliseconds)
}
