import type { Evaluation } from '../../../domain/evaluation.ts'
import type { EvaluationPack } from '../../../domain/packs/schema.ts'

const mostOffered = 10
const steps = [1, 2, 5, 10, 20, 50, 100]

/** Round scores of the band that a result stands for, at most ten, to be tapped; any other is typed. */
export function scoresOffered({ bands, maximum }: EvaluationPack, { level, grade }: Evaluation): number[] {
  if (maximum === undefined) return []
  const at = bands.findIndex((band) => band.level === level && (grade === undefined || band.grade === grade))
  const from = bands[at]?.atLeast
  if (from === undefined) return []
  const above = bands[at - 1]?.atLeast
  const isIn = (score: number) => (above === undefined ? score <= maximum : score < above)
  const inSteps = (step: number) => {
    const scores: number[] = []
    for (let score = from; isIn(score); score += step) scores.push(score)
    return scores
  }
  return steps.map(inSteps).find((scores) => scores.length <= mostOffered) ?? [from]
}
