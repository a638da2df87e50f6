import { likeness } from '../../../domain/names.ts'
import type { Comparing, RowKind } from './compare.ts'
import { compareMembership } from './compare-membership.ts'
import type { DetailField, PersonFacts } from './plan.ts'
import { dayBefore, type KeptPerson } from './register.ts'
import type { Day, MemberRow } from './rows.ts'

/** A member who is new, or whose facts, branch, status or office differ from the register's, or who is as they were. */
export function compareMember(comparing: Comparing, sheet: string, row: MemberRow): RowKind {
  const report = (column: string, value: string, code: string, params: Record<string, string> = {}) =>
    comparing.report(sheet, row.row, column, value, { code, params })
  const branch = comparing.register.branches.get(row.branchCode)
  if (!branch && !comparing.branches.has(row.branchCode)) {
    report('Mã chi bộ', row.branchCode, 'registry.branchUnknown', { value: row.branchCode })
    return 'same'
  }
  if (branch?.dissolvedOn) {
    report('Mã chi bộ', row.branchCode, 'registry.branchDissolved', { value: row.branchCode })
    return 'same'
  }
  const kept = comparing.register.people.get(row.number)
  if (!kept) return addMember(comparing, row)
  if (!isSamePerson(kept, row)) {
    report('Họ và tên', row.fullName, 'registry.numberOfAnother', { number: row.number, known: kept.fullName })
    return 'same'
  }
  const differs = [
    compareDetails(comparing, kept, row),
    compareMembership(comparing, kept, row, report),
    compareStatus(comparing, kept, row),
  ]
  return differs.includes(true) ? 'changed' : 'same'
}

function addMember({ plan, today }: Comparing, row: MemberRow): RowKind {
  const { number, branchCode } = row
  const from = row.joinedOn ?? today
  plan.newPeople.push({ number, ...factsOf(row, null) })
  plan.newMemberships.push({ number, branchCode, from })
  plan.newStatuses.push({ number, kind: row.status, from: statusFrom(row, from, today) })
  if (row.office || row.job) plan.newCadres.push({ number, office: row.office ?? '', job: row.job ?? '', from })
  return 'new'
}

/** Exempt and suspended members are known to be so from the day the register is told. */
function statusFrom(row: MemberRow, joinedOn: Day, today: Day): Day {
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
  const fields: DetailField[] = factFields.filter((field) => facts[field] !== kept[field])
  if (fields.length > 0) comparing.plan.changedPeople.push({ id: kept.id, ...facts })
  if (compareCadre(comparing, kept, row)) fields.push('cadre')
  if (fields.length === 0) return false
  comparing.changes.push({ kind: 'details', number: row.number, fullName: row.fullName, fields })
  return true
}

function compareCadre({ plan, today }: Comparing, kept: KeptPerson, row: MemberRow): boolean {
  const office = row.office === undefined ? (kept.cadre?.office ?? '') : (row.office ?? '')
  const job = row.job === undefined ? (kept.cadre?.job ?? '') : (row.job ?? '')
  if (office === (kept.cadre?.office ?? '') && job === (kept.cadre?.job ?? '')) return false
  if (kept.cadre) plan.endedCadres.push({ id: kept.cadre.id, to: dayBefore(today) })
  if (office !== '' || job !== '') plan.newCadres.push({ number: row.number, office, job, from: today })
  return true
}

/** The old status ends the day before the new one begins; recognition as official begins on "Ngày chính thức" where it fits. */
function compareStatus({ plan, changes, today }: Comparing, kept: KeptPerson, row: MemberRow): boolean {
  const { status } = kept
  if (status?.kind === row.status) return false
  const on = status?.kind === 'probationary' && row.officialOn && row.officialOn > status.from ? row.officialOn : today
  if (status) plan.endedStatuses.push({ id: status.id, to: dayBefore(on) })
  plan.newStatuses.push({ number: row.number, kind: row.status, from: on })
  changes.push({
    kind: 'status',
    number: row.number,
    fullName: row.fullName,
    from: status?.kind ?? null,
    to: row.status,
    on,
  })
  return true
}
