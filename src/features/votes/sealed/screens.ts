import { type Button, type Message, titled } from '../../../platform/messages.ts'
import type { Texts } from '../../../platform/texts.ts'
import type { RecordView } from '../record-view.ts'
import { remindButton, turnout } from '../screens.ts'
import { standingLine, voteTitle } from '../titles.ts'
import type { VoteView } from '../vote-view.ts'

/** The open ballot in the branch's group: how many have cast, never who. */
export function secretGroupMessage(texts: Texts, vote: VoteView): Message {
  return {
    ...titled(
      voteTitle(texts, vote),
      standingLine(texts, vote),
      '',
      vote.title,
      '',
      turnout(texts, vote),
      texts('ballots:inGroup'),
    ),
    buttons: [[paperButton(texts, vote.id)], [secretCloseButton(texts, vote.id)]],
  }
}

export function paperButton(texts: Texts, voteId: number): Button {
  return { text: texts('ballots:takePaper'), data: `spaper:${voteId}` }
}

export function secretCloseButton(texts: Texts, voteId: number): Button {
  return { text: texts('ballots:close'), data: `sclose:${voteId}` }
}

/** A share of the key, in the button of the one message that carries it. */
export function shareMessage(texts: Texts, vote: VoteView, data: string): Message {
  return {
    ...titled(
      texts('ballots:shareTitle', { title: voteTitle(texts, vote) }),
      vote.title,
      '',
      texts('ballots:shareHow'),
      '',
      texts('ballots:shareKeep'),
    ),
    buttons: [[{ text: texts('ballots:openBox'), data }]],
    protect: true,
  }
}

/** The same message once the share opens nothing any more. */
export function shareSpent(texts: Texts, { number, state }: { number: number; state: string }): Message {
  return { text: texts(state === 'void' ? 'ballots:shareVoid' : 'ballots:shareUsed', { number }) }
}

/** The same where the box was not opened for casting after all: a member of the team could not be reached. */
export function shareWithdrawn(texts: Texts, number: number): Message {
  return { text: texts('ballots:shareWithdrawn', { number }) }
}

export function fewVotersQuestion(texts: Texts, vote: VoteView, count: number): Message {
  return {
    ...titled(texts('ballots:fewTitle', { count }), texts('ballots:fewWarning'), '', texts('ballots:fewQuestion')),
    buttons: [
      [{ text: texts('ballots:fewOpen'), data: `sopenfew:${vote.id}` }],
      [{ text: texts('common:cancel'), data: 'cancel' }],
    ],
  }
}

/** What whoever opened it finds in private, to lead it by. */
export function leaderMessage(texts: Texts, vote: VoteView, withoutPhone: number): Message {
  return {
    ...titled(
      texts('votes:opened', { title: voteTitle(texts, vote) }),
      vote.title,
      '',
      texts('ballots:leaderHint'),
      withoutPhone > 0 && texts('ballots:withoutPhone', { count: withoutPhone }),
    ),
    buttons: [
      [remindButton(texts, vote)],
      [secretCloseButton(texts, vote.id)],
      [{ text: texts('votes:ballot.void'), data: `bpvoid:${vote.id}` }],
    ],
  }
}

export function closeSecretQuestion(texts: Texts, vote: VoteView, few: number): Message {
  return {
    ...titled(
      texts('votes:askClose', { title: voteTitle(texts, vote) }),
      turnout(texts, vote),
      texts('votes:askCloseHint'),
      vote.voted < few && texts('ballots:fewCast'),
    ),
    buttons: [
      [{ text: texts('votes:closeNow'), data: `scloseok:${vote.id}` }],
      [{ text: texts('votes:keepOpen'), data: `skeep:${vote.id}` }],
    ],
  }
}

/** To each of the tally team after the closing; the share itself stands in an older message of the same chat. */
export function closedForTellers(texts: Texts, vote: VoteView): Message {
  return {
    ...titled(
      texts('ballots:closedForTellers', { title: voteTitle(texts, vote) }),
      turnout(texts, vote),
      '',
      texts('ballots:closedForTellersHow'),
    ),
  }
}

export function lostInGroup(texts: Texts, vote: VoteView): Message {
  return titled(texts('ballots:lostTitle', { title: voteTitle(texts, vote) }), texts('ballots:lost'))
}

/** Where nobody chose otherwise, secrecy ends with the result, and the reader is told. */
export function unanimousLines(texts: Texts, vote: VoteView, result: RecordView): string[] {
  if (vote.kind !== 'secret') return []
  return result.questions.flatMap(({ counts, blank }, index) =>
    result.valid > 0 && [...counts, blank].includes(result.valid)
      ? [texts('ballots:unanimous', { question: index + 1 })]
      : [],
  )
}
