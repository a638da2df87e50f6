import { confirmationsNeeded } from '../../../domain/tellers.ts'
import type { BallotCounts, RollCounts } from '../../../domain/verdict.ts'
import { inParts } from '../../../platform/long-text.ts'
import { type Message, titled } from '../../../platform/messages.ts'
import type { Texts } from '../../../platform/texts.ts'
import { voteTitle } from '../titles.ts'
import type { VoteView } from '../vote-view.ts'
import type { Sheet } from './ballot-view.ts'
import { countsOf, fieldsOf, isWhole, type TypedCounts } from './count-rows.ts'

const fieldKeys = {
  issued: 'votes:count.askIssued',
  returned: 'votes:count.askReturned',
  valid: 'votes:count.askValid',
  invalid: 'votes:count.askInvalid',
  joined: 'votes:count.askJoined',
} as const

/** What the next typed number, or line of numbers, is. */
export function nextNumberQuestion(texts: Texts, vote: VoteView, roll: RollCounts, typed: TypedCounts): Message {
  const field = fieldsOf(vote, roll)[typed.slips.length]
  if (field) {
    const key = vote.byHand && field === 'returned' ? 'votes:count.askHands' : fieldKeys[field]
    return titled(texts(key, { roll: roll.voters }))
  }
  const at = typed.rows.length
  const { text = '', options = [] } = vote.questions[at] ?? {}
  const names = vote.byHand ? options : [...options, texts('votes:count.blank')]
  return titled(
    texts('votes:count.askRow', { number: at + 1, count: vote.questions.length }),
    text,
    '',
    texts('votes:count.rowOrder', { count: names.length }),
    ...names.map((name, index) => `${index + 1}. ${name}`),
    at === 0 && vote.questions.length > 1 && texts('votes:count.manyLines'),
  )
}

/** Everything that was typed, to look at once more before it is kept. */
export function typedPreview(texts: Texts, vote: VoteView, roll: RollCounts, typed: TypedCounts): Message {
  if (!isWhole(vote, roll, typed)) return nextNumberQuestion(texts, vote, roll, typed)
  const [...parts] = inParts({
    ...titled(
      texts('votes:count.previewTitle', { title: voteTitle(texts, vote) }),
      ...countLines(texts, vote, countsOf(vote, roll, typed)),
      '',
      texts(vote.byHand ? 'votes:count.saveHandsHint' : 'votes:count.saveHint'),
    ),
    buttons: [
      [{ text: texts('votes:count.save'), data: `bpsave:${vote.id}` }],
      [{ text: texts('votes:count.anew'), data: `bpcount:${vote.id}` }],
      [{ text: texts('common:cancel'), data: 'cancel' }],
    ],
  })
  return parts.length === 1 && parts[0]
    ? parts[0]
    : { ...shortened(texts, vote, roll, typed), buttons: parts.at(-1)?.buttons ?? [] }
}

/** The counts for one of the tally team, to confirm or to enter anew. */
export function confirmMessage(texts: Texts, vote: VoteView, sheet: Sheet): Message[] {
  return inParts({
    ...titled(
      texts('votes:count.confirmTitle', { title: voteTitle(texts, vote) }),
      sheet.reason !== null && texts('votes:correctedBecause', { reason: sheet.reason }),
      ...countLines(texts, vote, sheet),
      '',
      texts('votes:count.confirmHint', { needed: confirmationsNeeded }),
    ),
    buttons: [
      [{ text: texts('votes:count.confirm'), data: `bpconfirm:${vote.id}.${sheet.edition}` }],
      [{ text: texts('votes:count.wrong'), data: `bpcount:${vote.id}` }],
    ],
    protect: true,
  })
}

/** To one of the tally team: the program has counted, and the record waits for their name. */
export function signMessage(texts: Texts, vote: VoteView, record: number): Message {
  return {
    ...titled(
      texts('votes:count.signTitle', { title: voteTitle(texts, vote), record }),
      vote.title,
      '',
      texts('votes:count.signHint', { needed: confirmationsNeeded }),
    ),
    buttons: [
      [{ text: texts('votes:ballot.sign'), data: `bpsign:${vote.id}` }],
      [{ text: texts('votes:ballot.papers'), data: `bppapers:${vote.id}` }],
    ],
  }
}

/** To whoever leads the ballot: the record is signed. */
export function signedMessage(texts: Texts, vote: VoteView): Message {
  return {
    ...titled(
      texts('votes:count.signedTitle', { title: voteTitle(texts, vote) }),
      vote.title,
      '',
      texts('votes:count.signedHint'),
    ),
    buttons: [
      [{ text: texts('votes:ballot.publish'), data: `bppublish:${vote.id}` }],
      [{ text: texts('votes:ballot.papers'), data: `bppapers:${vote.id}` }],
    ],
  }
}

/** Slips and votes as they stand in a record. */
function countLines(texts: Texts, vote: VoteView, counts: BallotCounts): string[] {
  const { issued, returned, invalid, joined, questions } = counts
  const valid = returned - invalid
  return [
    ...(vote.byHand
      ? [texts('votes:resultTurnout', { voted: returned, roll: vote.rollSize })]
      : [
          texts('votes:resultIssued', { issued, roll: vote.rollSize }),
          texts('votes:resultReturned', { returned, valid, invalid }),
        ]),
    ...(joined > 0 ? [texts('votes:count.joined', { count: joined })] : []),
    '',
    ...questions.flatMap((row, question) => {
      const { text = '', options = [] } = vote.questions[question] ?? {}
      const blank = valid - row.reduce((total, count) => total + count, 0)
      const votes = options.map((option, index) => `${option} ${row[index] ?? 0}`)
      return [`${question + 1}. ${text}: ${[...votes, texts('votes:count.blanks', { count: blank })].join('; ')}`]
    }),
  ]
}

/** Where the whole would not fit one message, the sums alone: the confirmation shows each line. */
function shortened(texts: Texts, vote: VoteView, roll: RollCounts, typed: TypedCounts): Message {
  const [first = '', second = ''] = countLines(texts, vote, countsOf(vote, roll, typed))
  return titled(
    texts('votes:count.previewTitle', { title: voteTitle(texts, vote) }),
    first,
    second,
    texts('votes:count.rowsTyped', { count: typed.rows.length }),
    '',
    texts('votes:count.saveHint'),
  )
}
