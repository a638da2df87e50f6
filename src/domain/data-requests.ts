import { type DaysOff, isWorkingDay } from './days-off.ts'
import type { PrivacyPack } from './packs/schema.ts'

/** What people may ask about their own data, besides reading it and withdrawing their consent. */
export const requestKinds = ['correction', 'erasure'] as const
export type RequestKind = (typeof requestKinds)[number]

export interface RequestDays {
  readonly answerDueOn: Temporal.PlainDate
  readonly doneDueOn: Temporal.PlainDate
}

/**
 * The days of a request received on that day: the answer is due in working days, without weekends and the days off; the
 * carrying out in plain days, which run through both (NĐ 356/2025/NĐ-CP).
 */
export function requestDays(
  pack: PrivacyPack,
  kind: RequestKind,
  receivedOn: Temporal.PlainDate,
  daysOff: DaysOff,
): RequestDays {
  const doneDueOn = receivedOn.add({ days: pack.doneDays[kind] })
  return { answerDueOn: afterWorkingDays(receivedOn, pack.answerWorkingDays, daysOff), doneDueOn }
}

/** The last of so many working days after that day. */
function afterWorkingDays(day: Temporal.PlainDate, count: number, daysOff: DaysOff): Temporal.PlainDate {
  let [last, left] = [day, count]
  while (left > 0) {
    last = last.add({ days: 1 })
    if (isWorkingDay(last, daysOff)) left--
  }
  return last
}
