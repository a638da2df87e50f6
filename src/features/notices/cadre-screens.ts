import { formatNumber } from '../../domain/formats.ts'
import { levels } from '../../domain/packs/schema.ts'
import { formatPeriod, type Period, periodKind } from '../../domain/period.ts'
import { drawBars } from '../../platform/chart.ts'
import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { printedNumber } from './issue-number.ts'
import { withGrade } from './notice-messages.ts'
import { asMonth, latestMonth, type PersonResult, twelveMonths, yearBeside } from './person-results.ts'
import type { CadreView } from './view-cadre.ts'

const shownResults = 14

/** A cadre's own results as a table, newest first, with the way to say something on the newest month, quarter and year. */
export function ownResultsMessage(texts: Texts, results: readonly PersonResult[]): Message {
  const newest = newestOfEachKind(results)
  const comment = newest.flatMap(({ entryId, period, comment: said }): Button[][] =>
    said === null
      ? [
          [
            {
              text: texts('notices:commentButton', { period: formatPeriod(period) }),
              data: `ncomment:${entryId}`,
            },
          ],
        ]
      : [],
  )
  const said = newest.flatMap((result) => {
    const { period, remark, branchRemark, comment: own } = result
    const lines = [
      remark && texts('notices:ownRemark', { remark }),
      branchRemark && branchSays(texts, branchRemark),
      own && texts('notices:youSaid', { text: own }),
    ].filter((line) => typeof line === 'string' && line !== '')
    const head = newest.length > 1 ? [texts('notices:sidesOf', { period: formatPeriod(period) })] : []
    return lines.length > 0 ? ['', ...head, ...lines] : []
  })
  return {
    ...titled(texts('notices:ownResultsTitle'), ...table(texts, results), ...said),
    ...(comment.length > 0 ? { buttons: comment } : {}),
    protect: true,
  }
}

function newestOfEachKind(results: readonly PersonResult[]): PersonResult[] {
  const kinds = new Map<string, PersonResult>()
  for (const result of results) {
    const kind = periodKind(result.period)
    if (!kinds.has(kind)) kinds.set(kind, result)
  }
  return [...kinds.values()]
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

/**
 * Twelve months as a picture: those of the year with its own result beside them where that is the newest, else those up to
 * the newest month. Null where no month has a result.
 */
export function yearPicture(texts: Texts, results: readonly PersonResult[]): Uint8Array | null {
  const newest = latestMonth(results)
  if (newest === null) return null
  const year = yearBeside(results, newest)
  const last = year === null ? newest : asMonth(year.period, 12)
  const rank = (result: PersonResult) => levels.length - levels.indexOf(result.level)
  const bar = (label: string, result: PersonResult | null) => ({
    label,
    value: result ? rank(result) : null,
    color: result ? colours[result.level] : colours.completed,
  })
  return drawBars({
    title:
      year === null
        ? texts('notices:yearPicture', { period: formatPeriod(last) })
        : texts('notices:wholeYearPicture', { period: formatPeriod(year.period) }),
    bars: [
      ...twelveMonths(results, last).map(({ period, result }) =>
        bar(`${Number(period.slice(5))}/${period.slice(2, 4)}`, result),
      ),
      ...(year === null ? [] : [bar(texts('notices:wholeYear'), year)]),
    ],
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

/** `tháng 11/2026: tốt (loại B, 82,5 điểm)`, months first, then quarters and years. */
function table(texts: Texts, results: readonly PersonResult[]): string[] {
  const months = results.filter(({ period }) => periodKind(period) === 'month').slice(0, shownResults)
  const others = results.filter(({ period }) => periodKind(period) !== 'month').slice(0, shownResults)
  return [...months, ...others].map(({ period, level, grade, score, number }) => {
    const result = resultWords(texts, texts(`notices:shortLevels.${level}`), grade, score)
    return texts('notices:resultRow', { period: formatPeriod(period), result, number: printedNumber(texts, number) })
  })
}

function resultWords(texts: Texts, level: string, grade: string | null, score: number | null): string {
  if (score === null) return withGrade(texts, level, grade)
  const told = { level, score: formatNumber(score) }
  return grade === null
    ? texts('notices:levelWithScore', told)
    : texts('notices:levelWithGradeAndScore', { ...told, grade })
}
