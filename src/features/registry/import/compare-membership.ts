import { formatDate } from '../../../domain/formats.ts'
import type { Comparing } from './compare.ts'
import { dayAfter, dayBefore, type KeptPerson } from './register.ts'
import type { Day, MemberRow } from './rows.ts'

const joinedColumn = 'Ngày về chi bộ'

/**
 * Where a known person belongs. Another branch ends the old membership the day before the new one begins: on "Ngày về chi
 * bộ", or today. In the same branch a differing date corrects the day on which that membership began.
 */
export function compareMembership(
  comparing: Comparing,
  kept: KeptPerson,
  row: MemberRow,
  report: (column: string, value: string, code: string, params?: Record<string, string>) => void,
): boolean {
  const { register, today } = comparing
  const last = kept.memberships.at(-1)
  const open = last?.to === null ? last : undefined
  const oldBranch = open && register.branchesById.get(open.organisationId)
  if (open && oldBranch?.code === row.branchCode) return correctStart(comparing, kept, row, report)

  const earliest = earliestMove(kept, today)
  const on = row.joinedOn ?? later(today, earliest)
  if (earliest !== null && on < earliest) {
    report(joinedColumn, shown(on), 'registry.moveTooEarly', { earliest: shown(earliest) })
    return false
  }
  const { number, fullName, branchCode } = row
  if (open) comparing.plan.endedMemberships.push({ id: open.id, to: dayBefore(on) })
  comparing.plan.newMemberships.push({ number, branchCode, from: on })
  comparing.changes.push({ kind: 'moved', number, fullName, from: oldBranch?.code ?? null, to: branchCode, on })
  return true
}

/** A membership lasts a day at least, unless it was entered today: then it was never in force and the one before counts. */
function earliestMove({ memberships }: KeptPerson, today: Day): Day | null {
  const last = memberships.findLast(({ from, to }) => to !== null || from < today)
  if (!last) return null
  return dayAfter(last.to ?? last.from)
}

function correctStart(
  { plan, changes }: Comparing,
  { memberships }: KeptPerson,
  { number, fullName, joinedOn }: MemberRow,
  report: (column: string, value: string, code: string, params?: Record<string, string>) => void,
): boolean {
  const open = memberships.at(-1)
  if (!open || joinedOn === undefined || joinedOn === open.from) return false
  const before = memberships.at(-2)
  if (before?.to && joinedOn <= before.to) {
    report(joinedColumn, shown(joinedOn), 'registry.moveTooEarly', { earliest: shown(dayAfter(before.to)) })
    return false
  }
  plan.correctedMemberships.push({ id: open.id, from: joinedOn })
  changes.push({ kind: 'joined', number, fullName, on: joinedOn })
  return true
}

function later(day: Day, other: Day | null): Day {
  return other !== null && other > day ? other : day
}

function shown(day: Day): string {
  return formatDate(Temporal.PlainDate.from(day))
}
