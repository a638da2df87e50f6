import type { MessageEntity } from 'grammy/types'
import { formatDate, formatDateTime } from '../../domain/formats.ts'
import { formatPeriod } from '../../domain/period.ts'
import { cutText, longestCaption, longestText } from '../../platform/long-text.ts'
import { type Button, lines, type Message } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { type IssueNumber, printedNumber, printedNumbers } from './issue-number.ts'
import type { EvaluationNotice, NoticeView, PlainWords } from './notice-view.ts'

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

function numbersCorrected({ results }: EvaluationNotice): IssueNumber[] {
  return results.flatMap(({ corrects }) => corrects ?? [])
}

export function correctionLine(texts: Texts, view: EvaluationNotice | PlainWords): string | null {
  if (view.kind === 'plain') {
    return view.corrects === null
      ? null
      : texts('notices:replacesLine', { number: printedNumber(texts, view.corrects) })
  }
  const numbers = numbersCorrected(view)
  return numbers.length > 0 ? texts('notices:correctionLine', { numbers: printedNumbers(texts, numbers) }) : null
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

export function numberLine(texts: Texts, view: Pick<NoticeView, 'number' | 'issuedOn'>): string {
  return texts('notices:numberLine', { number: printedOf(texts, view), date: formatDate(view.issuedOn) })
}

export function printedOf(texts: Texts, { number }: { number: IssueNumber }): string {
  return printedNumber(texts, number)
}

function groupLines(texts: Texts, view: EvaluationNotice): string[] {
  if (view.namesInGroup) return nameLines(texts, view)
  return [texts('notices:countOnly', { count: view.results.length }), texts('notices:openPrivately')]
}

/** Two of one name are told apart by their year of birth. */
export function nameLines(texts: Texts, { results }: EvaluationNotice): string[] {
  const names = results.map(({ fullName }) => fullName)
  return results.map(({ fullName, birthYear, level: stored, grade, isCopy }, index) => {
    const shared = names.filter((name) => name === fullName).length > 1 && birthYear !== null
    const name = shared ? texts('notices:nameWithYear', { name: fullName, year: birthYear }) : fullName
    const level = withGrade(texts, texts(`domain:levels.${stored}`), grade)
    return texts(isCopy ? 'notices:levelLineMoved' : 'notices:levelLine', { index: index + 1, name, level })
  })
}

/** A level with its letter, where the rules have letters: `hoàn thành tốt (loại B)`. */
export function withGrade(texts: Texts, level: string, grade: string | null): string {
  return grade === null ? level : texts('notices:levelWithGrade', { level, grade })
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
  return texts('notices:correctedLine', { count: corrected.length, numbers: printedNumbers(texts, corrected) })
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
