import type { MessageEntity } from 'grammy/types'
import { formatDate, formatDateTime, formatNumber } from '../../domain/formats.ts'
import { levels } from '../../domain/packs/schema.ts'
import { formatPeriod } from '../../domain/period.ts'
import { cutText, longestCaption, longestText } from '../../platform/long-text.ts'
import { type Button, lines, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { GroupTrust } from '../linking/index.ts'
import { printedNumber } from './issue-number.ts'
import type { MonthsBeside } from './months-beside.ts'
import type { EvaluationNotice, NoticeView, PlainWords, ResultLine } from './notice-view.ts'

/** Room under the text for who is to press, or who has. */
const tailRoom = 300

/**
 * What a branch's group reads, in as many messages as it needs; the last one carries the buttons. Of cadres it says names
 * and levels, never a score or a remark; where somebody unknown sits in the group, only how many they are.
 */
export function groupMessages(texts: Texts, view: NoticeView): [Message, ...Message[]] {
  return noticeMessages(texts, view, tail(texts, view), buttonsUnder(texts, view))
}

/** A notice in as many messages as it needs, with what stands under the last. */
export function noticeMessages(
  texts: Texts,
  view: EvaluationNotice | PlainWords,
  under: string,
  buttons: Button[][],
): [Message, ...Message[]] {
  const title = titleOfNotice(texts, view)
  const text = lines(
    title,
    view.kind === 'plain' && view.dueOn && texts('notices:dueLine', { date: formatDate(view.dueOn) }),
    numberLine(texts, view),
    correctionLine(texts, view),
    view.kind === 'evaluation' && view.branchName,
    texts('notices:issuer', view.issuer),
    '',
    ...(view.kind === 'evaluation' ? groupLines(texts, view) : [view.text]),
  ).trimEnd()
  const end = { text: under === '' ? '' : `\n\n${under}`, buttons }
  const bold = { type: 'bold' as const, offset: 0, length: title.length }
  const shared = view.kind === 'evaluation' ? { protect: true } : {}
  const file = view.kind === 'plain' ? view.file : null
  if (file && text.length + tailRoom <= longestCaption) {
    return [{ text: text + end.text, entities: [bold], file, buttons: end.buttons }]
  }
  const parts = cutText(text, longestText - tailRoom)
  const messages = parts.map((part, index): Message => {
    const isLast = index === parts.length - 1
    return {
      ...shared,
      text: isLast ? part + end.text : part,
      ...entitiesOf([...(index === 0 ? [bold] : []), ...struckIn(texts, view, part)]),
      ...(isLast ? { buttons: end.buttons } : {}),
    }
  })
  const [first = { text: '' }, ...others] = messages
  return file
    ? [{ text: texts('notices:fileOf', { number: printedOf(texts, view) }), file }, first, ...others]
    : [first, ...others]
}

/** A cadre's own result, in their private chat. */
export function ownResultMessage(
  texts: Texts,
  view: EvaluationNotice,
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

/** "Thông báo kết quả đánh giá tháng 11/2026", or whose plain notice it is. */
export function titleOfNotice(
  texts: Texts,
  view: EvaluationNotice | Pick<PlainWords, 'kind' | 'wardName' | 'corrects'>,
): string {
  if (view.kind === 'plain') {
    const title = view.corrects === null ? 'notices:plainTitle' : 'notices:plainCorrectionTitle'
    return texts(title, { committee: committeeOf(view.wardName) })
  }
  const period = formatPeriod(view.period)
  return texts(numbersCorrected(view).length > 0 ? 'notices:correctionTitle' : 'notices:evaluationTitle', { period })
}

/** Whether all of it has been corrected: then there is nothing left to confirm. */
export function isReplaced(view: NoticeView): boolean {
  if (view.kind === 'plain') return view.correctedBy !== null
  return view.results.every(({ correctedBy }) => correctedBy !== null)
}

function numbersCorrected({ results }: EvaluationNotice): number[] {
  return [...new Set(results.flatMap(({ corrects }) => corrects ?? []))].sort((a, b) => a - b)
}

export function correctionLine(texts: Texts, view: EvaluationNotice | PlainWords): string | null {
  if (view.kind === 'plain') {
    return view.corrects === null
      ? null
      : texts('notices:replacesLine', { number: printedNumber(texts, view.corrects) })
  }
  const numbers = numbersCorrected(view).map((number) => printedNumber(texts, number))
  return numbers.length > 0 ? texts('notices:correctionLine', { numbers: numbers.join(', ') }) : null
}

/** The lines of results that hold no more are struck out: the text stays as it was cut, so each message can be edited. */
function struckIn(texts: Texts, view: EvaluationNotice | PlainWords, part: string): MessageEntity[] {
  if (view.kind === 'plain') return []
  const told = nameLines(texts, view)
  return view.results.flatMap(({ correctedBy }, index) => {
    const line = told[index] ?? ''
    const offset = correctedBy === null ? -1 : part.indexOf(line)
    return offset < 0 ? [] : [{ type: 'strikethrough', offset, length: line.length }]
  })
}

function entitiesOf(entities: MessageEntity[]): Pick<Message, 'entities'> {
  return entities.length > 0 ? { entities } : {}
}

function numberLine(texts: Texts, view: Pick<NoticeView, 'number' | 'issuedOn'>): string {
  return texts('notices:numberLine', { number: printedOf(texts, view), date: formatDate(view.issuedOn) })
}

function printedOf(texts: Texts, { number }: { number: number }): string {
  return printedNumber(texts, number)
}

function groupLines(texts: Texts, view: EvaluationNotice): string[] {
  if (view.namesInGroup) return nameLines(texts, view)
  return [texts('notices:countOnly', { count: view.results.length }), texts('notices:openPrivately')]
}

/** Two of one name are told apart by their year of birth. */
function nameLines(texts: Texts, { results }: EvaluationNotice): string[] {
  const names = results.map(({ fullName }) => fullName)
  return results.map(({ fullName, birthYear, level }, index) => {
    const shared = names.filter((name) => name === fullName).length > 1 && birthYear !== null
    const name = shared ? texts('notices:nameWithYear', { name: fullName, year: birthYear }) : fullName
    return texts('notices:levelLine', { index: index + 1, name, level: texts(`domain:levels.${level}`) })
  })
}

function resultLines(texts: Texts, { level, grade, score, remark, correctedBy }: ResultLine): string[] {
  return [
    ...(correctedBy === null ? [] : [texts('notices:ownCorrectedBy', { number: printedNumber(texts, correctedBy) })]),
    texts('notices:ownLevel', { level: texts(`domain:levels.${level}`) }),
    ...(grade === null ? [] : [texts('notices:ownGrade', { grade })]),
    ...(score === null ? [] : [texts('notices:ownScore', { score: formatNumber(score) })]),
    ...(remark === null ? [] : [texts('notices:ownRemark', { remark })]),
  ]
}

/** The twelve months beside a year, those alike together: `Tháng 1, 2, 5: tốt`. */
function monthLines(texts: Texts, { personId }: ResultLine, months: MonthsBeside | null): string[] {
  const own = months?.get(personId)
  if (!own) return []
  const said = levels.flatMap((level) => {
    const numbers = own.flatMap((one, index) => (one === level ? [index + 1] : []))
    const told = { months: numbers.join(', '), level: texts(`notices:shortLevels.${level}`) }
    return numbers.length > 0 ? [texts('notices:monthsLine', told)] : []
  })
  return said.length > 0 ? [texts('notices:monthsTitle'), ...said] : [texts('notices:monthsNone')]
}

function tail(texts: Texts, view: NoticeView): string {
  return lines(correctedLine(texts, view), acknowledgementLine(texts, view))
}

/** That a later notice has taken the place of this one, or of some of its results. */
export function correctedLine(texts: Texts, view: EvaluationNotice | PlainWords): string | null {
  if (view.kind === 'plain') {
    return view.correctedBy === null
      ? null
      : texts('notices:replacedBy', { number: printedNumber(texts, view.correctedBy) })
  }
  const corrected = view.results.flatMap(({ correctedBy }) => correctedBy ?? [])
  if (corrected.length === 0) return null
  const numbers = [...new Set(corrected)].sort((a, b) => a - b).map((number) => printedNumber(texts, number))
  return texts('notices:correctedLine', { count: corrected.length, numbers: numbers.join(', ') })
}

function acknowledgementLine(texts: Texts, view: NoticeView): string | null {
  if (view.acknowledged) {
    const { name, title, at } = view.acknowledged
    return lines(
      texts('notices:acknowledgedBy', { name, title, at: formatDateTime(at) }),
      view.membersConfirm && !isReplaced(view) && texts('notices:membersToo'),
    )
  }
  if (isReplaced(view)) return null
  return texts(view.membersConfirm ? 'notices:pressAll' : 'notices:pressToAcknowledge')
}

function buttonsUnder(texts: Texts, view: NoticeView): Button[][] {
  const acknowledge = { text: texts('notices:acknowledgeButton'), data: `nack:${view.noticeId}` }
  const detail = { text: texts('notices:detailButton'), data: `ndetail:${view.noticeId}` }
  const levels = { text: texts('notices:levelsButton'), data: `nlevels:${view.noticeId}` }
  return [
    ...((view.acknowledged && !view.membersConfirm) || isReplaced(view) ? [] : [[acknowledge]]),
    ...(view.kind === 'evaluation' && !view.namesInGroup ? [[levels]] : []),
    ...(view.kind === 'evaluation' ? [[detail]] : []),
  ]
}

/** "Đảng bộ phường …" is the organisation; "Đảng ủy phường …", its committee, is who speaks. */
export function committeeOf(wardName: string): string {
  if (/^đảng ủy/i.test(wardName)) return wardName
  return `Đảng ủy ${wardName.replace(/^đảng bộ\s+/i, '').replace(/^(Phường|Xã)\b/, (word) => word.toLowerCase())}`
}
