import type { Held } from './history.ts'
import type { Part } from './layout.ts'
import type { CadreFacts, LiaisonFacts, MembershipFacts, PositionFacts, StatusFacts } from './register.ts'
import type { Day } from './rows.ts'

/** What is known of a person themself, as it will stand. */
export interface PersonFacts {
  fullName: string
  birthOn: Day | null
  birthYear: number | null
  gender: string | null
  phone: string | null
  admittedOn: Day | null
  officialOn: Day | null
  note: string | null
}

export interface BranchFacts {
  name: string
  kind: string
  kindName: string | null
  sector: string
  parentCode: string | null
  openedOn: Day | null
  openedBy: string | null
  dissolvedOn: Day | null
  dissolvedBy: string | null
}

export interface GroupFacts {
  name: string
  branchCode: string | null
  households: number | null
  residents: number | null
}

/** Stretches that begin, and those of the register that get other days or facts. */
export interface Stretches<F> {
  new: Held<F>[]
  changed: (Held<F> & { id: number })[]
}

/** What an import will write. People and branches are named by number and code: some have no id yet. */
export interface Plan {
  newKinds: { name: string; form: string }[]
  newBranches: (BranchFacts & { code: string })[]
  changedBranches: (BranchFacts & { id: number })[]
  newGroups: GroupFacts[]
  changedGroups: (GroupFacts & { id: number })[]
  newPeople: (PersonFacts & { number: string })[]
  changedPeople: (PersonFacts & { id: number })[]
  memberships: Stretches<MembershipFacts>
  statuses: Stretches<StatusFacts>
  cadres: Stretches<CadreFacts>
  positions: Stretches<PositionFacts>
  liaisons: Stretches<LiaisonFacts>
  newComments: { number: string; liaisonFrom: Day; year: number; text: string }[]
  changedComments: { id: number; text: string }[]
}

/** One thing that will be different, for the sender to recognise. New rows are only counted. */
export type Change =
  | { kind: 'branch'; code: string; name: string }
  | { kind: 'details'; number: string; fullName: string; fields: DetailField[] }
  | { kind: 'moved'; number: string; fullName: string; from: string | null; to: string; on: Day }
  | { kind: 'status'; number: string; fullName: string; from: string | null; to: string; on: Day }
  | { kind: 'joined'; number: string; fullName: string; on: Day }
  | { kind: 'position'; number: string; fullName: string; title: string; to: Day | null }
  /** A row of the past: its days or facts. */
  | { kind: 'history'; part: Part; number: string; fullName: string; from: Day; to: Day | null }
  | { kind: 'group'; name: string }
  | { kind: 'comment'; number: string; fullName: string; year: number }

export type DetailField = keyof PersonFacts | 'cadre'

/** Rows of one sheet: not yet in the register, different from it, already so. */
export interface Count {
  new: number
  changed: number
  same: number
}

export type Counts = Record<Part, Count>

/** How many rows of the workbook say something that the register does not hold yet. */
export function changeCount(counts: Counts): number {
  return Object.values(counts).reduce((sum, count) => sum + count.new + count.changed, 0)
}
