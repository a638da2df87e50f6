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
  sector: string
  openedOn: Day | null
}

/** What an import will write. People and branches are named by number and code: some have no id yet. */
export interface Plan {
  newBranches: (BranchFacts & { code: string })[]
  changedBranches: (BranchFacts & { id: number })[]
  newPeople: (PersonFacts & { number: string })[]
  changedPeople: (PersonFacts & { id: number })[]
  endedMemberships: { id: number; to: Day }[]
  correctedMemberships: { id: number; from: Day }[]
  newMemberships: { number: string; branchCode: string; from: Day }[]
  endedStatuses: { id: number; to: Day }[]
  newStatuses: { number: string; kind: string; from: Day }[]
  endedCadres: { id: number; to: Day }[]
  newCadres: { number: string; office: string; job: string; from: Day }[]
  changedPositions: { id: number; title: string; from: Day; to: Day | null }[]
  newPositions: {
    number: string
    branchCode: string | null
    post: string
    title: string
    from: Day
    to: Day | null
  }[]
}

export function emptyPlan(): Plan {
  return {
    newBranches: [],
    changedBranches: [],
    newPeople: [],
    changedPeople: [],
    endedMemberships: [],
    correctedMemberships: [],
    newMemberships: [],
    endedStatuses: [],
    newStatuses: [],
    endedCadres: [],
    newCadres: [],
    changedPositions: [],
    newPositions: [],
  }
}

/** One thing that will be different, for the sender to recognise. New rows are only counted. */
export type Change =
  | { kind: 'branch'; code: string; name: string }
  | { kind: 'details'; number: string; fullName: string; fields: DetailField[] }
  | { kind: 'moved'; number: string; fullName: string; from: string | null; to: string; on: Day }
  | { kind: 'status'; number: string; fullName: string; from: string | null; to: string; on: Day }
  | { kind: 'joined'; number: string; fullName: string; on: Day }
  | { kind: 'position'; number: string; fullName: string; title: string; to: Day | null }

export type DetailField = keyof PersonFacts | 'cadre'

/** Rows of one sheet: not yet in the register, different from it, already so. */
export interface Count {
  new: number
  changed: number
  same: number
}

export interface Counts {
  branches: Count
  members: Count
  positions: Count
}

/** How many rows of the workbook say something that the register does not hold yet. */
export function changeCount({ branches, members, positions }: Counts): number {
  return [branches, members, positions].reduce((sum, count) => sum + count.new + count.changed, 0)
}
