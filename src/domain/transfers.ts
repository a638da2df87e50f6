import type { TransferPack } from './packs/schema.ts'
import { fail, ok, type Result } from './result.ts'

type Day = Temporal.PlainDate

/** Between branches of the ward; out of the ward for good; to a host for a time, which leaves the official membership standing. */
export const transferKinds = ['internal', 'official', 'temporary'] as const
export type TransferKind = (typeof transferKinds)[number]

/**
 * The steps of the procedure (4192-QĐ/BTCTW, 2025, as far as known): requested, gone through in a meeting of the leaving
 * branch, introduced by a paper, received by a meeting of the receiving branch. `done` once the membership has changed.
 */
export const transferStates = [
  'proposed',
  'reviewed',
  'introduced',
  'received',
  'done',
  'sentBack',
  'cancelled',
] as const
export type TransferState = (typeof transferStates)[number]

/** Still under way: a person has one such at most. */
export const openTransferStates: readonly TransferState[] = ['proposed', 'reviewed', 'introduced', 'received']

const following: Readonly<Record<TransferState, readonly TransferState[]>> = {
  proposed: ['reviewed', 'cancelled'],
  reviewed: ['introduced', 'cancelled'],
  introduced: ['received', 'sentBack', 'cancelled'],
  received: ['done', 'sentBack', 'cancelled'],
  done: [],
  sentBack: [],
  cancelled: [],
}

/** Whether a transfer in one state may go over into another. */
export function mayFollow(from: TransferState, to: TransferState): boolean {
  return following[from].includes(to)
}

/**
 * The first day in the receiving branch: the instrument's, or where it is received later the day after that. A day belongs to
 * one branch as a whole, so that a roll taken in the morning still holds in the evening; and no day is taken back.
 */
export function firstDayThere(effectiveOn: Day, receivedOn: Day): Day {
  const next = receivedOn.add({ days: 1 })
  return Temporal.PlainDate.compare(effectiveOn, next) < 0 ? next : effectiveOn
}

/** The last day to hand in the papers. */
export function presentBy(pack: TransferPack, introducedOn: Day): Day {
  return introducedOn.add({ days: pack.presentWithinDays })
}

/** The last day to be introduced, counted from the request. Public holidays are not known here, so the day errs on the early side. */
export function startBy(pack: TransferPack, proposedOn: Day): Day {
  let day = proposedOn
  for (let left = pack.startWithinWorkingDays; left > 0; ) {
    day = day.add({ days: 1 })
    if (day.dayOfWeek <= 5) left--
  }
  return day
}

/** What an instrument and its days must be like. `since`: the first day in the branch that is left, where somebody is meant. */
export function checkDays(days: { instrumentOn: Day; effectiveOn: Day; since: Day | null; today: Day }): Result<true> {
  const { instrumentOn, effectiveOn, since, today } = days
  const isBefore = (a: Day, b: Day) => Temporal.PlainDate.compare(a, b) < 0
  if (isBefore(today, instrumentOn)) return fail('transfer.instrumentInFuture', { on: instrumentOn.toString() })
  if (isBefore(effectiveOn, instrumentOn)) {
    return fail('transfer.effectBeforeInstrument', { on: effectiveOn.toString(), instrument: instrumentOn.toString() })
  }
  if (isBefore(today.add({ years: 1 }), effectiveOn))
    return fail('transfer.effectTooFar', { on: effectiveOn.toString() })
  if (since && !isBefore(since, effectiveOn)) {
    return fail('transfer.beforePrevious', { on: effectiveOn.toString(), since: since.toString() })
  }
  return ok(true)
}

/** Whether a temporary stay is as long as the rules have it; a student's may be longer. */
export function checkStay(pack: TransferPack, stay: { from: Day; until: Day; study: boolean }): Result<true> {
  const { fromMonths, belowMonths, studyThroughMonths } = pack.temporary
  const end = stay.until.add({ days: 1 })
  const reaches = (months: number) => Temporal.PlainDate.compare(end, stay.from.add({ months }))
  if (reaches(fromMonths) < 0) return fail('transfer.stayTooShort', { months: fromMonths })
  if (stay.study && reaches(studyThroughMonths) > 0)
    return fail('transfer.studyTooLong', { months: studyThroughMonths })
  if (!stay.study && reaches(belowMonths) >= 0) return fail('transfer.stayTooLong', { months: belowMonths })
  return ok(true)
}
