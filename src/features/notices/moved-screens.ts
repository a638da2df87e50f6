import { formatPeriod, type Period } from '../../domain/period.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { numberLine } from './notice-messages.ts'
import type { EvaluationNotice, ResultLine } from './notice-view.ts'

/** To the leaders of the branch that somebody has left: that they have, and where they are now; nothing of the result. */
export function movedMessage(
  texts: Texts,
  period: Period,
  people: readonly { readonly name: string; readonly now: string | null }[],
): Message {
  return titled(
    texts('notices:movedTitle', { period: formatPeriod(period) }),
    ...people.map(({ name, now }, index) =>
      now === null
        ? texts('notices:leftLine', { index: index + 1, name })
        : texts('notices:movedLine', { index: index + 1, name, branch: now }),
    ),
    '',
    texts('notices:movedWhy'),
  )
}

/** To the office: whose results no branch reads, and who of them is still to get theirs. */
export function withoutBranchMessage(
  texts: Texts,
  view: Pick<EvaluationNotice, 'period' | 'number' | 'issuedOn'>,
  lines: readonly ResultLine[],
  unreached: ReadonlySet<number>,
): Message {
  return {
    ...titled(
      texts('notices:withoutBranchTitle', { period: formatPeriod(view.period), count: lines.length }),
      numberLine(texts, view),
      '',
      ...lines.map(({ personId, fullName, level }, index) =>
        texts(unreached.has(personId) ? 'notices:withoutBranchUnreached' : 'notices:levelLine', {
          index: index + 1,
          name: fullName,
          level: texts(`domain:levels.${level}`),
        }),
      ),
      '',
      texts(unreached.size > 0 ? 'notices:withoutBranchHand' : 'notices:withoutBranchMend'),
    ),
    protect: true,
  }
}
