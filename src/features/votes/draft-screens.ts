import type { RollExclusion } from '../../domain/eligibility.ts'
import { type Message, titled } from '../../platform/messages.ts'
import type { TextKey } from '../../platform/text-keys.ts'
import type { Texts } from '../../platform/texts.ts'
import type { VoteDraft } from './draft.ts'
import type { RollPreview } from './preview-vote.ts'
import { fewestOptions, mostOptions } from './vote-words.ts'

const reasons: Readonly<Record<RollExclusion, TextKey>> = {
  probationary: 'votes:reasons.probationary',
  statusUnknown: 'votes:reasons.statusUnknown',
  temporaryHere: 'votes:reasons.temporaryHere',
  temporarilyElsewhere: 'votes:reasons.temporarilyElsewhere',
  suspended: 'votes:reasons.suspended',
  exempt: 'votes:reasons.exempt',
  excused: 'votes:reasons.excused',
}

export function questionQuestion(texts: Texts): Message {
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
  return {
    ...titled(
      texts('votes:previewTitle'),
      draft.question ?? '',
      '',
      ...draft.options.map((option, index) => `${index + 1}. ${option}`),
      '',
      texts('votes:mayVote', { count: roll.voters }),
      roll.whenVoting > 0 && texts('votes:whenVoting', { count: roll.whenVoting }),
      ...roll.leftOut.map(({ reason, count }) => texts('votes:leftOut', { count, reason: texts(reasons[reason]) })),
      '',
      texts('votes:openQuestion'),
    ),
    buttons: [
      [{ text: texts('votes:open'), data: `vopen:${draft.key}` }],
      [{ text: texts('votes:changeOptions'), data: `vopts:${draft.key}` }],
      [{ text: texts('votes:changeQuestion'), data: `vask:${draft.key}` }],
      [{ text: texts('common:cancel'), data: `vdrop:${draft.key}` }],
    ],
  }
}
