import { dayAt } from '../../../domain/dates.ts'
import { formatDateTime, formatLongDate, formatPercent } from '../../../domain/formats.ts'
import type { DocumentPart, PartyDocument, Signature } from '../../../platform/document.ts'
import type { Texts } from '../../../platform/texts.ts'
import type { Teller } from '../ballots/ballot-view.ts'
import type { QuestionResult, RecordView } from '../record-view.ts'
import { conclusion } from '../result-screens.ts'
import { standingLine, voteTitle } from '../titles.ts'
import type { VoteView } from '../vote-view.ts'
import type { PaperFacts } from './paper-facts.ts'
import { branchHead, dots } from './paper-head.ts'

export interface RecordPaper {
  vote: VoteView
  facts: PaperFacts
  tellers: readonly Teller[]
  /** Without one the paper is the form to fill in by hand. */
  record: RecordView | null
  now: Date
}

/** Biên bản kiểm phiếu, from the same data as the result; before the count, the form with room for its numbers. */
export function recordPaper(texts: Texts, paper: RecordPaper): PartyDocument {
  const { vote, facts, record, now } = paper
  const on = dayAt(record?.madeAt ?? now)
  return {
    head: branchHead(texts, { wardName: facts.wardName, branchName: vote.branchName }, on),
    type: texts(vote.kind === 'open' ? 'votes:paper.voteRecordType' : 'votes:paper.recordType'),
    summary: vote.title,
    body: [
      ...openingParts(texts, paper, on),
      ...ballotParts(texts, paper),
      { kind: 'heading', text: texts('votes:paper.results') },
      ...resultParts(texts, vote, record),
      ...verdictParts(texts, paper),
      ...signedParts(texts, record),
    ],
    signatures: signatures(texts, paper),
  }
}

function openingParts(texts: Texts, { vote, tellers, record }: RecordPaper, on: Temporal.PlainDate): DocumentPart[] {
  const held = texts('votes:paper.held', {
    date: formatLongDate(on),
    branch: vote.branchName,
    title: voteTitle(texts, vote),
  })
  return [
    ...(record && record.number > 1
      ? [
          paragraph(
            texts('votes:paper.corrects', {
              number: record.number,
              before: record.number - 1,
              reason: record.reason ?? '',
            }),
          ),
        ]
      : []),
    paragraph(held),
    paragraph(standingLine(texts, vote)),
    ...(tellers.length > 0
      ? [
          { kind: 'heading' as const, text: texts('votes:paper.team') },
          ...tellers.map(({ name, isHead }) => ({
            kind: 'item' as const,
            text: texts(isHead ? 'votes:paper.teamHead' : 'votes:paper.teamMember', { name }),
          })),
        ]
      : []),
    ...(vote.tellersOnBallot ? [paragraph(texts('votes:ballot.teamOnBallot'))] : []),
  ]
}

function ballotParts(texts: Texts, { vote, facts, record }: RecordPaper): DocumentPart[] {
  const number = (value: number | undefined) => (value === undefined ? dots : String(value))
  const items = [
    texts('votes:paper.onRoll', { count: facts.voters.length }),
    texts('votes:paper.base', { base: number(record?.base) }),
    ...(vote.kind === 'open'
      ? [texts('votes:paper.voted', { count: number(record?.voted) })]
      : [
          texts('votes:paper.issued', { count: number(record?.issued) }),
          texts('votes:paper.returned', { count: number(record?.voted) }),
          texts('votes:paper.valid', { count: number(record?.valid) }),
          texts('votes:paper.invalid', { count: number(record?.invalid) }),
        ]),
    ...(record && record.entered > 0 ? [texts('votes:resultEntered', { count: record.entered })] : []),
  ]
  return [
    { kind: 'heading', text: texts('votes:paper.ballots') },
    ...items.map((text) => ({ kind: 'item' as const, text })),
  ]
}

