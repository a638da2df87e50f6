import { formatPercent } from '../../domain/formats.ts'
import { secondRoundOf } from '../../domain/verdict.ts'
import { inParts } from '../../platform/long-text.ts'
import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { NamedList } from './named-list.ts'
import type { QuestionResult, RecordView } from './record-view.ts'
import { closedLine, namesButton, numbered, viewButton } from './screens.ts'
import { unanimousLines } from './sealed/screens.ts'
import { resultTitle, standingLine, voteTitle } from './titles.ts'
import type { VoteView } from './vote-view.ts'

/** The result in the group: every number with what it is measured by, and no names of voters. */
export function resultMessages(texts: Texts, vote: VoteView, result: RecordView): Message[] {
  const title = resultTitle(texts, vote)
  return inParts({
    ...titled(
      result.number > 1 ? texts('votes:correctedTitle', { title }) : title,
      standingLine(texts, vote),
      result.reason !== null && texts('votes:correctedBecause', { reason: result.reason }),
      '',
      ...resultLines(texts, vote, result),
      closedLine(texts, vote),
    ),
    buttons: resultButtons(texts, vote),
  })
}

/** A result that names people, where not everybody in the group is known: how many reached what, and who for each to read alone. */
export function unnamedResult(texts: Texts, vote: VoteView, result: RecordView): Message {
  const title = resultTitle(texts, vote)
  return {
    ...titled(
      result.number > 1 ? texts('votes:correctedTitle', { title }) : title,
      standingLine(texts, vote),
      '',
      ...(vote.subject === 'classification' ? levelLines(texts, result) : []),
      ...ballotLines(texts, vote, result),
      closedLine(texts, vote),
      vote.subject === 'classification' && texts('votes:isProposal'),
      '',
      texts('votes:unnamed'),
    ),
    buttons: [[viewButton(texts, vote.id)]],
  }
}

/** Of how many the branch has decided each level. */
function levelLines(texts: Texts, { quorum, questions }: RecordView): string[] {
  if (!quorum) return [texts('votes:noQuorum'), '']
  const carried = questions.flatMap(({ outcome, options, carried }) =>
    outcome === 'carried' && carried !== null ? [options[carried] ?? ''] : [],
  )
  const levels = [...new Set(questions.flatMap(({ options }) => options))]
  const undecided = questions.length - carried.length
  return [
    texts('votes:unnamedCount', { count: questions.length }),
    ...levels.map((level) =>
      texts('votes:unnamedLevel', { level, count: carried.filter((one) => one === level).length }),
    ),
    ...(undecided > 0 ? [texts('votes:unnamedUndecided', { count: undecided })] : []),
    '',
  ]
}

/** What a published vote still offers whoever reads it. */
export function resultButtons(texts: Texts, vote: VoteView): Button[][] {
  return vote.kind === 'open' && !vote.byHand ? [[namesButton(texts, vote.id)]] : []
}

export function resultLines(texts: Texts, vote: VoteView, result: RecordView): string[] {
  return [
    ...result.questions.flatMap((question, index) => questionLines(texts, vote, result, question, index)),
    '',
    ...ballotLines(texts, vote, result),
    texts('votes:resultBase', { base: result.base }),
    texts('votes:resultQuorum', {
      share: share(result.quorumShare),
      needed: result.quorumNeeded,
      reached: texts(result.quorum ? 'votes:enough' : 'votes:notEnough'),
    }),
    texts(result.majority.of === 'members' ? 'votes:resultMajority' : 'votes:resultMajorityOfBallots', {
      share: share(result.majority),
      needed: result.majorityNeeded,
    }),
    texts('votes:source', { name: result.source.name, year: result.source.year }),
    '',
    ...conclusions(texts, vote, result),
    ...unanimousLines(texts, vote, result),
    ...(vote.subject === 'classification' ? [texts('votes:isProposal')] : []),
  ]
}

