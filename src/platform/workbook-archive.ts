import { strFromU8, unzipSync } from 'fflate'
import { fail, ok, type Result } from '../domain/result.ts'

/** Unpacked, a workbook of 20 MB of real rows stays well below this; what goes beyond was made to exhaust the machine. */
const maximumUnpackedBytes = 300_000_000
/** Rows times columns of one sheet. A ward of 5,000 members fills 65,000. */
const maximumCells = 2_000_000

/** A sheet that is only read by people may be laid out freely. */
export const notesSheet = 'Hướng dẫn'

/**
 * Looks into the packed file before it is parsed: is it a workbook, does it stay within bounds, are cells merged?
 * Merged cells and broken formulas are refused because they read as empty, so a value would be missing without a word.
 */
export function inspectArchive(data: Uint8Array): Result<true> {
  const parts = unpack(data)
  if (!parts.ok) return parts
  const read = (path: string) => strFromU8(parts.value[path] ?? new Uint8Array())
  const workbook = read('xl/workbook.xml')
  if (workbook === '') return fail('common.workbook.notExcel')
  const paths = new Map(
    elements(read('xl/_rels/workbook.xml.rels'), 'Relationship').map((one) => [one.Id, pathOf(one.Target ?? '')]),
  )
  for (const sheet of elements(workbook, 'sheet')) {
    const name = plainText(sheet.name ?? '')
    const xml = read(paths.get(sheet['r:id'] ?? sheet.id) ?? '')
    if (name === notesSheet) continue
    if (extent(xml) > maximumCells) return fail('common.workbook.tooManyCells', { sheet: name })
    const merged = elements(xml, 'mergeCell').at(0)?.ref
    const broken = brokenCells(xml)
    if (broken.length > 0) return fail('common.workbook.brokenFormula', { sheet: name, cells: broken.join(', ') })
    if (merged !== undefined) return fail('common.workbook.mergedCells', { sheet: name, range: merged })
  }
  return ok(true)
}

function unpack(data: Uint8Array): Result<Record<string, Uint8Array>> {
  let unpackedBytes = 0
  try {
    const parts = unzipSync(data, {
      filter: ({ name, originalSize }) => {
        unpackedBytes += originalSize
        if (unpackedBytes > maximumUnpackedBytes) throw new RangeError('too large unpacked')
        return /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/.test(name)
      },
    })
    return ok(parts)
  } catch (error) {
    return error instanceof RangeError ? fail('common.workbook.tooLarge') : fail('common.workbook.notExcel')
  }
}

/** The attributes of every element of that name, whatever its namespace prefix. */
function elements(xml: string, name: string): Record<string, string | undefined>[] {
  const tags = xml.matchAll(new RegExp(`<(?:\\w+:)?${name}\\s([^>]*)>`, 'g'))
  return [...tags].map(([, inside]) =>
    Object.fromEntries([...(inside ?? '').matchAll(/([\w:]+)\s*=\s*"([^"]*)"/g)].map(([, key, value]) => [key, value])),
  )
}

/** Targets are relative to `xl/` or, beginning with a slash, to the archive. */
function pathOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`
}

/** How many cells the sheet spans, from the first to the farthest that is written. */
function extent(xml: string): number {
  let rows = 0
  let columns = 0
  for (const [, letters, row] of xml.matchAll(/<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)(\d+)"/g)) {
    rows = Math.max(rows, Number(row))
    columns = Math.max(columns, columnNumber(letters ?? ''))
  }
  return rows * columns
}

/** The first cells whose formula has no value (#N/A, #REF!): they too would read as empty. */
function brokenCells(xml: string): string[] {
  const cells = xml.matchAll(/<(?:\w+:)?c\s(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+\d+)"/g)
  return [...cells.take(5)].flatMap(([, cell]) => cell ?? [])
}

function columnNumber(letters: string): number {
  return [...letters].reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0)
}

function plainText(text: string): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal, hex, name) => {
    if (decimal) return String.fromCodePoint(Number(decimal))
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16))
    return named[name] ?? whole
  })
}
