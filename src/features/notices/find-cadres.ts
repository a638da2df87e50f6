import { toUtcMidnight } from '../../domain/dates.ts'
import { compareNames } from '../../domain/names.ts'
import { firstDay, lastDay, type Period } from '../../domain/period.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'

/** A person of the ward as the results of a period see them. */
export interface Candidate {
  readonly id: number
  readonly number: string
  readonly fullName: string
  readonly birthYear: number | null
  /** Holds an office or job in the ward which had not ended before the period began. */
  readonly isCadre: boolean
  /** The official branch on the period's last day: one, unless the register is wrong or silent. */
  readonly branches: readonly { readonly id: number; readonly code: string; readonly name: string }[]
}

/** A database takes so many values in one question; of more numbers than that the whole ward is read instead. */
const mostAsked = 2000

/** The people of the ward with one of these numbers. */
export async function peopleNumbered(
  db: Database | Transaction,
  wardId: number,
  numbers: readonly string[],
  period: Period,
): Promise<Candidate[]> {
  const asked = new Set(numbers)
  if (asked.size <= mostAsked) return find(db, { wardId, number: { in: [...asked] } }, period)
  const everybody = await find(db, { wardId }, period)
  return everybody.filter(({ number }) => asked.has(number))
}

export async function peopleWithIds(
  db: Database | Transaction,
  wardId: number,
  ids: readonly number[],
  period: Period,
): Promise<Candidate[]> {
  return find(db, { wardId, id: { in: [...ids] } }, period)
}

/** The cadres of the ward who are to be rated for a period, those on its last day, by branch and given name. */
export async function cadresOf(db: Database | Transaction, wardId: number, period: Period): Promise<Candidate[]> {
  const people = await find(db, { wardId, cadres: { some: heldUntil(lastDay(period)) } }, period)
  const branch = ({ branches }: Candidate) => branches[0]?.code ?? ''
  return people.sort((a, b) => branchOrder.compare(branch(a), branch(b)) || compareNames(a.fullName, b.fullName))
}

const branchOrder = new Intl.Collator('vi', { numeric: true })

/** When somebody became a cadre the register often does not know, so only an end before that day counts. */
function heldUntil(day: Temporal.PlainDate): Prisma.CadreWhereInput {
  return { OR: [{ to: null }, { to: { gte: toUtcMidnight(day) } }] }
}

async function find(db: Database | Transaction, where: Prisma.PersonWhereInput, period: Period): Promise<Candidate[]> {
  const day = toUtcMidnight(lastDay(period))
  const people = await db.person.findMany({
    where,
    select: {
      id: true,
      number: true,
      fullName: true,
      birthYear: true,
      cadres: { where: heldUntil(firstDay(period)), select: { id: true } },
      memberships: {
        where: { kind: 'official', from: { lte: day }, OR: [{ to: null }, { to: { gte: day } }] },
        select: { organisation: { select: { id: true, code: true, name: true } } },
      },
    },
  })
  return people.map(({ cadres, memberships, ...person }) => ({
    ...person,
    isCadre: cadres.length > 0,
    branches: memberships.map(({ organisation }) => organisation),
  }))
}
