import type { PrivacyPack } from './packs/schema.ts'

/** What people may ask about their own data, besides reading it and withdrawing their consent. */
export const requestKinds = ['correction', 'erasure'] as const
export type RequestKind = (typeof requestKinds)[number]

export interface RequestDays {
  readonly answerDueOn: Temporal.PlainDate
  readonly doneDueOn: Temporal.PlainDate
}

/** The days of a request received on that day. Holidays are not known to us and count as working days: never too late. */
export function requestDays(pack: PrivacyPack, kind: RequestKind, receivedOn: Temporal.PlainDate): RequestDays {
  const doneDueOn = receivedOn.add({ days: pack.doneDays[kind] })
  return { answerDueOn: afterWorkingDays(receivedOn, pack.answerWorkingDays), doneDueOn }
}

/** The last of so many working days (Monday to Friday) after that day. */
function afterWorkingDays(day: Temporal.PlainDate, count: number): Temporal.PlainDate {
  let [last, left] = [day, count]
  while (left > 0) {
    last = last.add({ days: 1 })
    if (last.dayOfWeek <= 5) left--
  }
  return last
}
