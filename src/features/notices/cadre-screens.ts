import { formatNumber } from '../../domain/formats.ts'
import { levels } from '../../domain/packs/schema.ts'
import { formatPeriod, type Period, periodKind } from '../../domain/period.ts'
import { drawBars } from '../../platform/chart.ts'
import { type Button, lines, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { printedNumber } from './issue-number.ts'
import { latestMonth, type PersonResult, twelveMonths } from './person-results.ts'
import type { CadreView } from './view-cadre.ts'

const shownResults = 14

/** A cadre's own results as a table, newest first, with the way to say something on the newest. */
export function ownResultsMessage(texts: Texts, results: readonly PersonResult[]): Message {
  const [newest] = results
  const comment: Button[][] =
    newest && newest.comment === null
      ? [
          [
            {
              text: texts('notices:commentButton', { period: formatPeriod(newest.period) }),
              data: `ncomment:${newest.entryId}`,
            },
          ],
        ]
      : []
  return {
    ...titled(
      texts('notices:ownResultsTitle'),
      ...table(texts, results),
      newest?.remark && lines('', texts('notices:ownRemark', { remark: newest.remark })),
      newest?.branchRemark && lines('', branchSays(texts, newest.branchRemark)),
      newest?.comment && lines('', texts('notices:youSaid', { text: newest.comment })),
    ),
    ...(comment.length > 0 ? { buttons: comment } : {}),
    protect: true,
  }
}

/** Both sides of a cadre on one screen. */
export function cadreMessage(texts: Texts, { name, results, remarkable }: CadreView): Message {
  const sides = results.slice(0, 3).flatMap(({ period, remark, branchRemark, comment }) => {
    const said = [
      remark && texts('notices:wardSays', { text: remark }),
      branchRemark && branchSays(texts, branchRemark),
      comment && texts('notices:cadreSays', { text: comment }),
    ].filter((line) => typeof line === 'string' && line !== '')
    return said.length > 0 ? ['', texts('notices:sidesOf', { period: formatPeriod(period) }), ...said] : []
  })
  const remark: Button[][] = remarkable
    ? [
        [
          {
            text: texts('notices:remarkButton', { period: formatPeriod(remarkable.period) }),
            data: `nremark:${remarkable.entryId}`,
          },
        ],
      ]
    : []
  return {
    ...titled(
      texts('notices:cadreTitle', { name }),
      ...(results.length === 0 ? [texts('notices:noResultsYet')] : table(texts, results)),
      ...sides,
    ),
    ...(remark.length > 0 ? { buttons: remark } : {}),
    protect: true,
  }
}

/** The twelve months up to the newest as a picture; null where no month has a result. */
export function yearPicture(texts: Texts, results: readonly PersonResult[]): Uint8Array | null {
  const last = latestMonth(results)
  if (last === null) return null
  const rank = (result: PersonResult) => levels.length - levels.indexOf(result.level)
  return drawBars({
    title: texts('notices:yearPicture', { period: formatPeriod(last) }),
    bars: twelveMonths(results, last).map(({ period, result }) => ({
      label: `${Number(period.slice(5))}/${period.slice(2, 4)}`,
      value: result ? rank(result) : null,
      color: result ? colours[result.level] : colours.completed,
    })),
    maximum: levels.length,
    scale: (value) => {
      const level = levels[levels.length - value]
      return level ? texts(`notices:shortLevels.${level}`) : ''
    },
  })
}

/** Told apart by people who see no red and green by their heights, which say the same. */
const colours = { excellent: '#1d4f91', good: '#2f6f4f', completed: '#b7791f', notCompleted: '#9b1c1c' } as const

export function commentMessage(texts: Texts, said: { period: Period; name: string; text: string }): Message {
  return titled(texts('notices:commentTitle', { ...said, period: formatPeriod(said.period) }), '', said.text)
}

export function remarkMessage(
  texts: Texts,
  said: { period: Period; name: string; branch: string; by: string; title: string; text: string },
): Message {
  const { name, branch, by, title, text } = said
  return {
    ...titled(
      texts('notices:remarkTitle', { period: formatPeriod(said.period), name }),
      texts('notices:remarkFrom', { branch, by, title }),
      '',
      text,
    ),
    protect: true,
  }
}

function branchSays(texts: Texts, { text, name, title }: NonNullable<PersonResult['branchRemark']>): string {
  return texts('notices:branchSays', { text, name, title })
}

/** `tháng 11/2026: tốt (82,5 điểm)`, months first, then quarters and years. */
function table(texts: Texts, results: readonly PersonResult[]): string[] {
  const months = results.filter(({ period }) => periodKind(period) === 'month').slice(0, shownResults)
  const others = results.filter(({ period }) => periodKind(period) !== 'month').slice(0, shownResults)
  return [...months, ...others].map(({ period, level, score, number }) => {
    const words = texts(`notices:shortLevels.${level}`)
    const result =
      score === null ? words : texts('notices:levelWithScore', { level: words, score: formatNumber(score) })
    return texts('notices:resultRow', { period: formatPeriod(period), result, number: printedNumber(texts, number) })
  })
}
