import type { DocumentPart, PartyDocument } from '../../../platform/document.ts'
import type { Texts } from '../../../platform/texts.ts'
import type { VoteView } from '../vote-view.ts'
import { branchHead } from './paper-head.ts'

/** One slip to copy for everybody on the roll: a box for each level or option, and how to mark it. */
export function slipPaper(
  texts: Texts,
  { wardName, vote }: { wardName: string; vote: VoteView },
  on: Temporal.PlainDate,
): PartyDocument {
  return {
    head: branchHead(texts, { wardName, branchName: vote.branchName }, on),
    type: texts('votes:paper.slipType'),
    summary: vote.title,
    body: [...slipTables(texts, vote), { kind: 'paragraph', text: texts('votes:paper.howToMark'), italic: true }],
  }
}

function slipTables(texts: Texts, vote: VoteView): DocumentPart[] {
  if (vote.subject !== 'classification') {
    return vote.questions.flatMap(({ text, options }, index): DocumentPart[] => [
      { kind: 'paragraph', text: `${index + 1}. ${text}`, bold: true },
      {
        kind: 'table',
        rows: [[texts('votes:paper.option'), texts('votes:paper.mark')], ...options.map((one) => [one, ''])],
        widths: [5, 1],
      },
    ])
  }
  // A second round asks some people about some levels only: whoever is asked the same stands in one table.
  const groups = Map.groupBy(vote.questions, ({ options }) => options.join('\n'))
  return [...groups.values()].map((people) => {
    const options = people[0]?.options ?? []
    return {
      kind: 'table',
      rows: [
        [texts('votes:paper.nth'), texts('votes:paper.name'), ...options],
        ...people.map(({ text }, index) => [String(index + 1), text, ...options.map(() => '')]),
      ],
      widths: [1, 4, ...options.map(() => 2)],
    }
  })
}
