import { formatDateTime } from '../../domain/formats.ts'
import type { Button, Message } from '../../platform/messages.ts'
import { titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { CastResult } from './cast-choice.ts'
import { secretGroupMessage } from './sealed/screens.ts'
import { standingLine, voteTitle } from './titles.ts'
import type { VoteView } from './vote-view.ts'

/** The open vote in the branch's group: how many have voted, never who; what they chose only where it was opened so. */
export function groupMessage(texts: Texts, vote: VoteView): Message {
  if (vote.kind === 'secret') return secretGroupMessage(texts, vote)
  return {
    ...titled(
      voteTitle(texts, vote),
      standingLine(texts, vote),
      '',
      ...questionLines(texts, vote),
      '',
      vote.byHand ? texts('votes:byHandInGroup', { roll: vote.rollSize }) : turnout(texts, vote),
      !vote.byHand && texts(vote.questions.length > 1 ? 'votes:howToVoteMany' : 'votes:howToVote'),
    ),
    buttons: vote.byHand ? [] : [...optionButtons(texts, vote), [closeButton(texts, vote)]],
  }
}

/** The same message after the closing, without buttons. */
export function closedMessage(texts: Texts, vote: VoteView): Message {
  const end = vote.state === 'void' ? texts('votes:voided') : closedLine(texts, vote)
  return titled(
    texts('votes:titleClosed', { title: voteTitle(texts, vote) }),
    ...(vote.kind === 'open' ? vote.questions.map(({ text }, index) => numbered(vote, index, text)) : [vote.title]),
    '',
    vote.state !== 'void' && turnout(texts, vote),
    end,
  )
}

/** What whoever opened it finds in private, to lead it by. */
export function openerMessage(texts: Texts, vote: VoteView, mayEnter: boolean): Message {
  const title = titled(texts('votes:opened', { title: voteTitle(texts, vote) }), vote.title, '')
  if (vote.byHand) {
    const button = { text: texts('votes:enterNumbers'), data: `vhand:${vote.id}` }
    return { ...title, text: `${title.text}\n${texts('votes:openedByHandHint')}`, buttons: [[button]] }
  }
  return {
    ...title,
    text: `${title.text}\n${texts('votes:openedHint')}`,
    buttons: [
      ...(mayEnter ? [[enterButton(texts, vote)]] : []),
      [remindButton(texts, vote)],
      [closeButton(texts, vote)],
    ],
  }
}

/** A member reads what the secretary has entered for them, and how to mend it. */
export function enteredForYou(texts: Texts, vote: VoteView, question: number, option: string): Message {
  return {
    ...titled(
      texts('votes:enteredForYou', { title: voteTitle(texts, vote) }),
      vote.questions[question]?.text ?? vote.title,
      '',
      texts('votes:entered', { option }),
      texts('votes:enteredHint'),
    ),
    buttons: [[viewButton(texts, vote.id)]],
  }
}

/** To one who has not voted, in private. */
export function reminderMessage(texts: Texts, vote: VoteView): Message {
  return {
    ...titled(texts('votes:reminder', { title: voteTitle(texts, vote) }), vote.title, '', texts('votes:reminderHint')),
    buttons: [[viewButton(texts, vote.id)]],
  }
}

export function closeQuestion(texts: Texts, vote: VoteView): Message {
  return {
    ...titled(
      texts('votes:askClose', { title: voteTitle(texts, vote) }),
      turnout(texts, vote),
      texts('votes:askCloseHint'),
    ),
    buttons: [
      [{ text: texts('votes:closeNow'), data: `vendok:${vote.id}` }],
      [{ text: texts('votes:keepOpen'), data: `vkeep:${vote.id}` }],
    ],
  }
}

/** The answer to a press, where the finger is. */
export function castAnswer(texts: Texts, { option, outcome }: Pick<CastResult, 'option' | 'outcome'>): string {
  switch (outcome) {
    case 'recorded':
      return texts('votes:recorded', { option })
    case 'changed':
      return texts('votes:changed', { option })
    case 'unchanged':
      return texts('votes:unchanged', { option })
  }
}

/** A button for each option; of several questions each says which it belongs to. */
export function optionButtons(texts: Texts, vote: VoteView): Button[][] {
  const many = vote.questions.length > 1
  return vote.questions.flatMap(({ options }, question) =>
    options.map((option, index) => [
      {
        text: many ? texts('votes:optionOf', { question: question + 1, option }) : option,
        data: `vc:${vote.id}.${question}.${index}`,
      },
    ]),
  )
}

/** The questions with their options, and how many have chosen each where the vote shows it. */
export function questionLines(texts: Texts, vote: VoteView): string[] {
  return vote.questions.flatMap(({ text, options, counts }, question) => [
    ...(question > 0 ? [''] : []),
    numbered(vote, question, text),
    ...options.map((option, index) => {
      const line = `${vote.questions.length > 1 ? '–' : `${index + 1}.`} ${option}`
      return vote.showsCounts ? texts('votes:running', { line, count: counts[index] ?? 0 }) : line
    }),
  ])
}

/** A question as a line: numbered among several. */
export function numbered({ questions }: VoteView, index: number, text: string): string {
  return questions.length > 1 ? `${index + 1}. ${text}` : text
}

export function turnout(texts: Texts, { voted, rollSize, byHand, state }: VoteView): string | false {
  return !(byHand && state === 'open') && texts('votes:turnout', { voted, roll: rollSize })
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

export function remindButton(texts: Texts, vote: VoteView): Button {
  return { text: texts('votes:remind'), data: `vremind:${vote.id}` }
}

export function namesButton(texts: Texts, voteId: number): Button {
  return { text: texts('votes:names'), data: `vnames:${voteId}` }
}

export function viewButton(texts: Texts, voteId: number): Button {
  return { text: texts('votes:viewVote'), data: `vview:${voteId}` }
}
