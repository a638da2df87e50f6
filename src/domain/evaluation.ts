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
  readonly disqualifier?: string
}

/** The levels with the ways workbooks write them; the first is the official wording. */
export const levelTitles = [
  { code: 'excellent', titles: ['Hoàn thành xuất sắc nhiệm vụ', 'Hoàn thành xuất sắc', 'Xuất sắc', 'HTXSNV', 'HTXS'] },
  { code: 'good', titles: ['Hoàn thành tốt nhiệm vụ', 'Hoàn thành tốt', 'Tốt', 'HTTNV', 'HTT'] },
  { code: 'completed', titles: ['Hoàn thành nhiệm vụ', 'Hoàn thành', 'HTNV', 'HT'] },
  {
    code: 'notCompleted',
    titles: ['Không hoàn thành nhiệm vụ', 'Không hoàn thành', 'Chưa hoàn thành nhiệm vụ', 'KHTNV', 'KHT'],
  },
] as const satisfies readonly Term<Level>[]

/** The level a written text names, in full or short, with or without diacritics; nothing for anything else. */
export const recogniseLevel = recogniser<Level>(levelTitles)

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
 * level. Fails with `evaluation.nothingGiven`, `.scoreUnreadable`, `.scoreOutOfRange`, `.gradeUnknown`, `.levelUnknown`,
 * `.disqualifierUnknown`, `.gradeDisagrees` (letter against score), `.levelDisagrees` (level against score or letter).
 */
export function deriveLevel(pack: EvaluationPack, written: WrittenResult): Result<Evaluation> {
  const score = scoreOf(pack, written.score)
  if (!score.ok) return score
  const grade = gradeOf(pack, written.grade)
  if (!grade.ok) return grade
  const level = levelOf(written.level)
  if (!level.ok) return level

  const points = score.value === undefined ? {} : { score: score.value }
  if (written.disqualifier) {
    if (!pack.disqualifiers.includes(written.disqualifier)) {
      return fail('evaluation.disqualifierUnknown', { value: written.disqualifier })
    }
    return ok({ level: 'notCompleted', disqualifier: written.disqualifier, ...points })
  }

  const byScore = score.value === undefined ? undefined : bandAt(pack, score.value)
  const byGrade = grade.value
  if (byScore && byGrade && byScore.level !== byGrade.level) {
    const params = {
      score: formatNumber(score.value ?? 0),
      grade: byGrade.title,
      expected: byScore.grade ?? byScore.level,
    }
    return fail('evaluation.gradeDisagrees', params)
  }
  const found = byScore ?? byGrade
  if (found && level.value && found.level !== level.value) {
    const given = score.value === undefined ? (byGrade?.title ?? '') : formatNumber(score.value)
    return fail('evaluation.levelDisagrees', { given, level: level.value, expected: found.level })
  }
  const final = found?.level ?? level.value
  if (!final) return fail('evaluation.nothingGiven')
  const letter = pack.bands.find((band) => band.level === final)?.grade
  return ok({ level: final, ...points, ...(letter && { grade: letter }) })
}

function scoreOf(pack: EvaluationPack, written: string | number | null | undefined): Result<number | undefined> {
  if (written === null || written === undefined || String(written).trim() === '') return ok(undefined)
  const score = readScore(written)
  if (score === undefined) return fail('evaluation.scoreUnreadable', { value: written })
  if (score < 0 || score > pack.maximum) {
    return fail('evaluation.scoreOutOfRange', { value: formatNumber(score), maximum: pack.maximum })
  }
  return ok(score)
}

function gradeOf(
  pack: EvaluationPack,
  written: string | null | undefined,
): Result<{ level: Level; title: string } | undefined> {
  const title = written?.trim() ?? ''
  if (title === '') return ok(undefined)
  const key = titleKey(title).replace(/^loai /, '')
  const level = pack.bands.find((band) => band.grade?.toLowerCase() === key)?.level ?? recogniseLevel(title)
  if (level) return ok({ level, title })
  return fail('evaluation.gradeUnknown', {
    value: title,
    known: pack.bands.flatMap((band) => band.grade ?? []).join(', '),
  })
}

function levelOf(written: string | null | undefined): Result<Level | undefined> {
  if (!written?.trim()) return ok(undefined)
  const level = recogniseLevel(written)
  return level ? ok(level) : fail('evaluation.levelUnknown', { value: written.trim() })
}

function bandAt(pack: EvaluationPack, score: number): EvaluationPack['bands'][number] {
  const band = pack.bands.find((candidate) => score >= candidate.atLeast)
  if (!band) throw new RangeError(`No band of ${pack.id} holds ${score}`)
  return band
}
