import { formatNumber } from './formats.ts'
import type { EvaluationPack, Level } from './packs/schema.ts'
import { fail, ok, type Result } from './result.ts'
import { recogniser, type Term, titleKey } from './vocabulary.ts'

/** One person's result as it was written: any mix of points, letter and level. */
export interface WrittenResult {
  readonly score?: string | number | null
  readonly grade?: string | null
  readonly level?: string | null
  /** A ground of the pack that overrides the score. */
  readonly disqualifier?: string | null
}

export interface Evaluation {
  readonly level: Level
  readonly score?: number
  readonly grade?: string
  /** The ground that overrode the rest, as the pack words it. */
  readonly disqualifier?: string
}

/** The levels with the ways workbooks write them; the first is the official wording, the third the short one. */
export const levelTitles = [
  { code: 'excellent', titles: ['Hoàn thành xuất sắc nhiệm vụ', 'Hoàn thành xuất sắc', 'Xuất sắc', 'HTXSNV', 'HTXS'] },
  { code: 'good', titles: ['Hoàn thành tốt nhiệm vụ', 'Hoàn thành tốt', 'Tốt', 'HTTNV', 'HTT'] },
  { code: 'completed', titles: ['Hoàn thành nhiệm vụ', 'HTNV', 'Hoàn thành', 'HT'] },
  {
    code: 'notCompleted',
    titles: ['Không hoàn thành nhiệm vụ', 'Chưa hoàn thành nhiệm vụ', 'Không hoàn thành', 'KHTNV', 'KHT'],
  },
] as const satisfies readonly Term<Level>[]

/** The level a written text names, in full or short, with or without diacritics; nothing for anything else. */
export const recogniseLevel = recogniser<Level>(levelTitles)

/** The official wording of a level. */
export function titleOfLevel(level: Level): string {
  return levelTitles.find(({ code }) => code === level)?.titles[0] ?? level
}

/** Points as written, `92`, `92,5` or 92.5, as a number, or nothing. Range is the pack's affair. */
export function readScore(written: string | number): number | undefined {
  const text = String(written)
    .trim()
    .replace(/\s*điểm$/i, '')
    .replace(',', '.')
  return /^-?\d{1,6}(\.\d{1,10})?$/.test(text) ? Math.round(Number(text) * 100) / 100 : undefined
}

/**
 * The one level that what was written stands for, under a pack. A letter column that holds a level's name is read as the
 * level. A ground of the pack overrides the rest. Fails with `evaluation.nothingGiven`, `.noPoints`, `.scoreUnreadable`,
 * `.scoreOutOfRange`, `.partOutOfRange`, `.gradeUnknown`, `.levelUnknown`, `.disqualifierUnknown`, `.gradeDisagrees` (letter
 * against score), `.levelDisagrees` (level against score or letter).
 */
export function deriveLevel(pack: EvaluationPack, written: WrittenResult): Result<Evaluation> {
  const score = scoreOf(pack, written.score)
  if (!score.ok) return score
  const grade = gradeOf(pack, written.grade)
  if (!grade.ok) return grade
  const level = levelOf(pack, written.level)
  if (!level.ok) return level

  const points = score.value === undefined ? {} : { score: score.value }
  if (written.disqualifier?.trim()) {
    const ground = disqualifierOf(pack, written.disqualifier)
    const last = pack.bands.at(-1)
    if (!ground || !last) return fail('evaluation.disqualifierUnknown', { value: written.disqualifier.trim() })
    return ok({ level: last.level, disqualifier: ground, ...points, ...(last.grade && { grade: last.grade }) })
  }

  const byScore = score.value === undefined ? undefined : bandAt(pack, score.value)
  const byGrade = grade.value
  if (byScore && byGrade && !byGrade.bands.includes(byScore)) {
    const params = {
      score: formatNumber(score.value ?? 0),
      grade: byGrade.title,
      expected: byScore.grade ?? byScore.level,
    }
    return fail('evaluation.gradeDisagrees', params)
  }
  const found = byScore ? [byScore] : byGrade?.bands
  if (found && level.value && found.every((band) => band.level !== level.value)) {
    const given = score.value === undefined ? (byGrade?.title ?? '') : formatNumber(score.value)
    return fail('evaluation.levelDisagrees', { given, level: level.value, expected: found[0]?.level ?? '' })
  }
  const bands = found ?? pack.bands.filter((band) => band.level === level.value)
  const [band] = bands
  if (!band) return fail('evaluation.nothingGiven')
  // A level that two letters share names neither.
  const letter = bands.length === 1 ? band.grade : undefined
  return ok({ level: band.level, ...points, ...(letter && { grade: letter }) })
}

