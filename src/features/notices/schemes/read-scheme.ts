import { readScore, recogniseLevel } from '../../../domain/evaluation.ts'
import { searchKey } from '../../../domain/names.ts'
import { type EvaluationPack, levels, packSchema } from '../../../domain/packs/schema.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'

type Bands = EvaluationPack['bands']
type Cap = NonNullable<EvaluationPack['cap']>

const mostPoints = 100
const longestGround = 200
const shortGround = 40

/**
 * Reads a scheme's bands, the best first, one a line: letter, level and points in any mix, "A – Xuất sắc – 90", "B – Tốt",
 * "Hoàn thành". Fails with `schemes.bandUnreadable` {line, value}, `.bandOrder`, `.bandLetters`, `.bandPoints`, `.bandCount`.
 */
export function readBands(text: string): Result<{ bands: Bands; maximum?: number }> {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
  if (lines.length < 2 || lines.length > 10) return fail('schemes.bandCount')
  const bands: Bands = []
  for (const [index, line] of lines.entries()) {
    const band = readBand(line)
    if (!band) return fail('schemes.bandUnreadable', { line: index + 1, value: line.slice(0, 60) })
    bands.push(band)
  }
  const ranks = bands.map(({ level }) => levels.indexOf(level))
  if (ranks.some((rank, index) => index > 0 && rank < (ranks[index - 1] ?? 0))) return fail('schemes.bandOrder')
  const grades = bands.flatMap(({ grade }) => grade ?? [])
  const points = bands.flatMap(({ atLeast }) => atLeast ?? [])
  if (grades.length > 0 && new Set(grades).size < bands.length) return fail('schemes.bandLetters')
  if (points.length === 0 && grades.length === 0 && new Set(ranks).size < bands.length)
    return fail('schemes.bandLetters')
  if (points.length === 0) return ok({ bands })
  const falls = points.every((from, index) => from < (points[index - 1] ?? mostPoints + 1))
  return points.length === bands.length && falls && points.at(-1) === 0
    ? ok({ bands, maximum: mostPoints })
    : fail('schemes.bandPoints')
}

function readBand(line: string): Bands[number] | null {
  let [level, grade, atLeast]: [Bands[number]['level'] | undefined, string | undefined, number | undefined] = [
    undefined,
    undefined,
    undefined,
  ]
  const fields = line.split(/\s*[\t;|–—]\s*|\s+-+\s+|:\s+|,(?!\d)\s*/).filter((field) => field !== '')
  for (const field of fields) {
    const score = readScore(field.replace(/^từ\s+/i, ''))
    const found = recogniseLevel(field)
    if (score !== undefined && score >= 0 && atLeast === undefined) atLeast = score
    else if (found && level === undefined) level = found
    else if (/^\S{1,5}$/.test(field) && grade === undefined) grade = field
    else return null
  }
  if (!level) return null
  return { level, ...(grade === undefined ? {} : { grade }), ...(atLeast === undefined ? {} : { atLeast }) }
}

/** `20% số tốt`, `30 % số được đánh giá`. Fails with `schemes.capUnreadable`. */
export function readCap(text: string): Result<Cap> {
  const words = searchKey(text)
  const percent = /(\d{1,3})(?:[.,](\d))?\s*%?/.exec(words)
  const of = /\btot\b/.test(words) ? 'good' : /danh gia|xep loai|tong/.test(words) ? 'rated' : null
  const value = percent ? Number(`${percent[1]}.${percent[2] ?? 0}`) : Number.NaN
  return of && value > 0 && value <= 100 ? ok({ percent: value, of }) : fail('schemes.capUnreadable')
}

/** One ground a line. Fails with `schemes.groundTooLong` {line, longest}, `.groundTwice` {line}. */
export function readGrounds(text: string): Result<EvaluationPack['disqualifiers']> {
  const titles = text
    .split(/\r?\n/)
    .map((line) => line.replace(/^\s*\(?\d{1,2}[.)]\s*/, '').trim())
    .filter((line) => line !== '')
  const tooLong = titles.findIndex((title) => title.length > longestGround)
  if (tooLong >= 0) return fail('schemes.groundTooLong', { line: tooLong + 1, longest: longestGround })
  const keys = titles.map(searchKey)
  const twice = keys.findIndex((key, index) => keys.indexOf(key) < index)
  if (twice >= 0) return fail('schemes.groundTwice', { line: twice + 1 })
  return ok(titles.map((title) => ({ title, short: title.slice(0, shortGround).trim() })))
}

/** `12-QĐ/ĐU, 2026` or `12-QĐ/ĐU năm 2026`. Fails with `schemes.instrumentUnreadable`. */
export function readInstrument(text: string): Result<{ number: string; year: number }> {
  const found = /^\s*(?:số\s+)?([\p{L}\d][\p{L}\d/.-]{1,30})[\s,;]+(?:năm\s+)?((?:19|20)\d\d)\s*$/iu.exec(
    text.normalize('NFC'),
  )
  return found ? ok({ number: found[1] ?? '', year: Number(found[2]) }) : fail('schemes.instrumentUnreadable')
}

/** A scheme as what a JSON document holds. Fails with `schemes.jsonWrong` {where}. */
export function readSchemeDocument(document: unknown): Result<EvaluationPack> {
  const read = packSchema.safeParse(document)
  if (!read.success) return fail('schemes.jsonWrong', { where: read.error.issues[0]?.path.join('.') || 'kind' })
  return read.data.kind === 'evaluation' ? ok(read.data) : fail('schemes.jsonWrong', { where: 'kind' })
}
