import { memberStatuses, membershipKinds, recogniseMembershipKind, recogniseStatus } from '../../../domain/members.ts'
import { fail, ok, type Problem, type Result } from '../../../domain/result.ts'
import { normaliseCode } from './codes.ts'
import type { ColumnOf } from './layout.ts'
import type { LineReader } from './line-reader.ts'
import type { CadreRow, CommentRow, Day, LiaisonRow, MembershipRow, StatusRow } from './rows.ts'

const knownForms = membershipKinds.map(({ titles }) => titles[0]).join(', ')
const knownStatuses = memberStatuses.map(({ titles }) => titles[0]).join(', ')

/** The rows of 'Sinh hoạt'. Without "Hình thức" a membership is official. */
export function readMemberships(lines: readonly LineReader<ColumnOf<'memberships'>>[], today: string): MembershipRow[] {
  return lines.flatMap((line) => {
    const stretch = readStretch(line, today)
    const branchCode = normaliseCode(line.needed('branchCode'))
    const read = (text: string) => found(recogniseMembershipKind(text), 'registry.formUnknown', text, knownForms)
    const kind = line.optional('kind', read) ?? 'official'
    const reason = line.shortText('reason')
    return line.failed || !stretch ? [] : [{ ...stretch, branchCode, kind, reason }]
  })
}

/** The rows of 'Tình trạng'. */
export function readStatuses(lines: readonly LineReader<ColumnOf<'statuses'>>[], today: string): StatusRow[] {
  return lines.flatMap((line) => {
    const stretch = readStretch(line, today)
    const text = line.needed('status')
    const kind = recogniseStatus(text)
    if (text !== '' && !kind)
      line.report('status', { code: 'registry.statusUnknown', params: { value: text, known: knownStatuses } })
    return line.failed || !stretch || !kind ? [] : [{ ...stretch, kind }]
  })
}

/** The rows of 'Công tác'. */
export function readCadres(lines: readonly LineReader<ColumnOf<'cadres'>>[], today: string): CadreRow[] {
  return lines.flatMap((line) => {
    const stretch = readStretch(line, today)
    const office = line.shortText('office') ?? ''
    const job = line.shortText('job') ?? ''
    if (office === '' && job === '') line.report('office', { code: 'registry.cellEmpty' })
    return line.failed || !stretch ? [] : [{ ...stretch, office, job }]
  })
}

/** The rows of 'Cư trú'. */
export function readLiaisons(lines: readonly LineReader<ColumnOf<'liaisons'>>[], today: string): LiaisonRow[] {
  return lines.flatMap((line) => {
    const stretch = readStretch(line, today)
    const branchCode = normaliseCode(line.needed('branchCode'))
    const workplace = line.shortText('workplace')
    const exempt = line.mark('exempt')
    return line.failed || !stretch ? [] : [{ ...stretch, branchCode, workplace, exempt }]
  })
}

/** The rows of 'Nhận xét cư trú'; a person has one comment a year. */
export function readComments(lines: readonly LineReader<ColumnOf<'comments'>>[], today: string): CommentRow[] {
  const first = new Map<string, number>()
  return lines.flatMap((line) => {
    const number = normaliseCode(line.needed('number'))
    const fullName = line.text('fullName') || undefined
    const text = line.needed('text')
    if (text.length > 2_000) line.report('text', { code: 'registry.textTooLong', params: { length: 2_000 } })
    const written = line.needed('year')
    const year = Number(written)
    if (written !== '' && !(/^\d{4}$/.test(written) && year >= 2020 && year <= Number(today.slice(0, 4))))
      line.report('year', { code: 'registry.yearUnreadable', params: { value: written } })
    const earlier = first.get(`${number}|${written}`)
    if (earlier !== undefined) line.report('year', { code: 'registry.commentTwice', params: { row: earlier } })
    else first.set(`${number}|${written}`, line.row)
    return line.failed ? [] : [{ row: line.row, number, fullName, year, text }]
  })
}

/** What every sheet of stretches has. */
type StretchKey = 'number' | 'fullName' | 'from' | 'to'
interface StretchLine {
  readonly row: number
  text(key: StretchKey): string
  needed(key: StretchKey): string
  day(key: StretchKey): Day | null | undefined
  report(key: StretchKey, problem: Problem): void
}

/** Whose it is, from which day and to which. */
function readStretch(line: StretchLine, today: string) {
  const number = normaliseCode(line.needed('number'))
  const fullName = line.text('fullName') || undefined
  const from = line.needed('from') === '' ? undefined : (line.day('from') ?? undefined)
  const to = line.day('to') ?? undefined
  if (from && from > today) line.report('from', { code: 'registry.dayAhead' })
  if (from && to && to < from) line.report('to', { code: 'registry.endBeforeStart' })
  return from ? { row: line.row, number, fullName, from, to } : undefined
}

function found<T>(value: T | undefined, code: string, text: string, known: string): Result<T> {
  return value === undefined ? fail(code, { value: text, known }) : ok(value)
}
