import type { PartyDocument } from '../../../platform/document.ts'
import type { TextKey } from '../../../platform/text-keys.ts'
import type { Texts } from '../../../platform/texts.ts'
import { exclusionTexts } from '../draft-screens.ts'
import type { RollPerson } from './paper-facts.ts'
import { branchHead } from './paper-head.ts'

export interface RollPaper {
  wardName: string
  branchName: string
  /** What they vote on. */
  title: string
  voters: readonly RollPerson[]
  leftOut: readonly (RollPerson & { reason: string })[]
}

/** The roll to lie beside the box: each signs for their slip. Who may not vote stands below, with the reason. */
export function rollPaper(texts: Texts, roll: RollPaper, on: Temporal.PlainDate): PartyDocument {
  const { voters, leftOut } = roll
  const reasons: Readonly<Record<string, TextKey>> = exclusionTexts
  return {
    head: branchHead(texts, roll, on),
    type: texts('votes:paper.rollType'),
    summary: roll.title,
    body: [
      { kind: 'paragraph', text: texts('votes:paper.rollCount', { count: voters.length }) },
      {
        kind: 'table',
        rows: [
          [
            texts('votes:paper.nth'),
            texts('votes:paper.name'),
            texts('votes:paper.memberNumber'),
            texts('votes:paper.received'),
          ],
          ...voters.map(({ name, number }, index) => [String(index + 1), name, number, '']),
        ],
        widths: [1, 5, 3, 3],
      },
      ...(leftOut.length > 0
        ? [
            { kind: 'heading' as const, text: texts('votes:paper.notVoting') },
            ...leftOut.map(({ name, reason }) => ({
              kind: 'item' as const,
              text: `${name}: ${texts(reasons[reason] ?? 'votes:reasons.statusUnknown')}`,
            })),
          ]
        : []),
    ],
    signatures: [{ post: texts('votes:paper.headTeller'), name: '' }],
  }
}