/** The ground that a written text names, in full, in short or by its number in the pack, as the pack words it. */
export function disqualifierOf(pack: EvaluationPack, written: string): string | undefined {
  const key = titleKey(written)
  return pack.disqualifiers.find(
    ({ title, short }, index) => titleKey(title) === key || titleKey(short) === key || key === String(index + 1),
  )?.title
}

type Band = EvaluationPack['bands'][number]

function scoreOf(pack: EvaluationPack, written: string | number | null | undefined): Result<number | undefined> {
  if (written === null || written === undefined || String(written).trim() === '') return ok(undefined)
  if (pack.maximum === undefined) return fail('evaluation.noPoints', { value: written })
  const parts = String(written).split('+')
  if (pack.parts && parts.length === pack.parts.length) return sumOf(pack.parts, parts, String(written))
  const score = readScore(written)
  if (score === undefined) return fail('evaluation.scoreUnreadable', { value: written })
  if (score < 0 || score > pack.maximum) {
    return fail('evaluation.scoreOutOfRange', { value: formatNumber(score), maximum: pack.maximum })
  }
  return ok(score)
}

/** `28+62`: each part within what the pack gives it. */
function sumOf(parts: NonNullable<EvaluationPack['parts']>, written: readonly string[], value: string): Result<number> {
  let sum = 0
  for (const [index, { name, maximum }] of parts.entries()) {
    const points = readScore(written[index] ?? '')
    if (points === undefined) return fail('evaluation.scoreUnreadable', { value })
    if (points < 0 || points > maximum) {
      return fail('evaluation.partOutOfRange', { name, value: formatNumber(points), maximum })
    }
    sum += points
  }
  return ok(Math.round(sum * 100) / 100)
}

function gradeOf(
  pack: EvaluationPack,
  written: string | null | undefined,
): Result<{ bands: readonly Band[]; title: string } | undefined> {
  const title = written?.trim() ?? ''
  if (title === '') return ok(undefined)
  const letter = title.toLowerCase().replace(/^(xếp )?loại\s+/, '')
  const lettered = pack.bands.filter(({ grade }) => grade?.toLowerCase() === letter)
  const level = recogniseLevel(title)
  const bands = lettered.length > 0 ? lettered : pack.bands.filter((band) => band.level === level)
  if (bands.length > 0) return ok({ bands, title })
  const known = pack.bands.flatMap(({ grade }) => grade ?? [])
  return fail('evaluation.gradeUnknown', {
    value: title,
    known: (known.length > 0 ? known : shortTitles(pack)).join(', '),
  })
}

function levelOf(pack: EvaluationPack, written: string | null | undefined): Result<Level | undefined> {
  if (!written?.trim()) return ok(undefined)
  const level = recogniseLevel(written)
  const has = pack.bands.some((band) => band.level === level)
  return level && has
    ? ok(level)
    : fail('evaluation.levelUnknown', { value: written.trim(), known: shortTitles(pack).join(', ') })
}

function shortTitles(pack: EvaluationPack): string[] {
  return levelTitles.flatMap(({ code, titles }) =>
    pack.bands.some(({ level }) => level === code) ? (titles[2] ?? []) : [],
  )
}

function bandAt(pack: EvaluationPack, score: number): Band {
  const band = pack.bands.find(({ atLeast = 0 }) => score >= atLeast)
  if (!band) throw new RangeError(`No band of ${pack.id} holds ${score}`)
  return band
}
