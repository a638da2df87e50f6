import type { Problem } from '../../../domain/result.ts'
import { compareBranch } from './compare-branches.ts'
import { compareMember } from './compare-members.ts'
import { comparePositions } from './compare-positions.ts'
import type { ImportNote } from './notes.ts'
import { type Change, type Count, type Counts, emptyPlan, type Plan } from './plan.ts'
import { type CellProblem, inOrder } from './problems.ts'
import type { Register } from './register.ts'
import type { BranchRow, Day, MemberRow, RegistryRows } from './rows.ts'

/** What importing the rows would do, and what stands in the way. Same rows, same register, same day: same answer. */
export interface Comparison {
  plan: Plan
  counts: Counts
  changes: Change[]
  problems: CellProblem[]
  notes: ImportNote[]
}

/** What the comparing of single rows adds to. */
export interface Comparing {
  readonly register: Register
  readonly today: Day
  readonly branches: ReadonlyMap<string, BranchRow>
  readonly members: ReadonlyMap<string, MemberRow>
  readonly plan: Plan
  readonly changes: Change[]
  report(sheet: string, row: number, column: string, value: string, problem: Problem): void
}

/** Compares checked rows with the register. Pure; nothing is written. */
export function compareWithRegister(rows: RegistryRows, register: Register, today: Temporal.PlainDate): Comparison {
  const problems: CellProblem[] = []
  const comparing: Comparing = {
    register,
    today: today.toString(),
    branches: new Map(rows.branches.rows.map((row) => [row.code, row])),
    members: new Map(rows.members.rows.map((row) => [row.number, row])),
    plan: emptyPlan(),
    changes: [],
    report: (sheet, row, column, value, problem) => problems.push({ sheet, row, column, value, problem }),
  }
  const counts = {
    branches: count(rows.branches.rows.map((row) => compareBranch(comparing, rows.branches.sheet, row))),
    members: count(rows.members.rows.map((row) => compareMember(comparing, rows.members.sheet, row))),
    positions: count(comparePositions(comparing, rows.positions)),
  }
  return {
    plan: comparing.plan,
    counts,
    changes: comparing.changes,
    problems: inOrder(problems, [rows.branches.sheet, rows.members.sheet, rows.positions.sheet]),
    notes: notesOn(rows, comparing),
  }
}

/** What a row turned out to be. */
export type RowKind = keyof Count

function count(kinds: readonly RowKind[]): Count {
  const of = (kind: RowKind) => kinds.filter((one) => one === kind).length
  return { new: of('new'), changed: of('changed'), same: of('same') }
}

function notesOn(rows: RegistryRows, { register, members }: Comparing): ImportNote[] {
  const undated = rows.members.rows.filter(({ number, joinedOn }) => !joinedOn && !register.people.has(number)).length
  const absent = [...register.people.values()].filter(
    ({ number, memberships }) => !members.has(number) && memberships.some(({ to }) => to === null),
  ).length
  return [
    ...(undated > 0 ? [{ kind: 'noJoinDate' as const, count: undated }] : []),
    ...(absent > 0 && members.size > 0 ? [{ kind: 'notInFile' as const, count: absent }] : []),
  ]
}
