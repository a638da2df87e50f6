import type { RollExclusion } from '../../domain/eligibility.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { TextKey } from '../../platform/text-keys.ts'
import type { Texts } from '../../platform/texts.ts'
import type { VoteDraft } from './draft.ts'
import type { RollPreview } from './preview-vote.ts'
import { fewestOptions, mostOptions, mostQuestions } from './vote-words.ts'

export const exclusionTexts: Readonly<Record<RollExclusion, TextKey>> = {
  probationary: 'votes:reasons.probationary',
  statusUnknown: 'votes:reasons.statusUnknown',
  temporaryHere: 'votes:reasons.temporaryHere',
  temporarilyElsewhere: 'votes:reasons.temporarilyElsewhere',
  suspended: 'votes:reasons.suspended',
  exempt: 'votes:reasons.exempt',
  excused: 'votes:reasons.excused',
  absent: 'votes:reasons.absent',
  movedOn: 'votes:reasons.movedOn',
}

export function questionQuestion(texts: Texts, at: number): Message {
  if (at > 0) return titled(texts('votes:askNextQuestion', { number: at + 1 }), '', texts('votes:askQuestionHint'))
  return titled(texts('votes:askQuestion'), '', texts('votes:askQuestionHint'))
}

export function optionsQuestion(texts: Texts): Message {
  return titled(
    texts('votes:askOptions', { fewest: fewestOptions, most: mostOptions }),
    '',
    texts('votes:askOptionsHint'),
  )
}

/** What is about to be opened, and for how many. */
export function votePreview(texts: Texts, draft: VoteDraft, roll: RollPreview): Message {
  const many = draft.questions.length > 1
  const button = (key: TextKey, data: string) => [{ text: texts(key), data: `${data}:${draft.key}` }]
  return {
    ...titled(
      texts('votes:previewTitle'),
      ...draft.questions.flatMap(({ text, options }, question) => [
        ...(question > 0 ? [''] : []),
        many ? `${question + 1}. ${text}` : text,
        '',
        ...options.map((option, index) => (many ? `– ${option}` : `${index + 1}. ${option}`)),
      ]),
      '',
      draft.byHand && texts('votes:isByHand'),
      draft.showsCounts && !draft.byHand && texts('votes:isRunning'),
      roll.isPoll && !draft.byHand && texts('votes:standing.poll'),
      ...rollLines(texts, roll),
      '',
      texts('votes:openQuestion'),
    ),
    buttons: [
      button('votes:open', 'vopen'),
      ...(draft.questions.length < mostQuestions && draft.earlierId === null
        ? [button('votes:addQuestion', 'vadd')]
        : []),
      button('votes:changeOptions', 'vopts'),
      button('votes:changeQuestion', 'vask'),
      button(draft.byHand ? 'votes:voteInApp' : 'votes:voteByHand', 'vway'),
      ...(draft.byHand ? [] : [button(draft.showsCounts ? 'votes:hideCounts' : 'votes:showCounts', 'vrun')]),
      button('common:cancel', 'vdrop'),
    ],
  }
}

/** How many may vote, and how many are left out and why. */
export function rollLines(texts: Texts, roll: Pick<RollPreview, 'voters' | 'whenVoting' | 'leftOut'>): string[] {
  return [
    texts('votes:mayVote', { count: roll.voters }),
    ...(roll.whenVoting > 0 ? [texts('votes:whenVoting', { count: roll.whenVoting })] : []),
    ...roll.leftOut.map(({ reason, count }) =>
      texts('votes:leftOut', { count, reason: texts(exclusionTexts[reason]) }),
    ),
  ]
}
