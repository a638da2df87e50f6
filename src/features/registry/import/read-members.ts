import {
  type Gender,
  type MemberStatus,
  memberStatuses,
  recogniseGender,
  recogniseStatus,
} from '../../../domain/members.ts'
import { searchKey } from '../../../domain/names.ts'
import { readPhoneNumber } from '../../../domain/phones.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import { holdsCitizenId, normaliseCode } from './codes.ts'
import type { ColumnOf } from './layout.ts'
import type { LineReader } from './line-reader.ts'
import type { MemberRow } from './rows.ts'

type Line = LineReader<ColumnOf<'members'>>

const statusCodes = memberStatuses.map(({ code }) => code)
const knownStatuses = memberStatuses.map(({ titles }) => titles[0]).join(', ')

/** The rows of 'Đảng viên'; a number stands there once, so that nobody is in two branches. */
export function readMembers(lines: readonly Line[], today: string): MemberRow[] {
  const first = new Map<string, { row: number; branchCode: string | null }>()
  return lines.flatMap((line) => {
    const number = readNumber(line)
    const branchCode = normaliseCode(line.text('branchCode')) || null
    const earlier = number === '' ? undefined : first.get(number)
    if (earlier) reportRepeat(line, number, branchCode, earlier)
    else if (number !== '') first.set(number, { row: line.row, branchCode })
    const fullName = readName(line)
    const status = readStatus(line, branchCode !== null)
    const details = {
      birth: readBirth(line, today),
      gender: readGender(line),
      phone: readPhone(line),
      ...readDays(line, status, today),
      office: line.shortText('office'),
      job: line.shortText('job'),
      note: line.shortText('note'),
    }
    if (line.failed) return []
    return [{ row: line.row, number, fullName, branchCode, status, ...details }]
  })
}

function readNumber(line: Line): string {
  const number = normaliseCode(line.needed('number'))
  if (holdsCitizenId(number)) line.report('number', { code: 'registry.citizenIdCell' })
  return number
}

function reportRepeat(
  line: Line,
  number: string,
  branchCode: string | null,
  earlier: { row: number; branchCode: string | null },
): void {
  const params = { number, row: earlier.row, branch: earlier.branchCode ?? '', other: branchCode ?? '' }
  const inTwoBranches = branchCode !== null && earlier.branchCode !== null && branchCode !== earlier.branchCode
  line.report('number', { code: inTwoBranches ? 'registry.inTwoBranches' : 'registry.numberTwice', params })
}

/** Lists set in capitals are turned back: NGUYỄN VĂN A is Nguyễn Văn A. */
function readName(line: Line): string {
  const name = line.needed('fullName')
  if (name !== '' && (!/\p{L}/u.test(name) || name.length > 100)) {
    line.report('fullName', { code: 'registry.nameUnreadable', params: { value: name.slice(0, 40) } })
  }
  if (name !== name.toUpperCase() || !name.includes(' ')) return name
  return name.toLowerCase().replace(/(?<![\p{L}\p{M}])\p{L}/gu, (letter) => letter.toUpperCase())
}

/** "Tình trạng" as it is written, or the one of its ticked columns; where only others may be ticked, nothing is official. */
function readStatus(line: Line, isNeeded: boolean): MemberStatus | undefined {
  const ticked = tickedOnce(line, statusCodes)
  if (ticked) return ticked
  if (!line.has('status') && statusCodes.some((key) => line.has(key))) {
    if (line.has('official')) line.report('official', { code: 'registry.cellEmpty' })
    return 'official'
  }
  const text = isNeeded ? line.needed('status') : line.text('status')
  const status = recogniseStatus(text)
  if (text !== '' && !status) {
    line.report('status', { code: 'registry.statusUnknown', params: { value: text, known: knownStatuses } })
  }
  return status
}

function readGender(line: Line): Gender | null | undefined {
  const ticked = tickedOnce(line, ['male', 'female'])
  return ticked ?? line.optional('gender', (text) => found(recogniseGender(text), 'registry.genderUnknown', text))
}

/** The column that is ticked; two of them contradict each other. */
function tickedOnce<K extends ColumnOf<'members'>>(line: Line, keys: readonly K[]): K | undefined {
  const [first, second] = keys.filter((key) => line.mark(key))
  if (second) line.report(second, { code: 'registry.tickedTwice' })
  return first
}

function readBirth(line: Line, today: string): MemberRow['birth'] {
  const written = line.date('birth')
  if (!written) return written
  const birth =
    written.kind === 'day' ? { on: written.date.toString(), year: written.date.year } : { on: null, year: written.year }
  // Charter Art. 1: a member is at least eighteen.
  if (birth.year > Number(today.slice(0, 4)) - 18) line.report('birth', { code: 'registry.tooYoung' })
  return birth
}

function readPhone(line: Line): string | null | undefined {
  return line.optional('phone', (text) => {
    const phone = readPhoneNumber(text)
    return phone === null ? fail('registry.phoneUnreadable', { value: text }) : ok(phone)
  })
}

function readDays(line: Line, status: MemberRow['status'] | undefined, today: string) {
  const admittedOn = line.day('admittedOn')
  const officialOn = line.day('officialOn')
  const joinedOn = line.day('joinedOn') ?? undefined
  for (const [key, day] of [
    ['admittedOn', admittedOn],
    ['officialOn', officialOn],
    ['joinedOn', joinedOn],
  ] as const) {
    if (day && day > today) line.report(key, { code: 'registry.dayAhead' })
  }
  if (admittedOn && officialOn && officialOn < admittedOn)
    line.report('officialOn', { code: 'registry.officialTooEarly' })
  if (officialOn && status === 'probationary') line.report('officialOn', { code: 'registry.officialWhileProbationary' })
  return { admittedOn, officialOn, joinedOn }
}

function found<T>(value: T | undefined, code: string, text: string): Result<T> {
  return value === undefined ? fail(code, { value: text }) : ok(value)
}

/** Rows that may be one person written twice: the same name and birth date under two numbers. */
export function likelyTwins(rows: readonly MemberRow[]): { number: string; other: string; fullName: string }[] {
  const first = new Map<string, MemberRow>()
  return rows.flatMap((row) => {
    if (!row.birth?.on) return []
    const key = `${searchKey(row.fullName)} ${row.birth.on}`
    const earlier = first.get(key)
    if (!earlier) first.set(key, row)
    return earlier ? [{ number: earlier.number, other: row.number, fullName: row.fullName }] : []
  })
}
