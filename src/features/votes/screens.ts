import { formatDateTime } from '../../domain/formats.ts'
import type { Button, Message } from '../../platform/messages.ts'
import { titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { CastResult } from './cast-choice.ts'
import type { VoteView } from './vote-view.ts'

/** The open vote in the branch's group: how many have voted, never who or what. */
export function groupMessage(texts: Texts, vote: VoteView): Message {
  return {
    ...titled(
      texts('votes:title', { number: vote.number }),
      vote.question,
      '',
      ...optionLines(vote),
      '',
      turnout(texts, vote),
      texts('votes:howToVote'),
    ),
    buttons: [...optionButtons(vote), [closeButton(texts, vote)]],
  }
}

/** The same message after the closing, without buttons. */
export function closedMessage(texts: Texts, vote: VoteView): Message {
  return titled(
    texts('votes:titleClosed', { number: vote.number }),
    vote.question,
    '',
    turnout(texts, vote),
    closedLine(texts, vote),
  )
}

/** What whoever opened it finds in private, to lead it by. */
export function openerMessage(texts: Texts, vote: VoteView, mayEnter: boolean): Message {
  return {
    ...titled(texts('votes:opened', { number: vote.number }), vote.question, '', texts('votes:openedHint')),
    buttons: [...(mayEnter ? [[enterButton(texts, vote)]] : []), [closeButton(texts, vote)]],
  }
}

/** A member reads what the secretary has entered for them, and how to mend it. */
export function enteredForYou(texts: Texts, vote: VoteView, option: string): Message {
  return {
    ...titled(
      texts('votes:enteredForYou', { number: vote.number }),
      vote.question,
      '',
      texts('votes:entered', { option }),
      texts('votes:enteredHint'),
    ),
    buttons: [[{ text: texts('votes:viewVote'), data: `vview:${vote.id}` }]],
  }
}

export function closeQuestion(texts: Texts, vote: VoteView): Message {
  return {
    ...titled(texts('votes:askClose', { number: vote.number }), turnout(texts, vote), texts('votes:askCloseHint')),
    buttons: [
      [{ text: texts('votes:closeNow'), data: `vendok:${vote.id}` }],
      [{ text: texts('votes:keepOpen'), data: `vkeep:${vote.id}` }],
    ],
  }
}

/** The answer to a press, where the finger is. */
export function castAnswer(texts: Texts, { option, outcome }: CastResult): string {
  switch (outcome) {
    case 'recorded':
      return texts('votes:recorded', { option })
    case 'changed':
      return texts('votes:changed', { option })
    case 'unchanged':
      return texts('votes:unchanged', { option })
  }
}

export function optionButtons(vote: VoteView): Button[][] {
  return vote.options.map((text, index) => [{ text, data: `vc:${vote.id}.${index}` }])
}

export function optionLines(vote: VoteView): string[] {
  return vote.options.map((text, index) => `${index + 1}. ${text}`)
}

export function turnout(texts: Texts, { voted, rollSize }: VoteView): string {
  return texts('votes:turnout', { voted, roll: rollSize })
}

export function closedLine(texts: Texts, { closedAt }: VoteView): string | null {
  return closedAt && texts('votes:closedAt', { time: formatDateTime(closedAt) })
}

export function closeButton(texts: Texts, vote: VoteView): Button {
  return { text: texts('votes:close'), data: `vend:${vote.id}` }
}

export function enterButton(texts: Texts, vote: VoteView): Button {
  return { text: texts('votes:enter'), data: `venter:${vote.id}` }
}

export function namesButton(texts: Texts, voteId: number): Button {
  return { text: texts('votes:names'), data: `vnames:${voteId}` }
}
