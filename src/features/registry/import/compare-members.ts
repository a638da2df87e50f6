import { likeness } from '../../../domain/names.ts'
import { type Comparing, type RowKind, reportOn } from './compare.ts'
import { compareMembership } from './compare-membership.ts'
import { isBranch, isWithin } from './holders.ts'
import type { DetailField, PersonFacts } from './plan.ts'
import { dayBefore, type KeptPerson } from './register.ts'
import type { Day, MemberRow } from './rows.ts'

/** A member who is new, or whose facts, branch, status or office differ from the register's, or who is as they were. */
export function compareMember(comparing: Comparing, sheet: string, row: MemberRow): RowKind {
  const report = reportOn(comparing, sheet, row.row)
  const { number, branchCode } = row
  if (branchCode !== null && !isBranch(comparing, branchCode, report, true)) return 'same'
  if (branchCode !== null && !isWithin(comparing, { branchCode }, report)) return 'same'
  const kept = comparing.register.people.get(number)
  if (branchCode === null && !kept && !isElsewhere(comparing, number)) {
    report('Mã chi bộ', '', 'registry.cellEmpty')
    return 'same'
  }
  if (kept && !isSamePerson(kept, row)) {
    report('Họ và tên', row.fullName, 'registry.numberOfAnother', { number, known: kept.fullName })
    return 'same'
  }
  if (kept?.mergedInto && branchCode !== null) {
    report('Số đảng viên', number, 'registry.numberMerged', { number, into: kept.mergedInto })
    return 'same'
  }
  if (!kept) comparing.plan.newPeople.push({ number, ...factsOf(row, null) })
  const differs = [
    kept !== undefined && compareDetails(comparing, kept, row),
    compareCadre(comparing, row, kept === undefined),
    branchCode !== null && compareMembership(comparing, { ...row, branchCode }, kept === undefined, report),
    compareStatus(comparing, row, kept === undefined),
  ]
  if (!kept) return 'new'
  return differs.includes(true) ? 'changed' : 'same'
}

/** Somebody new without a branch has left one, or is here as a resident; another sheet says which. */
function isElsewhere({ rows }: Comparing, number: string): boolean {
  return [...rows.memberships.rows, ...rows.liaisons.rows].some((row) => row.number === number)
}

/** Exempt and suspended members are known to be so from the day the register is told. */
function statusFrom(row: MemberRow, today: Day): Day {
  const joinedOn = row.joinedOn ?? today
  if (row.status === 'official') return row.officialOn ?? row.admittedOn ?? joinedOn
  if (row.status === 'probationary') return row.admittedOn ?? joinedOn
  return today
}

/** A name may be corrected in its diacritics; a wholly different one belongs to somebody else, unless the birth date agrees. */
function isSamePerson(kept: KeptPerson, row: MemberRow): boolean {
  if (likeness(kept.fullName, row.fullName) !== 'different') return true
  return kept.birthOn !== null && kept.birthOn === row.birth?.on
}

/** Empty cells leave what the register holds; a year leaves a birth date of that year. */
function factsOf(row: MemberRow, kept: KeptPerson | null): PersonFacts {
  const keep = <T>(written: T | null | undefined, held: T | null | undefined) =>
    written === undefined ? (held ?? null) : written
  const { birth } = row
  const onlyYear = birth && birth.on === null && birth.year === kept?.birthYear
  return {
    fullName: row.fullName,
    birthOn: birth === undefined || onlyYear ? (kept?.birthOn ?? null) : (birth?.on ?? null),
    birthYear: birth === undefined ? (kept?.birthYear ?? null) : (birth?.year ?? null),
    gender: keep(row.gender, kept?.gender),
    phone: keep(row.phone, kept?.phone),
    admittedOn: keep(row.admittedOn, kept?.admittedOn),
    officialOn: keep(row.officialOn, kept?.officialOn),
    note: keep(row.note, kept?.note),
  }
}

const factFields = [
  'fullName',
  'birthOn',
  'birthYear',
  'gender',
  'phone',
  'admittedOn',
  'officialOn',
  'note',
] as const satisfies readonly (keyof PersonFacts)[]

function compareDetails(comparing: Comparing, kept: KeptPerson, row: MemberRow): boolean {
  const facts = factsOf(row, kept)
  const fields = factFields.filter((field) => facts[field] !== kept[field])
  if (fields.length === 0) return false
  comparing.plan.changedPeople.push({ id: kept.id, ...facts })
  noteDetails(comparing, row, fields)
  return true
}

/** A cadre's office and job today. Of a new member they count from the day of arrival, else from today. */
function compareCadre(comparing: Comparing, row: MemberRow, isNew: boolean): boolean {
  const { cadres, today } = comparing
  const open = cadres.of(row.number).find(({ to }) => to === null)
  const office = row.office === undefined ? (open?.office ?? '') : (row.office ?? '')
  const job = row.job === undefined ? (open?.job ?? '') : (row.job ?? '')
  if (office === (open?.office ?? '') && job === (open?.job ?? '')) return false
  if (open) cadres.change(open, { to: dayBefore(today) })
  const from = isNew ? (row.joinedOn ?? today) : today
  if (office !== '' || job !== '') cadres.add({ number: row.number, office, job, from, to: null })
  if (!isNew) noteDetails(comparing, row, ['cadre'])
  return true
}

function noteDetails({ changes }: Comparing, { number, fullName }: MemberRow, fields: DetailField[]): void {
  const before = changes.at(-1)
  if (before?.kind === 'details' && before.number === number) before.fields.push(...fields)
  else changes.push({ kind: 'details', number, fullName, fields })
}

/** The old status ends the day before the new one begins; recognition as official begins on "Ngày chính thức" where it fits. */
function compareStatus(comparing: Comparing, row: MemberRow, isNew: boolean): boolean {
  const { statuses, changes, today } = comparing
  const { number, fullName, officialOn } = row
  if (row.status === undefined) return false
  const open = statuses.of(number).findLast(({ to }) => to === null)
  if (open?.kind === row.status) return false
  if (isNew && !open) {
    statuses.add({ number, kind: row.status, from: statusFrom(row, today), to: null })
    return true
  }
  const on = open?.kind === 'probationary' && officialOn && officialOn > open.from ? officialOn : today
  if (open) statuses.change(open, { to: dayBefore(on) })
  statuses.add({ number, kind: row.status, from: on, to: null })
  changes.push({ kind: 'status', number, fullName, from: open?.kind ?? null, to: row.status, on })
  return true
}
