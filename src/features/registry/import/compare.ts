import { probationEnd } from '../../../domain/members.ts'
import { type NodeKind, nodeKinds } from '../../../domain/organisations.ts'
import type { Problem } from '../../../domain/result.ts'
import { checkDissolved, compareBranches } from './compare-branches.ts'
import { compareComments } from './compare-comments.ts'
import { compareGroups } from './compare-groups.ts'
import { compareMember } from './compare-members.ts'
import { comparePositions } from './compare-positions.ts'
import { compareCadres, compareLiaisons, compareMemberships, compareStatuses } from './compare-stretches.ts'
import { History } from './history.ts'
import { parts } from './layout.ts'
import type { ImportNote } from './notes.ts'
import type { Change, Count, Counts, Plan, Stretches } from './plan.ts'
import { type CellProblem, inOrder } from './problems.ts'
import type { CadreFacts, LiaisonFacts, MembershipFacts, PositionFacts, Register, StatusFacts } from './register.ts'
import type { BranchRow, Day, MemberRow, RegistryRows } from './rows.ts'

/** What importing the rows would do, and what stands in the way. Same rows, same register, same day: same answer. */
export interface Comparison {
  plan: Plan
  counts: Counts
  changes: Change[]
  problems: CellProblem[]
  notes: ImportNote[]
}

/** A branch as it will stand. */
export interface KnownBranch {
  kind: NodeKind
  dissolvedOn: Day | null
}

export type Report = (column: string, value: string, code: string, params?: Record<string, string | number>) => void

/** What the comparing of single rows adds to. */
export interface Comparing {
  readonly register: Register
  readonly rows: RegistryRows
  readonly today: Day
  readonly members: ReadonlyMap<string, MemberRow>
  readonly branchRows: ReadonlyMap<string, BranchRow>
  /** Every organisation of the register and the workbook, by its code. */
  readonly branches: Map<string, KnownBranch>
  readonly memberships: History<MembershipFacts>
  readonly statuses: History<StatusFacts>
  readonly cadres: History<CadreFacts>
  readonly positions: History<PositionFacts>
  readonly liaisons: History<LiaisonFacts>
  readonly plan: Omit<Plan, 'memberships' | 'statuses' | 'cadres' | 'positions' | 'liaisons'>
  readonly changes: Change[]
  report(sheet: string, row: number, column: string, value: string, problem: Problem): void
}

/** Reports what is wrong in that row of a sheet. */
export function reportOn(comparing: Comparing, sheet: string, row: number): Report {
  return (column, value, code, params = {}) => comparing.report(sheet, row, column, value, { code, params })
}

/**
 * Compares checked rows with the register. Pure; nothing is written. The past is compared before 'Đảng viên', which says
 * only what holds now.
 */
export function compareWithRegister(rows: RegistryRows, register: Register, today: Temporal.PlainDate): Comparison {
  const problems: CellProblem[] = []
  const comparing: Comparing = {
    register,
    rows,
    today: today.toString(),
    members: new Map(rows.members.rows.map((row) => [row.number, row])),
    branchRows: new Map(rows.branches.rows.map((row) => [row.code, row])),
    branches: knownBranches(register),
    memberships: new History(register.memberships),
    statuses: new History(register.statuses),
    cadres: new History(register.cadres),
    positions: new History(register.positions),
    liaisons: new History(register.liaisons),
    plan: {
      newKinds: [],
      newBranches: [],
      changedBranches: [],
      newGroups: [],
      changedGroups: [],
      newPeople: [],
      changedPeople: [],
      newComments: [],
      changedComments: [],
    },
    changes: [],
    report: (sheet, row, column, value, problem) => problems.push({ sheet, row, column, value, problem }),
  }
  const { kinds, branches } = compareBranches(comparing)
  const past = {
    groups: compareGroups(comparing),
    memberships: compareMemberships(comparing),
    statuses: compareStatuses(comparing),
    cadres: compareCadres(comparing),
  }
  const counts: Counts = {
    kinds: count(kinds),
    branches: count(branches),
    groups: count(past.groups),
    memberships: count(past.memberships),
    statuses: count(past.statuses),
    cadres: count(past.cadres),
    members: count(rows.members.rows.map((row) => compareMember(comparing, rows.members.sheet, row))),
    positions: count(comparePositions(comparing)),
    liaisons: count(compareLiaisons(comparing)),
    comments: count(compareComments(comparing)),
  }
  if (problems.length === 0) checkDissolved(comparing)
  return {
    plan: {
      ...comparing.plan,
      memberships: planned(comparing.memberships),
      statuses: planned(comparing.statuses),
      cadres: planned(comparing.cadres),
      positions: planned(comparing.positions),
      liaisons: planned(comparing.liaisons),
    },
    counts,
    changes: comparing.changes,
    problems: inOrder(
      problems,
      parts.map((part) => rows[part].sheet),
    ),
    notes: notesOn(comparing),
  }
}

function planned<F>(history: History<F>): Stretches<F> {
  return { new: history.new, changed: history.changed }
}

function knownBranches({ branches }: Register): Map<string, KnownBranch> {
  return new Map(
    [...branches.values()].map(({ code, kind, dissolvedOn }) => {
      const known = nodeKinds.find((one) => one.code === kind)
      if (!known) throw new Error(`organisation ${code} has an unknown kind`)
      return [code, { kind: known.code, dissolvedOn }]
    }),
  )
}

/** What a row turned out to be. */
export type RowKind = keyof Count

function count(kinds: readonly RowKind[]): Count {
  const of = (kind: RowKind) => kinds.filter((one) => one === kind).length
  return { new: of('new'), changed: of('changed'), same: of('same') }
}

function notesOn({ rows, register, members, memberships, statuses, today }: Comparing): ImportNote[] {
  const undated = rows.members.rows.filter(
    ({ number, joinedOn, branchCode }) => !joinedOn && branchCode !== null && !register.people.has(number),
  ).length
  const absent = [...register.people.keys()].filter(
    (number) =>
      !members.has(number) && memberships.of(number).some(({ kind, to }) => kind === 'official' && to === null),
  ).length
  const overdue = statuses.all.filter(
    ({ kind, from, to }) =>
      kind === 'probationary' && to === null && probationEnd(Temporal.PlainDate.from(from)).toString() < today,
  ).length
  return [
    ...(overdue > 0 ? [{ kind: 'probationOver' as const, count: overdue }] : []),
    ...(undated > 0 ? [{ kind: 'noJoinDate' as const, count: undated }] : []),
    ...(absent > 0 && members.size > 0 ? [{ kind: 'notInFile' as const, count: absent }] : []),
  ]
}
