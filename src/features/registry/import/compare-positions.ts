import { formatDate } from '../../../domain/formats.ts'
import { likeness } from '../../../domain/names.ts'
import type { Comparing, RowKind } from './compare.ts'
import { type HeldPost, HeldPosts, sharesDay } from './held-posts.ts'
import { dayBefore } from './register.ts'
import type { Day, PositionRow, RegistryRows } from './rows.ts'

type Report = (column: string, value: string, code: string, params?: Record<string, string>) => void

/**
 * Posts that begin, end or change their title. A post that is not in the sheet stays as it is; one with "Đến ngày" ends on
 * that day; the same post from a later day is a new term, which ends the old one the day before.
 */
export function comparePositions(comparing: Comparing, { sheet, rows }: RegistryRows['positions']): RowKind[] {
  const posts = new HeldPosts(comparing.register)
  const inTime = rows.toSorted((a, b) => (a.from ?? comparing.today).localeCompare(b.from ?? comparing.today))
  const kinds = inTime.map((row): RowKind => {
    const report: Report = (column, value, code, params = {}) =>
      comparing.report(sheet, row.row, column, value, { code, params })
    const fullName = holderOf(comparing, row, report)
    if (fullName === null || !isBranchKnown(comparing, row, report)) return 'same'
    const kind = comparePosition(posts, row, comparing.today, report)
    const { number, title, to = null } = row
    const isNewHere = kind === 'new' && posts.of(row).length === 1
    if (kind !== 'same' && !isNewHere) comparing.changes.push({ kind: 'position', number, fullName, title, to })
    return kind
  })
  for (const { held, other } of posts.clashes()) {
    const params = { title: held.title, other: nameOf(comparing, other.number), number: other.number }
    comparing.report(sheet, held.row ?? 0, 'Chức vụ', held.title, { code: 'registry.seatTaken', params })
  }
  comparing.plan.newPositions.push(...posts.new)
  comparing.plan.changedPositions.push(...posts.changed)
  return kinds
}

function comparePosition(posts: HeldPosts, row: PositionRow, today: Day, report: Report): RowKind {
  const { number, branchCode, post, title, to = null } = row
  const held = posts.of(row)
  const known = row.from === undefined ? heldWithout(held, to) : held.find(({ from }) => from === row.from)
  if (known) return update(known, { title, from: known.from, to, row: row.row }, report)
  if (row.from === undefined && to !== null) return refuse(report, 'Từ ngày', '', 'registry.startMissing')
  const from = row.from ?? today
  const open = held.find((one) => one.to === null && one.row === null)
  if (open && to === null && from < open.from && !held.some((one) => one !== open && sharesDay(one, { from, to }))) {
    return update(open, { title, from, to, row: row.row }, report)
  }
  const isNextTerm = open !== undefined && from > open.from
  const clash = held.find((one) => !(isNextTerm && one === open) && sharesDay(one, { from, to }))
  if (clash) {
    return refuse(report, 'Từ ngày', shown(from), 'registry.positionOverlaps', { from: shown(clash.from) })
  }
  if (isNextTerm) Object.assign(open, { to: dayBefore(from), changed: true })
  posts.add({ id: null, number, branchCode, post, title, from, to, row: row.row, changed: false })
  return 'new'
}

/** A row without a beginning means the term that lasts, or the one that ended on the day the row names. */
function heldWithout(held: readonly HeldPost[], to: Day | null): HeldPost | undefined {
  return held.find((one) => one.to === null) ?? held.find((one) => one.to === to)
}

function update(held: HeldPost, written: Pick<HeldPost, 'title' | 'from' | 'to' | 'row'>, report: Report): RowKind {
  if (held.row !== null) return refuse(report, 'Chức vụ', written.title, 'registry.positionTwice', { row: held.row })
  if (held.to !== null && written.to === null) {
    return refuse(report, 'Đến ngày', '', 'registry.positionEnded', { day: shown(held.to) })
  }
  if (written.to !== null && written.to < written.from) {
    return refuse(report, 'Đến ngày', shown(written.to), 'registry.endBeforeStart')
  }
  const changed = held.to !== written.to || held.title !== written.title || held.from !== written.from
  Object.assign(held, written, { changed: held.changed || changed })
  return changed ? 'changed' : 'same'
}

function refuse(report: Report, column: string, value: string, code: string, params = {}): RowKind {
  report(column, value, code, params)
  return 'same'
}

/** The name behind the row's number, in the workbook or the register; null (and a problem) where there is none or another. */
function holderOf(comparing: Comparing, row: PositionRow, report: Report): string | null {
  const known = nameOf(comparing, row.number)
  if (known === '') {
    report('Số đảng viên', row.number, 'registry.personUnknown', { number: row.number })
    return null
  }
  if (row.fullName !== undefined && likeness(known, row.fullName) === 'different') {
    report('Họ và tên', row.fullName, 'registry.nameDiffers', { number: row.number, known })
    return null
  }
  return known
}

function nameOf({ members, register }: Comparing, number: string): string {
  return (members.get(number) ?? register.people.get(number))?.fullName ?? ''
}

function isBranchKnown({ branches, register }: Comparing, { branchCode, to }: PositionRow, report: Report): boolean {
  if (branchCode === null) return true
  const kept = register.branches.get(branchCode)
  if (!kept && !branches.has(branchCode)) {
    report('Mã chi bộ', branchCode, 'registry.branchUnknown', { value: branchCode })
    return false
  }
  if (kept?.dissolvedOn && (to === undefined || to > kept.dissolvedOn)) {
    report('Mã chi bộ', branchCode, 'registry.branchDissolved', { value: branchCode })
    return false
  }
  return true
}

function shown(day: Day): string {
  return formatDate(Temporal.PlainDate.from(day))
}