function resultParts(texts: Texts, vote: VoteView, record: RecordView | null): DocumentPart[] {
  const questions: (QuestionResult | VoteView['questions'][number])[] = record?.questions ?? vote.questions
  const votes = (question: (typeof questions)[number], index: number) =>
    record ? String(question.counts[index] ?? 0) : dots
  const blanks = (question: (typeof questions)[number]) => ('blank' in question ? String(question.blank) : dots)
  if (vote.subject !== 'classification') {
    return questions.flatMap((question, nth): DocumentPart[] => [
      paragraph(`${nth + 1}. ${question.text}`),
      {
        kind: 'table',
        rows: [
          [texts('votes:paper.option'), texts('votes:paper.votes'), texts('votes:paper.share')],
          ...question.options.map((option, index) => [
            option,
            votes(question, index),
            share(record, question.counts[index] ?? 0),
          ]),
          [texts('votes:count.blank'), blanks(question), ''],
        ],
        widths: [4, 1, 1],
      },
    ])
  }
  const groups = Map.groupBy(questions, ({ options }) => options.join('\n'))
  return [...groups.values()].map((people): DocumentPart => {
    const options = people[0]?.options ?? []
    return {
      kind: 'table',
      rows: [
        [
          texts('votes:paper.nth'),
          texts('votes:paper.name'),
          ...options,
          texts('votes:count.blank'),
          texts('votes:paper.proposed'),
        ],
        ...people.map((question, nth) => [
          String(nth + 1),
          question.text,
          ...options.map((_, index) => votes(question, index)),
          blanks(question),
          record && 'outcome' in question ? proposedLevel(texts, question) : '',
        ]),
      ],
      widths: [1, 4, ...options.map(() => 2), 2, 3],
    }
  })
}

function verdictParts(texts: Texts, { vote, facts, record }: RecordPaper): DocumentPart[] {
  if (!record) return [{ kind: 'heading', text: texts('votes:paper.verdict') }, paragraph(dots)]
  const fraction = ({ numerator, denominator }: { numerator: number; denominator: number }) =>
    `${numerator}/${denominator}`
  return [
    { kind: 'heading', text: texts('votes:paper.verdict') },
    paragraph(
      texts('votes:resultQuorum', {
        share: fraction(record.quorumShare),
        needed: record.quorumNeeded,
        reached: texts(record.quorum ? 'votes:enough' : 'votes:notEnough'),
      }),
    ),
    paragraph(
      texts(record.majority.of === 'members' ? 'votes:resultMajority' : 'votes:resultMajorityOfBallots', {
        share: fraction(record.majority),
        needed: record.majorityNeeded,
      }),
    ),
    paragraph(texts('votes:source', { name: record.source.name, year: record.source.year })),
    paragraph(texts('votes:paper.rules', { pack: facts.packId, hash: facts.packHash.slice(0, 12) })),
    ...record.questions.map((question, index) =>
      paragraph(texts('votes:conclusionOf', { question: index + 1, conclusion: conclusion(texts, record, question) })),
    ),
    ...(vote.subject === 'classification' ? [paragraph(texts('votes:isProposal'))] : []),
  ]
}

function signedParts(texts: Texts, record: RecordView | null): DocumentPart[] {
  if (!record) return []
  return [
    paragraph(texts('votes:paper.madeAt', { time: formatDateTime(record.madeAt) })),
    ...record.signatures.map(({ name, at }) =>
      paragraph(texts('votes:paper.signedInBot', { name, time: formatDateTime(at) })),
    ),
  ]
}

function signatures(texts: Texts, { tellers, facts }: RecordPaper): Signature[] {
  const head = tellers.find(({ isHead }) => isHead)
  return [
    ...(head ? [{ post: texts('votes:paper.headTeller'), name: head.name }] : []),
    { post: texts('votes:paper.chair'), name: facts.chair },
  ]
}

function proposedLevel(texts: Texts, { carried, options }: QuestionResult): string {
  return carried === null ? texts('votes:paper.undecided') : (options[carried] ?? '')
}

function share(record: RecordView | null, count: number): string {
  if (!record) return ''
  return formatPercent(record.majorityBase === 0 ? 0 : count / record.majorityBase)
}

function paragraph(text: string): DocumentPart {
  return { kind: 'paragraph', text }
}
