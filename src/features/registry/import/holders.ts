import { formatDate } from '../../../domain/formats.ts'
import { likeness } from '../../../domain/names.ts'
import type { Comparing, Report } from './compare.ts'
import type { Day } from './rows.ts'

/** The name behind the row's number, in the workbook or the register; null (and a problem) where there is none or another. */
export function holderOf(
  comparing: Comparing,
  { number, fullName }: { number: string; fullName?: string | undefined },
  report: Report,
): string | null {
  const known = nameOf(comparing, number)
  if (known === '') {
    report('Số đảng viên', number, 'registry.personUnknown', { number })
    return null
  }
  if (fullName !== undefined && likeness(known, fullName) === 'different') {
    report('Họ và tên', fullName, 'registry.nameDiffers', { number, known })
    return null
  }
  return known
}

export function nameOf({ members, register }: Comparing, number: string): string {
  return (members.get(number) ?? register.people.get(number))?.fullName ?? ''
}

/** Whether the organisation is known and, where members belong to it, a branch. */
export function isBranch({ branches }: Comparing, branchCode: string, report: Report, ofMembers: boolean): boolean {
  const branch = branches.get(branchCode)
  if (!branch) report('Mã chi bộ', branchCode, 'registry.branchUnknown', { value: branchCode })
  else if (ofMembers && branch.kind !== 'branch')
    report('Mã chi bộ', branchCode, 'registry.notABranch', { value: branchCode })
  else return true
  return false
}

/** Whether the stretch lies within the days of the organisation. */
export function isWithin(
  { branches }: Comparing,
  { branchCode, to }: { branchCode: string; to?: Day | null | undefined },
  report: Report,
): boolean {
  const last = branches.get(branchCode)?.dissolvedOn
  if (!last || (to && to <= last)) return true
  report('Mã chi bộ', branchCode, 'registry.branchDissolved', { value: branchCode })
  return false
}

export function shown(day: Day): string {
  return formatDate(Temporal.PlainDate.from(day))
}