/** Who chose what: in private only. Long lists come in several messages. */
export function namesMessages(texts: Texts, { vote, questions }: NamedList): Message[] {
  const people = (names: readonly string[]) => names.map((name, index) => `${index + 1}. ${name}`)
  const lines = questions.flatMap(({ text, options, silent }, question) => [
    ...(question > 0 ? [''] : []),
    numbered(vote, question, text),
    ...options.flatMap(({ text: option, voters }) => [
      '',
      texts('votes:namesOption', { option, count: voters.length }),
      ...people(voters.map(({ name, entered }) => (entered ? `${name} ${texts('votes:namesEntered')}` : name))),
    ]),
    ...(silent.length > 0 ? ['', texts('votes:namesSilent', { count: silent.length }), ...people(silent)] : []),
  ])
  const title = texts('votes:namesTitle', { title: voteTitle(texts, vote) })
  return inParts({ ...titled(title, ...lines), protect: true })
}

function questionLines(
  texts: Texts,
  vote: VoteView,
  { majorityBase }: RecordView,
  { text, options, counts, blank }: QuestionResult,
  question: number,
): string[] {
  // A branch may have fifty people to classify: a line for each.
  if (vote.subject === 'classification') {
    const votes = options.map((option, index) => `${option} ${counts[index] ?? 0}`)
    return [
      `${question + 1}. ${text}: ${[...votes, ...(blank > 0 ? [texts('votes:count.blanks', { count: blank })] : [])].join('; ')}`,
    ]
  }
  return [
    ...(question > 0 ? [''] : []),
    numbered(vote, question, text),
    ...options.map((option, index) => {
      const count = counts[index] ?? 0
      const percent = formatPercent(majorityBase === 0 ? 0 : count / majorityBase)
      return texts('votes:optionCount', { index: index + 1, option, count, base: majorityBase, percent })
    }),
    ...(blank > 0 ? [texts('votes:blankCount', { count: blank })] : []),
  ]
}

function ballotLines(texts: Texts, vote: VoteView, result: RecordView): string[] {
  const { issued, voted, valid, invalid, entered } = result
  if (vote.kind === 'open') {
    return [
      texts('votes:resultTurnout', { voted, roll: vote.rollSize }),
      ...(entered > 0 ? [texts('votes:resultEntered', { count: entered })] : []),
    ]
  }
  return [
    texts('votes:resultIssued', { issued, roll: vote.rollSize }),
    texts('votes:resultReturned', { returned: voted, valid, invalid }),
  ]
}

function conclusions(texts: Texts, vote: VoteView, result: RecordView): string[] {
  if (!result.quorum) return [texts('votes:noQuorum')]
  return result.questions.map((question, index) =>
    vote.questions.length > 1
      ? texts('votes:conclusionOf', { question: index + 1, conclusion: conclusion(texts, result, question) })
      : texts('votes:conclusion', { conclusion: conclusion(texts, result, question) }),
  )
}

/** What one question came to, in words. */
export function conclusion(texts: Texts, { majorityBase }: RecordView, question: QuestionResult): string {
  const { outcome, options, counts, carried } = question
  const named = (indices: readonly number[]) => indices.map((index) => `«${options[index] ?? ''}»`).join(', ')
  if (outcome === 'noQuorum') return texts('votes:noQuorumShort')
  if (outcome === 'carried' && carried !== null) {
    return texts('votes:carried', { option: options[carried] ?? '', count: counts[carried] ?? 0, base: majorityBase })
  }
  const again = secondRoundOf(question)
  if (outcome === 'tie') return texts('votes:tied', { options: named(again), count: counts[again[0] ?? 0] ?? 0 })
  return again.length > 0
    ? texts('votes:nothingCarriedAgain', { options: named(again) })
    : texts('votes:nothingCarried')
}

function share({ numerator, denominator }: { numerator: number; denominator: number }): string {
  return `${numerator}/${denominator}`
}
