import { titleOfLevel } from '../../../domain/evaluation.ts'
import { formatNumber } from '../../../domain/formats.ts'
import type { EvaluationPack } from '../../../domain/packs/schema.ts'
import type { Texts } from '../../../platform/texts.ts'

/** The rules as people read them: in chat, and beside the sheet that is to be filled in. */
export function schemeLines(texts: Texts, pack: EvaluationPack): string[] {
  const { instrument, maximum, parts, bands, cap, disqualifiers, periods } = pack
  return [
    texts('schemes:instrument', { number: instrument.number, year: instrument.year, name: instrument.name }),
    ...(periods ? [texts('schemes:periods', { kinds: kindsOf(texts, periods) })] : []),
    ...(maximum === undefined ? [] : [pointsLine(texts, maximum, parts)]),
    ...bands.map(({ level, grade, atLeast }) => {
      const title = titleOfLevel(level)
      const named = grade === undefined ? title : texts('schemes:bandWithGrade', { grade, level: title })
      return atLeast === undefined ? named : texts('schemes:bandFrom', { band: named, points: formatNumber(atLeast) })
    }),
    ...(cap ? [capLine(texts, cap)] : []),
    ...(disqualifiers.length > 0 ? [texts('schemes:grounds')] : []),
    ...disqualifiers.map(({ title }, index) => `${index + 1}. ${title}`),
  ]
}

export function kindsOf(texts: Texts, kinds: readonly ('month' | 'quarter' | 'year')[]): string {
  return kinds.map((kind) => texts(`schemes:kinds.${kind}`)).join(', ')
}

function pointsLine(texts: Texts, maximum: number, parts: EvaluationPack['parts']): string {
  if (!parts) return texts('schemes:points', { maximum })
  const sum = parts.map(({ name, maximum: most }) => texts('schemes:part', { name, maximum: most })).join(' + ')
  return texts('schemes:pointsOfParts', { maximum, parts: sum })
}

function capLine(texts: Texts, { percent, of, outstandingUnitPercent }: NonNullable<EvaluationPack['cap']>): string {
  const most = { percent: formatNumber(percent) }
  const line = of === 'good' ? texts('schemes:capOfGood', most) : texts('schemes:capOfRated', most)
  if (outstandingUnitPercent === undefined) return line
  return texts('schemes:capOutstanding', { line, percent: formatNumber(outstandingUnitPercent) })
}
