import { formatDate, formatLongDate } from '../../domain/formats.ts'
import { formatPeriod } from '../../domain/period.ts'
import type { DocumentPart, PartyDocument } from '../../platform/document.ts'
import type { Texts } from '../../platform/texts.ts'
import { printedNumber } from './issue-number.ts'
import type { MonthBeside, MonthsBeside } from './months-beside.ts'
import { committeeOf, correctionLine, withGrade } from './notice-messages.ts'
import type { EvaluationNotice, PlainWords } from './notice-view.ts'

/** A notice in the form of the Party's papers, for one branch or one person (`to`). */
export function noticePaper(
  texts: Texts,
  view: EvaluationNotice | PlainWords,
  to: string,
  months: MonthsBeside | null,
): PartyDocument {
  const { wardName, number, issuedOn, issuer } = view
  const committee = committeeOf(wardName)
  // "Đảng ủy phường Mẫu" sits in "phường Mẫu".
  const place = committee.replace(/^đảng ủy\s+/i, '')
  const replaces = correctionLine(texts, view)
  return {
    head: {
      superior: texts('notices:paper.superior'),
      issuer: committee.toLocaleUpperCase('vi'),
      number: texts('notices:paper.number', { number: printedNumber(texts, number) }),
      motto: texts('notices:paper.motto'),
      placeAndDate: `${place.charAt(0).toLocaleUpperCase('vi')}${place.slice(1)}, ${formatLongDate(issuedOn)}`,
    },
    type: texts('notices:paper.type'),
    summary: view.kind === 'evaluation' ? texts('notices:paper.evaluation', { period: formatPeriod(view.period) }) : '',
    body: [
      { kind: 'paragraph', text: texts('notices:paper.to', { name: to }), align: 'center' },
      ...(replaces === null ? [] : [paragraph(replaces)]),
      ...(view.kind === 'evaluation' ? results(texts, view, months) : words(texts, view)),
    ],
    recipients: { label: texts('notices:paper.recipients'), lines: [to, texts('notices:paper.office')] },
    signatures: [{ post: issuer.title.toLocaleUpperCase('vi'), name: issuer.name }],
  }
}

function words(texts: Texts, { text, file, dueOn }: PlainWords): DocumentPart[] {
  return [
    ...text.split('\n').map(paragraph),
    ...(file ? [paragraph(texts('notices:paper.file', { name: file.name || texts('notices:paper.photo') }))] : []),
    ...(dueOn ? [paragraph(texts('notices:dueLine', { date: formatDate(dueOn) }))] : []),
  ]
}

function results(texts: Texts, view: EvaluationNotice, months: MonthsBeside | null): DocumentPart[] {
  const head = [texts('notices:paper.nth'), texts('notices:paper.name'), texts('notices:paper.level')]
  const rows = view.results.map(({ fullName, birthYear, level, grade }, index) => [
    String(index + 1),
    birthYear === null ? fullName : texts('notices:nameWithYear', { name: fullName, year: birthYear }),
    withGrade(texts, texts(`domain:levels.${level}`), grade),
  ])
  return [
    paragraph(texts('notices:paper.results', { count: view.results.length, period: formatPeriod(view.period) })),
    { kind: 'table', rows: [head, ...rows], widths: [1, 6, 5] },
    ...(months === null ? [] : monthTable(texts, view, months)),
    paragraph(texts('notices:paper.private')),
  ]
}

/** The twelve months beside the year, in letters that the lines below explain; before them the letter of the month's own rules. */
function monthTable(texts: Texts, { results }: EvaluationNotice, months: MonthsBeside): DocumentPart[] {
  const short = (month: MonthBeside | null) =>
    month === null ? '' : [month.grade, texts(`notices:levelLetters.${month.level}`)].filter(Boolean).join(' ')
  const hasGrades = results.some(({ personId }) =>
    months.get(personId)?.some((month) => (month?.grade ?? null) !== null),
  )
  const head = [texts('notices:paper.nth'), ...Array.from({ length: 12 }, (_, index) => `T${index + 1}`)]
  const rows = results.map(({ personId }, index) => [
    String(index + 1),
    ...(months.get(personId) ?? Array.from({ length: 12 }, () => null)).map(short),
  ])
  return [
    { kind: 'heading', text: texts('notices:paper.months') },
    { kind: 'table', rows: [head, ...rows] },
    paragraph(texts('notices:levelLettersMeaning')),
    ...(hasGrades ? [paragraph(texts('notices:gradesMeaning'))] : []),
  ]
}

function paragraph(text: string): DocumentPart {
  return { kind: 'paragraph', text }
}
