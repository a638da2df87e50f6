import { formatPercent } from '../../domain/formats.ts'
import type { VotePack } from '../../domain/packs/schema.ts'
import { inParts } from '../../platform/long-text.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { NamedList, VoteResultView } from './result-view.ts'
import { closedLine, namesButton } from './screens.ts'
import type { VoteView } from './vote-view.ts'

/** The result in the group: every number with what it is measured by, and no names. */
export function resultMessage(texts: Texts, vote: VoteView, result: VoteResultView): Message {
  return {
    ...titled(
      texts('votes:resultTitle', { number: vote.number }),
      vote.question,
      '',
      ...resultLines(texts, vote, result),
      closedLine(texts, vote),
    ),
    buttons: [[namesButton(texts, vote.id)]],
  }
}

export function resultLines(texts: Texts, vote: VoteView, result: VoteResultView): string[] {
  const { base, voted, entered, majorityNeeded, quorumNeeded, source } = result
  return [
    ...result.options.map(({ text, count }, index) =>
      texts('votes:optionCount', {
        index: index + 1,
        option: text,
        count,
        base,
        percent: formatPercent(base === 0 ? 0 : count / base),
      }),
    ),
    '',
    texts('votes:resultTurnout', { voted, roll: vote.rollSize }),
    ...(entered > 0 ? [texts('votes:resultEntered', { count: entered })] : []),
    texts('votes:resultBase', { base }),
    texts('votes:resultQuorum', {
      share: share(result.quorumShare),
      needed: quorumNeeded,
      reached: texts(result.quorum ? 'votes:enough' : 'votes:notEnough'),
    }),
    texts('votes:resultMajority', { share: share(result.majority), needed: majorityNeeded }),
    texts('votes:source', { name: source.name, year: source.year }),
    '',
    conclusion(texts, result),
  ]
}

/** Who chose what: in private only. Long lists come in several messages. */
export function namesMessages(texts: Texts, { vote, options, silent }: NamedList): Message[] {
  const lines = [
    vote.question,
    ...options.flatMap(({ text, voters }) => [
      '',
      texts('votes:namesOption', { option: text, count: voters.length }),
      ...voters.map(({ name, entered }, index) => {
        const line = `${index + 1}. ${name}`
        return entered ? `${line} ${texts('votes:namesEntered')}` : line
      }),
    ]),
    ...(silent.length > 0
      ? [
          '',
          texts('votes:namesSilent', { count: silent.length }),
          ...silent.map((name, index) => `${index + 1}. ${name}`),
        ]
      : []),
  ]
  return inParts({ ...titled(texts('votes:namesTitle', { number: vote.number }), ...lines), protect: true })
}

function conclusion(texts: Texts, { quorum, options, base }: VoteResultView): string {
  if (!quorum) return texts('votes:noQuorum')
  const carried = options.filter((option) => option.carried)
  if (carried.length === 0) return texts('votes:nothingCarried')
  return carried.map(({ text, count }) => texts('votes:carried', { option: text, count, base })).join('\n')
}

function share({ numerator, denominator }: VotePack['majority']): string {
  return `${numerator}/${denominator}`
}
