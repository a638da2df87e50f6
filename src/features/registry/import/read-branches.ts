import { nodeKinds, recogniseNodeKind, recogniseSector, sectors } from '../../../domain/organisations.ts'
import { fail, ok } from '../../../domain/result.ts'
import { normaliseCode } from './codes.ts'
import type { ColumnOf } from './layout.ts'
import type { LineReader } from './line-reader.ts'
import { onceEach } from './repeats.ts'
import type { BranchRow, KindRow } from './rows.ts'

const knownSectors = sectors.map(({ titles }) => titles[0]).join(', ')
const knownKinds = nodeKinds.map(({ titles }) => titles[0]).join(', ')

/** The rows of 'Chi bộ'; a code stands there once, and so does the name of those that are not dissolved. */
export function readBranches(lines: readonly LineReader<ColumnOf<'branches'>>[], today: string): BranchRow[] {
  const isNewCode = onceEach((code) => code)
  const isNewName = onceEach((name) => name.toLowerCase())
  return lines.flatMap((line) => {
    const code = normaliseCode(line.needed('code'))
    const name = line.needed('name')
    const kind = line.text('kind') || undefined
    const sector = readSector(line, kind)
    const days = { openedOn: line.day('openedOn'), dissolvedOn: line.day('dissolvedOn') }
    for (const key of ['openedOn', 'dissolvedOn'] as const) {
      const day = days[key]
      if (day && day > today) line.report(key, { code: 'registry.dayAhead' })
    }
    if (days.openedOn && days.dissolvedOn && days.dissolvedOn < days.openedOn)
      line.report('dissolvedOn', { code: 'registry.dissolvedTooEarly' })
    const earlier = isNewCode(code, line.row)
    if (earlier) line.report('code', { code: 'registry.branchTwice', params: { code, row: earlier } })
    const sameName = earlier || days.dissolvedOn ? undefined : isNewName(name, line.row)
    if (sameName) line.report('name', { code: 'registry.branchNameTwice', params: { row: sameName } })
    const texts = {
      openedBy: line.shortText('openedBy'),
      dissolvedBy: line.shortText('dissolvedBy'),
      parentCode: line.optional('parentCode', (text) => ok(normaliseCode(text))),
    }
    return line.failed ? [] : [{ row: line.row, code, name, sector: sector ?? undefined, kind, ...days, ...texts }]
  })
}

/** Where a branch lives must be said; a node above or below a branch may go without. */
function readSector(line: LineReader<ColumnOf<'branches'>>, kind: string | undefined) {
  const isBranch = kind === undefined || recogniseNodeKind(kind) === 'branch'
  if (isBranch && line.needed('sector') === '') return undefined
  return line.optional('sector', (text) => {
    const sector = recogniseSector(text)
    return sector ? ok(sector) : fail('registry.sectorUnknown', { value: text, known: knownSectors })
  })
}

/** The rows of 'Loại tổ chức': the ward's own names, each with the kind that the program knows it as. */
export function readKinds(lines: readonly LineReader<ColumnOf<'kinds'>>[]): KindRow[] {
  const isNew = onceEach((name) => name.toLowerCase())
  return lines.flatMap((line) => {
    const name = line.needed('name')
    const text = line.needed('form')
    const form = recogniseNodeKind(text)
    if (text !== '' && !form)
      line.report('form', { code: 'registry.kindUnknown', params: { value: text, known: knownKinds } })
    const earlier = isNew(name, line.row)
    if (earlier) line.report('name', { code: 'registry.kindTwice', params: { row: earlier } })
    return line.failed || !form ? [] : [{ row: line.row, name, form }]
  })
}
