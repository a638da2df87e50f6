import type { Comparing, Report } from './compare.ts'
import type { Held } from './history.ts'
import { shown } from './holders.ts'
import { dayAfter, dayBefore, type MembershipFacts } from './register.ts'
import type { Day, MemberRow } from './rows.ts'

const joinedColumn = 'Ngày về chi bộ'
type Member = MemberRow & { branchCode: string }

/**
 * Where a person belongs. Another branch ends the old membership the day before the new one begins: on "Ngày về chi bộ",
 * or today. In the same branch a differing date corrects the day on which that membership began.
 */
export function compareMembership(comparing: Comparing, row: Member, isNew: boolean, report: Report): boolean {
  const { memberships, changes, today } = comparing
  const { number, fullName, branchCode } = row
  const held = memberships.of(number).filter(({ kind }) => kind === 'official')
  const open = held.find(({ to }) => to === null)
  if (open?.branchCode === branchCode) return correctStart(comparing, held, row, report)

  const earliest = earliestMove(held, today)
  const on = row.joinedOn ?? later(today, earliest)
  if (earliest !== null && on < earliest) {
    report(joinedColumn, shown(on), 'registry.moveTooEarly', { earliest: shown(earliest) })
    return false
  }
  if (open) memberships.change(open, { to: dayBefore(on), reason: 'moved' })
  memberships.add({ number, branchCode, kind: 'official', reason: null, from: on, to: null })
  if (!isNew) changes.push({ kind: 'moved', number, fullName, from: open?.branchCode ?? null, to: branchCode, on })
  return true
}

/** A membership lasts a day at least, unless it was entered today: then it was never in force and the one before counts. */
function earliestMove(held: readonly Held<MembershipFacts>[], today: Day): Day | null {
  const last = held.findLast(({ from, to }) => (to === null ? from < today : to >= from))
  return last ? dayAfter(last.to ?? last.from) : null
}

function correctStart(
  { memberships, changes }: Comparing,
  held: readonly Held<MembershipFacts>[],
  { number, fullName, joinedOn }: Member,
  report: Report,
): boolean {
  const open = held.find(({ to }) => to === null)
  if (!open || joinedOn === undefined || joinedOn === open.from) return false
  const before = held.findLast((one) => one !== open && one.to !== null && one.to >= one.from)
  if (before?.to && joinedOn <= before.to) {
    report(joinedColumn, shown(joinedOn), 'registry.moveTooEarly', { earliest: shown(dayAfter(before.to)) })
    return false
  }
  memberships.change(open, { from: joinedOn })
  changes.push({ kind: 'joined', number, fullName, on: joinedOn })
  return true
}

function later(day: Day, other: Day | null): Day {
  return other !== null && other > day ? other : day
}
