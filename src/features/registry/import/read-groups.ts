import { fail, ok } from '../../../domain/result.ts'
import { normaliseCode } from './codes.ts'
import type { ColumnOf } from './layout.ts'
import type { LineReader } from './line-reader.ts'
import { onceEach } from './repeats.ts'
import type { GroupRow } from './rows.ts'

/** The rows of 'Tổ dân phố'; a name stands there once. */
export function readGroups(lines: readonly LineReader<ColumnOf<'groups'>>[]): GroupRow[] {
  const isNew = onceEach((name) => name.toLowerCase())
  return lines.flatMap((line) => {
    const name = line.needed('name')
    const earlier = isNew(name, line.row)
    if (earlier) line.report('name', { code: 'registry.groupTwice', params: { row: earlier } })
    const branchCode = line.optional('branchCode', (text) => ok(normaliseCode(text)))
    const households = readCount(line, 'households')
    const residents = readCount(line, 'residents')
    return line.failed ? [] : [{ row: line.row, name, branchCode, households, residents }]
  })
}

/** A whole number, with or without the dots that part thousands. */
function readCount(line: LineReader<ColumnOf<'groups'>>, key: 'households' | 'residents') {
  return line.optional(key, (text) => {
    const digits = text.replace(/(?<=\d)[. ](?=\d{3}(?:\D|$))/g, '')
    return /^\d{1,7}$/.test(digits) ? ok(Number(digits)) : fail('registry.countUnreadable', { value: text })
  })
}
