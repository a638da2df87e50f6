import type { Evaluation } from '../../domain/evaluation.ts'
import { formatNumber } from '../../domain/formats.ts'
import type { Texts } from '../../platform/texts.ts'

/** A result in a few words: `tốt (82,5 điểm)`, `loại B, tốt`. */
export function resultWords(texts: Texts, { level, grade, score }: Evaluation): string {
  const short = texts(`notices:shortLevels.${level}`)
  const words = grade === undefined ? short : texts('notices:gradeAndLevel', { grade, level: short })
  return score === undefined ? words : texts('notices:levelWithScore', { level: words, score: formatNumber(score) })
}
