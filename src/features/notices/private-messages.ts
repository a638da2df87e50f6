import { formatNumber } from '../../domain/formats.ts'
import { levels } from '../../domain/packs/schema.ts'
import { formatPeriod } from '../../domain/period.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { GroupTrust } from '../linking/index.ts'
import { printedNumber } from './issue-number.ts'
import type { MonthsBeside } from './months-beside.ts'
import { nameLines, numberLine, printedOf, titleOfNotice, withGrade } from './notice-messages.ts'
import type { EvaluationNotice, ResultLine } from './notice-view.ts'

/** A cadre's own result, in their private chat. */
export function ownResultMessage(
  texts: Texts,
  view: Pick<EvaluationNotice, 'period' | 'number' | 'issuedOn' | 'issuer'>,
  line: ResultLine,
  months: MonthsBeside | null,
): Message {
  const title = texts('notices:ownTitle', { period: formatPeriod(view.period) })
  return {
    ...titled(
      title,
      numberLine(texts, view),
      line.corrects !== null && texts('notices:ownCorrects', { number: printedNumber(texts, line.corrects) }),
      texts('notices:issuer', view.issuer),
      '',
      texts('notices:ownName', { name: line.fullName }),
      ...resultLines(texts, line),
      ...monthLines(texts, line, months),
    ),
    ...(months === null ? {} : { buttons: [[{ text: texts('notices:labelOwnResults'), data: 'menu:ketquacuatoi' }]] }),
    protect: true,
  }
}

/** Names and levels of the branch's cadres, in a member's private chat. */
export function levelsMessage(texts: Texts, view: EvaluationNotice, months: MonthsBeside | null): Message {
  return {
    ...titled(
      titleOfNotice(texts, view),
      numberLine(texts, view),
      view.branchName,
      texts('notices:issuer', view.issuer),
      '',
      ...nameLines(texts, view).flatMap((told, index) => {
        const line = view.results[index]
        return [told, ...(line ? monthLines(texts, line, months) : [])]
      }),
      '',
      texts('notices:detailPrivate'),
    ),
    protect: true,
  }
}

/** To the secretary in private: why the group reads no names. */
export function unnamedMessage(texts: Texts, view: EvaluationNotice, trust: GroupTrust): Message {
  const { strangers, movedAway, unseen, asOf } = trust
  const title = texts('notices:unnamedTitle', { number: printedOf(texts, view) })
  // Everybody is known, so it is the ward that wants no names in groups.
  if (trust.everyoneKnown) return titled(title, view.branchName, '', texts('notices:unnamedChosen'))
  const unknown = strangers.length + unseen
  return titled(
    title,
    view.branchName,
    '',
    texts('notices:unnamedBecause'),
    unknown > 0 && texts('notices:unnamedUnknown', { count: unknown }),
    movedAway.length > 0 && texts('notices:unnamedMoved', { count: movedAway.length }),
    unknown + movedAway.length === 0 && texts(asOf ? 'notices:unnamedOld' : 'notices:unnamedUnchecked'),
    '',
    texts('notices:unnamedRemedy'),
  )
}

/** Scores and remarks, for those who may see them, in their private chat. */
export function detailMessage(
  texts: Texts,
  view: EvaluationNotice,
  results: readonly ResultLine[],
  months: MonthsBeside | null,
): Message {
  const title = texts('notices:detailTitle', { period: formatPeriod(view.period) })
  const people = results.flatMap((line, index) => [
    '',
    `${index + 1}. ${texts('notices:comrade', { name: line.fullName })}`,
    ...resultLines(texts, line),
    ...monthLines(texts, line, months),
  ])
  return {
    ...titled(title, numberLine(texts, view), view.branchName, ...people, '', texts('notices:detailPrivate')),
    protect: true,
  }
}

function resultLines(texts: Texts, { level, grade, score, disqualifier, remark, correctedBy }: ResultLine): string[] {
  return [
    ...(correctedBy === null ? [] : [texts('notices:ownCorrectedBy', { number: printedNumber(texts, correctedBy) })]),
    texts('notices:ownLevel', { level: texts(`domain:levels.${level}`) }),
    ...(grade === null ? [] : [texts('notices:ownGrade', { grade })]),
    ...(score === null ? [] : [texts('notices:ownScore', { score: formatNumber(score) })]),
    ...(disqualifier === null ? [] : [texts('notices:ownDisqualifier', { reason: disqualifier })]),
    ...(remark === null ? [] : [texts('notices:ownRemark', { remark })]),
  ]
}

/** The twelve months beside a year, those alike together: `tháng 1, 2, 5: tốt (loại B)`. */
function monthLines(texts: Texts, { personId }: ResultLine, months: MonthsBeside | null): string[] {
  const own = months?.get(personId)
  if (!own) return []
  const said = levels.flatMap((level) => {
    const alike = own.flatMap((one, index) => (one?.level === level ? [{ month: index + 1, grade: one.grade }] : []))
    return [...Map.groupBy(alike, ({ grade }) => grade)].map(([grade, found]) =>
      texts('notices:monthsLine', {
        months: found.map(({ month }) => month).join(', '),
        level: withGrade(texts, texts(`notices:shortLevels.${level}`), grade),
      }),
    )
  })
  return said.length > 0 ? [texts('notices:monthsTitle'), ...said] : [texts('notices:monthsNone')]
}
