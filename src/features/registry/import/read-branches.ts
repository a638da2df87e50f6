import { recogniseSector, sectors } from '../../../domain/organisations.ts'
import { fail, ok } from '../../../domain/result.ts'
import { normaliseCode } from './codes.ts'
import type { BranchColumn } from './layout.ts'
import type { LineReader } from './line-reader.ts'
import { onceEach } from './repeats.ts'
import type { BranchRow } from './rows.ts'

const known = sectors.map(({ titles }) => titles[0]).join(', ')

/** The rows of 'Chi bộ'; a code and a name stand there once. */
export function readBranches(lines: readonly LineReader<BranchColumn>[], today: string): BranchRow[] {
  const isNewCode = onceEach((code) => code)
  const isNewName = onceEach((name) => name.toLowerCase())
  return lines.flatMap((line) => {
    const code = normaliseCode(line.needed('code'))
    const name = line.needed('name')
    const sector = readSector(line)
    const openedOn = line.day('openedOn')
    if (openedOn && openedOn > today) line.report('openedOn', { code: 'registry.dayAhead' })
    const earlier = isNewCode(code, line.row)
    if (earlier) line.report('code', { code: 'registry.branchTwice', params: { code, row: earlier } })
    const sameName = earlier ? undefined : isNewName(name, line.row)
    if (sameName) line.report('name', { code: 'registry.branchNameTwice', params: { row: sameName } })
    if (line.failed || !sector) return []
    return [{ row: line.row, code, name, sector, openedOn }]
  })
}

function readSector(line: LineReader<BranchColumn>) {
  if (line.needed('sector') === '') return undefined
  return line.optional('sector', (text) => {
    const sector = recogniseSector(text)
    return sector ? ok(sector) : fail('registry.sectorUnknown', { value: text, known })
  })
}
