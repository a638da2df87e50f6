import { type Comparing, type RowKind, reportOn } from './compare.ts'
import { type Held, type History, sharesDay } from './history.ts'
import { holderOf, isBranch, isWithin, shown } from './holders.ts'
import type { Part } from './layout.ts'
import type { CadreFacts, LiaisonFacts, MembershipFacts, StatusFacts } from './register.ts'
import type { CadreRow, Day, LiaisonRow, MembershipRow, StatusRow } from './rows.ts'

interface StretchRow {
  row: number
  number: string
  fullName?: string | undefined
  branchCode?: string
  from: Day
  to?: Day | undefined
}

/** How the rows of one sheet of the past are read against the register. */
interface Reading<F extends object, R> {
  part: Part
  history: History<F>
  /** What a row says; where a cell is empty, what the register holds. */
  facts(row: R, held: Held<F> | undefined): F
  /** Whether the row, which begins on the same day, speaks of that stretch. */
  isSame(held: Held<F>, row: R): boolean
  /** Whether the two may not share a day. */
  excludes(held: Held<F>, row: R): boolean
}

export function compareMemberships(comparing: Comparing): RowKind[] {
  const reading: Reading<MembershipFacts, MembershipRow> = {
    part: 'memberships',
    history: comparing.memberships,
    facts: ({ branchCode, kind, reason }, held) => ({
      branchCode,
      kind,
      reason: reason === undefined ? (held?.reason ?? null) : reason,
    }),
    isSame: (held, row) => held.branchCode === row.branchCode && held.kind === row.kind,
    excludes: (held, row) => held.kind === row.kind && (row.kind === 'official' || held.branchCode === row.branchCode),
  }
  return compareStretches(comparing, comparing.rows.memberships, reading)
}

export function compareStatuses(comparing: Comparing): RowKind[] {
  const reading: Reading<StatusFacts, StatusRow> = {
    part: 'statuses',
    history: comparing.statuses,
    facts: ({ kind }) => ({ kind }),
    isSame: (held, row) => held.kind === row.kind,
    excludes: () => true,
  }
  return compareStretches(comparing, comparing.rows.statuses, reading)
}

export function compareCadres(comparing: Comparing): RowKind[] {
  const reading: Reading<CadreFacts, CadreRow> = {
    part: 'cadres',
    history: comparing.cadres,
    facts: ({ office, job }) => ({ office, job }),
    isSame: () => true,
    excludes: () => true,
  }
  return compareStretches(comparing, comparing.rows.cadres, reading)
}

export function compareLiaisons(comparing: Comparing): RowKind[] {
  const reading: Reading<LiaisonFacts, LiaisonRow> = {
    part: 'liaisons',
    history: comparing.liaisons,
    facts: ({ branchCode, workplace, exempt }, held) => ({
      branchCode,
      workplace: workplace === undefined ? (held?.workplace ?? null) : workplace,
      exempt: exempt ?? held?.exempt ?? false,
      comments: held?.comments ?? [],
    }),
    isSame: (held, row) => held.branchCode === row.branchCode,
    excludes: () => true,
  }
  return compareStretches(comparing, comparing.rows.liaisons, reading)
}

/** Stretches of the past that begin, end, or are as they were. One that has ended is not opened again. */
function compareStretches<F extends object, R extends StretchRow>(
  comparing: Comparing,
  { sheet, rows }: { sheet: string; rows: readonly R[] },
  reading: Reading<F, R>,
): RowKind[] {
  const { part, history } = reading
  return rows.map((row): RowKind => {
    const report = reportOn(comparing, sheet, row.row)
    const fullName = holderOf(comparing, row, report)
    const { branchCode, number, from, to = null } = row
    if (fullName === null) return 'same'
    if (branchCode !== undefined && !isBranch(comparing, branchCode, report, true)) return 'same'
    if (branchCode !== undefined && !isWithin(comparing, { branchCode, to }, report)) return 'same'
    const known = history.of(number).find((held) => held.from === from && reading.isSame(held, row))
    if (known?.row) {
      report('Từ ngày', shown(from), 'registry.stretchTwice', { row: known.row })
      return 'same'
    }
    if (known?.to && to === null) {
      report('Đến ngày', '', 'registry.stretchEnded', { day: shown(known.to) })
      return 'same'
    }
    const others = history.of(number).filter((held) => held !== known && reading.excludes(held, row))
    const clash = others.find((held) => sharesDay(held, { from, to }))
    // What the register holds side by side already is not called wrong when it comes back as it is.
    if (clash && known?.to !== to) {
      report('Từ ngày', shown(from), 'registry.stretchOverlaps', { from: shown(clash.from) })
      return 'same'
    }
    const facts = reading.facts(row, known)
    if (!known) {
      history.add({ ...facts, number, from, to }, row.row)
      return 'new'
    }
    known.row = row.row
    if (known.to === to && isEqual(known, facts)) return 'same'
    history.change(known, { ...facts, to })
    comparing.changes.push({ kind: 'history', part, number, fullName, from, to })
    return 'changed'
  })
}

function isEqual<F extends object>(held: F, facts: F): boolean {
  return Object.entries(facts).every(([key, value]) => Object.is(Reflect.get(held, key), value))
}
