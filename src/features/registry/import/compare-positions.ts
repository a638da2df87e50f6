import { type Comparing, type Report, type RowKind, reportOn } from './compare.ts'
import { type Held, type History, sharesDay } from './history.ts'
import { holderOf, isBranch, isWithin, nameOf, shown } from './holders.ts'
import { dayBefore, type PositionFacts } from './register.ts'
import type { Day, PositionRow } from './rows.ts'
import { seatClashes } from './seats.ts'

type HeldPost = Held<PositionFacts>
type Posts = History<PositionFacts>

/**
 * Posts that begin, end or change their title. A post that is not in the sheet stays as it is; one with "Đến ngày" ends on
 * that day; the same post from a later day is a new term, which ends the old one the day before.
 */
export function comparePositions(comparing: Comparing): RowKind[] {
  const { sheet, rows } = comparing.rows.positions
  const posts = comparing.positions
  const inTime = rows.toSorted((a, b) => (a.from ?? comparing.today).localeCompare(b.from ?? comparing.today))
  const kinds = inTime.map((row): RowKind => {
    const report = reportOn(comparing, sheet, row.row)
    const fullName = holderOf(comparing, row, report)
    const { number, branchCode, title, to = null } = row
    if (fullName === null) return 'same'
    if (branchCode !== null && !isBranch(comparing, branchCode, report, false)) return 'same'
    if (branchCode !== null && !isWithin(comparing, { branchCode, to }, report)) return 'same'
    const kind = comparePosition(posts, row, comparing.today, report)
    const isNewHere = kind === 'new' && stretchesOf(posts, row).length === 1
    if (kind !== 'same' && !isNewHere) comparing.changes.push({ kind: 'position', number, fullName, title, to })
    return kind
  })
  for (const { held, other } of seatClashes(posts.all)) {
    const params = { title: held.title, other: nameOf(comparing, other.number), number: other.number }
    reportOn(comparing, sheet, held.row ?? 0)('Chức vụ', held.title, 'registry.seatTaken', params)
  }
  return kinds
}

/** The stretches of one post in one place by one person. */
function stretchesOf(posts: Posts, { number, branchCode, post }: Pick<PositionRow, 'number' | 'branchCode' | 'post'>) {
  return posts.of(number).filter((held) => held.branchCode === branchCode && held.post === post)
}

function comparePosition(posts: Posts, row: PositionRow, today: Day, report: Report): RowKind {
  const { number, branchCode, post, title, to = null } = row
  const held = stretchesOf(posts, row)
  const known = row.from === undefined ? heldWithout(held, to) : held.find(({ from }) => from === row.from)
  if (known) return update(posts, known, { title, from: known.from, to, row: row.row }, report)
  if (row.from === undefined && to !== null) return refuse(report, 'Từ ngày', '', 'registry.startMissing')
  const from = row.from ?? today
  const open = held.find((one) => one.to === null && one.row === null)
  if (open && to === null && from < open.from && !held.some((one) => one !== open && sharesDay(one, { from, to }))) {
    return update(posts, open, { title, from, to, row: row.row }, report)
  }
  const isNextTerm = open !== undefined && from > open.from
  const clash = held.find((one) => !(isNextTerm && one === open) && sharesDay(one, { from, to }))
  if (clash) {
    return refuse(report, 'Từ ngày', shown(from), 'registry.positionOverlaps', { from: shown(clash.from) })
  }
  if (isNextTerm) posts.change(open, { to: dayBefore(from) })
  posts.add({ number, branchCode, post, title, from, to }, row.row)
  return 'new'
}

/** A row without a beginning means the term that lasts, or the one that ended on the day the row names. */
function heldWithout(held: readonly HeldPost[], to: Day | null): HeldPost | undefined {
  return held.find((one) => one.to === null) ?? held.find((one) => one.to === to)
}

function update(
  posts: Posts,
  held: HeldPost,
  written: Pick<HeldPost, 'title' | 'from' | 'to' | 'row'>,
  report: Report,
): RowKind {
  if (held.row !== null) return refuse(report, 'Chức vụ', written.title, 'registry.positionTwice', { row: held.row })
  if (held.to !== null && written.to === null) {
    return refuse(report, 'Đến ngày', '', 'registry.positionEnded', { day: shown(held.to) })
  }
  if (written.to !== null && written.to < written.from) {
    return refuse(report, 'Đến ngày', shown(written.to), 'registry.endBeforeStart')
  }
  held.row = written.row
  if (held.to === written.to && held.title === written.title && held.from === written.from) return 'same'
  const { title, from, to } = written
  posts.change(held, { title, from, to })
  return 'changed'
}

function refuse(report: Report, column: string, value: string, code: string, params = {}): RowKind {
  report(column, value, code, params)
  return 'same'
}
