import { genders, memberStatuses, membershipKinds } from '../../../domain/members.ts'
import { compareNames } from '../../../domain/names.ts'
import { nodeKinds, sectors } from '../../../domain/organisations.ts'
import { postFacts, posts, recognisePost } from '../../../domain/posts.ts'
import type { Term } from '../../../domain/vocabulary.ts'
import type { Cell, SheetRows } from '../../../platform/workbook.ts'
import { hasHeld } from './history.ts'
import { layouts, type SheetLayout } from './layout.ts'
import { type KeptPerson, type PositionFacts, type Register, stored } from './register.ts'
import type { Day } from './rows.ts'

const byCode = new Intl.Collator('vi', { numeric: true })

/**
 * The register as the sheets that an import reads. 'Đảng viên' says what holds now and the sheets of the past say from when
 * to when, so that an empty register filled from them is the same. What never held is left out.
 */
export function registerSheets(register: Register): SheetRows[] {
  const people = [...register.people.values()].sort((a, b) => compareNames(a.fullName, b.fullName))
  const past = <T extends { number: string; from: Day; to: Day | null }>(rows: readonly T[]) => {
    const order = new Map(people.map(({ number }, index) => [number, index]))
    const place = ({ number }: T) => order.get(number) ?? 0
    return rows.filter(hasHeld).toSorted((a, b) => place(a) - place(b) || a.from.localeCompare(b.from))
  }
  const holder = ({ number }: { number: string }) => ({
    number,
    fullName: register.people.get(number)?.fullName ?? null,
  })
  const span = ({ from, to }: { from: Day; to: Day | null }) => ({ from: date(from), to: date(to) })
  return [
    sheet(layouts.branches, branchLines(register)),
    sheet(layouts.members, memberLines(register, people)),
    sheet(
      layouts.positions,
      past(register.positions).map((held) => ({
        ...holder(held),
        ...span(held),
        post: titleOf(held),
        branchCode: held.branchCode,
      })),
    ),
    sheet(
      layouts.groups,
      register.groups
        .toSorted((a, b) => byCode.compare(a.name, b.name))
        .map(({ name, branchCode, households, residents }) => ({ name, branchCode, households, residents })),
    ),
    sheet(
      layouts.memberships,
      past(register.memberships).map((held) => ({
        ...holder(held),
        ...span(held),
        branchCode: held.branchCode,
        kind: titleIn(membershipKinds, held.kind),
        reason: held.reason,
      })),
    ),
    sheet(
      layouts.statuses,
      past(register.statuses).map((held) => ({
        ...holder(held),
        ...span(held),
        status: titleIn(memberStatuses, held.kind),
      })),
    ),
    sheet(
      layouts.cadres,
      past(register.cadres).map((held) => ({ ...holder(held), ...span(held), office: held.office, job: held.job })),
    ),
    sheet(
      layouts.liaisons,
      past(register.liaisons).map((held) => ({
        ...holder(held),
        ...span(held),
        branchCode: held.branchCode,
        workplace: held.workplace,
        exempt: held.exempt ? 'x' : null,
      })),
    ),
    sheet(
      layouts.comments,
      past(register.liaisons).flatMap((held) =>
        held.comments.map(({ year, text }) => ({ ...holder(held), year, text })),
      ),
    ),
    sheet(
      layouts.kinds,
      register.kinds.map(({ name, form }) => ({ name, form: titleIn(nodeKinds, form) })),
    ),
  ]
}

function branchLines({ branches }: Register) {
  return [...branches.values()]
    .sort((a, b) => byCode.compare(a.code, b.code))
    .map((branch) => ({
      code: branch.code,
      name: branch.name,
      sector: branch.sector === 'other' ? null : titleIn(sectors, branch.sector),
      openedOn: date(branch.openedOn),
      openedBy: branch.openedBy,
      kind: branch.kindName ?? titleIn(nodeKinds, branch.kind),
      parentCode: branch.parentCode,
      dissolvedOn: date(branch.dissolvedOn),
      dissolvedBy: branch.dissolvedBy,
    }))
}

function memberLines({ memberships, statuses, cadres }: Register, people: readonly KeptPerson[]) {
  const branch = openOf(memberships.filter(({ kind }) => kind === 'official'))
  const status = openOf(statuses)
  const cadre = openOf(cadres)
  return people.map((person) =>
    memberLine(person, branch.get(person.number), status.get(person.number), cadre.get(person.number)),
  )
}

/** What still holds, by the number of the person. */
function openOf<T extends { number: string; to: Day | null }>(rows: readonly T[]): Map<string, T> {
  return new Map(rows.filter(({ to }) => to === null).map((row) => [row.number, row]))
}

function memberLine(
  person: KeptPerson,
  membership: Register['memberships'][number] | undefined,
  status: Register['statuses'][number] | undefined,
  cadre: Register['cadres'][number] | undefined,
) {
  const { number } = person
  return {
    number,
    fullName: person.fullName,
    birth: date(person.birthOn) ?? person.birthYear,
    gender: person.gender === null ? null : titleIn(genders, person.gender),
    phone: person.phone,
    branchCode: membership?.branchCode ?? null,
    status: status ? titleIn(memberStatuses, status.kind) : null,
    admittedOn: date(person.admittedOn),
    officialOn: date(person.officialOn),
    joinedOn: date(membership?.from ?? null),
    office: cadre?.office ?? null,
    job: cadre?.job ?? null,
    note: person.note,
  }
}

/** The title as it is printed, where an import reads it as the same post; else the post's usual one. */
function titleOf({ post, title, branchCode }: PositionFacts): string {
  const read = recognisePost(title, branchCode === null ? 'ward' : 'branch')
  const known = posts.find(({ code }) => code === post)
  return (read.ok && read.value === post) || !known ? title : postFacts(known.code).title
}

function sheet<K extends string>(
  { title, columns }: SheetLayout<K>,
  lines: readonly Partial<Record<K, Cell>>[],
): SheetRows {
  const rows = lines.map((line) => columns.map(({ key }) => line[key] ?? null))
  return { sheet: title, rows: [columns.map((column) => column.title), ...rows] }
}

function titleIn(terms: readonly Term<string>[], code: string): string {
  return terms.find((term) => term.code === code)?.titles[0] ?? code
}

function date(day: Day | null): Date | null {
  return day === null ? null : stored(day)
}
