import { fromUtcMidnight, toUtcMidnight } from '../../../domain/dates.ts'
import type { Database, Transaction } from '../../../platform/database.ts'
import type { Day } from './rows.ts'

export interface KeptBranch {
  id: number
  code: string
  name: string
  sector: string
  openedOn: Day | null
  dissolvedOn: Day | null
}

interface Stretch {
  id: number
  from: Day
  to: Day | null
}

export interface KeptPosition extends Stretch {
  organisationId: number | null
  post: string
  title: string
}

export interface KeptPerson {
  id: number
  number: string
  fullName: string
  birthOn: Day | null
  birthYear: number | null
  gender: string | null
  phone: string | null
  admittedOn: Day | null
  officialOn: Day | null
  note: string | null
  /** Official memberships, the latest last. */
  memberships: (Stretch & { organisationId: number })[]
  /** The status that holds without an end. */
  status: (Stretch & { kind: string }) | null
  cadre: (Stretch & { office: string; job: string }) | null
  positions: KeptPosition[]
}

/** A ward's register as it stands, by the codes and numbers that workbooks use. */
export interface Register {
  branches: Map<string, KeptBranch>
  branchesById: Map<number, KeptBranch>
  people: Map<string, KeptPerson>
}

/** Reads a ward's whole register: 5,000 people in well under a second. */
export async function loadRegister(db: Database | Transaction, wardId: number): Promise<Register> {
  const branches = await db.organisation.findMany({ where: { wardId, kind: 'branch' } })
  const people = await db.person.findMany({
    where: { wardId },
    include: {
      memberships: { where: { kind: 'official' }, orderBy: [{ from: 'asc' }, { id: 'asc' }] },
      statuses: { where: { to: null }, orderBy: { from: 'asc' } },
      cadres: { where: { to: null } },
      positions: { orderBy: [{ from: 'asc' }, { id: 'asc' }] },
    },
  })
  const keptBranches = branches.map((row) => ({
    ...row,
    openedOn: dayOf(row.openedOn),
    dissolvedOn: dayOf(row.dissolvedOn),
  }))
  return {
    branches: new Map(keptBranches.map((branch) => [branch.code, branch])),
    branchesById: new Map(keptBranches.map((branch) => [branch.id, branch])),
    people: new Map(
      people.map(({ statuses, cadres, ...row }) => [
        row.number,
        {
          ...row,
          birthOn: dayOf(row.birthOn),
          admittedOn: dayOf(row.admittedOn),
          officialOn: dayOf(row.officialOn),
          memberships: row.memberships.map(stretch),
          positions: row.positions.map(stretch),
          status: statuses.map(stretch).at(-1) ?? null,
          cadre: cadres.map(stretch).at(0) ?? null,
        },
      ]),
    ),
  }
}

function stretch<T extends { from: Date; to: Date | null }>(row: T): Omit<T, 'from' | 'to'> & Omit<Stretch, 'id'> {
  return { ...row, from: fromUtcMidnight(row.from).toString(), to: dayOf(row.to) }
}

function dayOf(date: Date | null): Day | null {
  return date && fromUtcMidnight(date).toString()
}

/** A day as the database keeps it. */
export function stored(day: Day): Date {
  return toUtcMidnight(Temporal.PlainDate.from(day))
}

export function dayBefore(day: Day): Day {
  return Temporal.PlainDate.from(day).subtract({ days: 1 }).toString()
}

export function dayAfter(day: Day): Day {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toString()
}
