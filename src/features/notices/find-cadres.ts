import { fromUtcMidnight, toUtcMidnight } from '../../domain/dates.ts'
import { compareNames } from '../../domain/names.ts'
import { firstDay, lastDay, type Period } from '../../domain/period.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'

export interface BranchName {
  readonly id: number
  readonly code: string
  readonly name: string
}

/** A stay in a branch as an official member of it, guests left out. */
interface Stay {
  readonly branch: BranchName
  readonly from: Temporal.PlainDate
  readonly to: Temporal.PlainDate | null
}

/** A person of the ward as the results of a period see them. */
export interface Candidate {
  readonly id: number
  readonly number: string
  readonly fullName: string
  readonly birthYear: number | null
  /** Holds an office or job in the ward which had not ended before the period began. */
  readonly isCadre: boolean
  /** The official branch today: one, or none where they belong nowhere; more only where the register is wrong. */
  readonly branches: readonly BranchName[]
  /** The official branch on the period's last day, or today while that is still to come; null where there was none. */
  readonly branchThen: BranchName | null
  /** Every stay in a branch, in order. */
  readonly stays: readonly Stay[]
}

/** The official branches of that day. */
export function branchesOn({ stays }: Pick<Candidate, 'stays'>, day: Temporal.PlainDate): BranchName[] {
  return stays.filter((stay) => holds(stay, day)).map(({ branch }) => branch)
}

/** A database takes so many values in one question; of more numbers than that the whole ward is read instead. */
const mostAsked = 2000

/** Of which period the results are, and the day on which they would go out. */
export interface When {
  readonly period: Period
  readonly today: Temporal.PlainDate
}

/** The people of the ward with one of these numbers. */
export async function peopleNumbered(
  db: Database | Transaction,
  wardId: number,
  numbers: readonly string[],
  when: When,
): Promise<Candidate[]> {
  const asked = new Set(numbers)
  if (asked.size <= mostAsked) return find(db, { wardId, number: { in: [...asked] } }, when)
  const everybody = await find(db, { wardId }, when)
  return everybody.filter(({ number }) => asked.has(number))
}

export async function peopleWithIds(
  db: Database | Transaction,
  wardId: number,
  ids: readonly number[],
  when: When,
): Promise<Candidate[]> {
  return find(db, { wardId, id: { in: [...ids] } }, when)
}

/** The cadres of the ward who are to be rated for a period, those on its last day, by their branch of today and given name. */
export async function cadresOf(db: Database | Transaction, wardId: number, when: When): Promise<Candidate[]> {
  const people = await find(db, { wardId, cadres: { some: heldUntil(lastDay(when.period)) } }, when)
  const branch = ({ branches }: Candidate) => branches[0]?.code ?? ''
  return people.sort((a, b) => branchOrder.compare(branch(a), branch(b)) || compareNames(a.fullName, b.fullName))
}

const branchOrder = new Intl.Collator('vi', { numeric: true })

/** When somebody became a cadre the register often does not know, so only an end before that day counts. */
function heldUntil(day: Temporal.PlainDate): Prisma.CadreWhereInput {
  return { OR: [{ to: null }, { to: { gte: toUtcMidnight(day) } }] }
}

async function find(
  db: Database | Transaction,
  where: Prisma.PersonWhereInput,
  { period, today }: When,
): Promise<Candidate[]> {
  const people = await db.person.findMany({
    where,
    select: {
      id: true,
      number: true,
      fullName: true,
      birthYear: true,
      cadres: { where: heldUntil(firstDay(period)), select: { id: true } },
      memberships: {
        where: { kind: 'official' },
        select: { from: true, to: true, organisation: { select: { id: true, code: true, name: true } } },
        orderBy: { from: 'asc' },
      },
    },
  })
  const last = lastDay(period)
  const then = Temporal.PlainDate.compare(last, today) > 0 ? today : last
  return people.map(({ cadres, memberships, ...person }) => {
    const stays = memberships.map(({ from, to, organisation }) => ({
      branch: organisation,
      from: fromUtcMidnight(from),
      to: to && fromUtcMidnight(to),
    }))
    return {
      ...person,
      isCadre: cadres.length > 0,
      branches: branchesOn({ stays }, today),
      branchThen: branchesOn({ stays }, then)[0] ?? null,
      stays,
    }
  })
}

function holds({ from, to }: Stay, day: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(from, day) <= 0 && (to === null || Temporal.PlainDate.compare(day, to) <= 0)
}
