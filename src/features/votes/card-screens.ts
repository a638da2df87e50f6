import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { VoteCard } from './card.ts'
import { resultLines } from './result-screens.ts'
import { closeButton, closedLine, enterButton, namesButton, optionButtons, optionLines, turnout } from './screens.ts'
import type { VoteView } from './vote-view.ts'

/** One line for a vote in a list. */
export function voteLine(texts: Texts, vote: VoteView): string {
  const question = vote.question.replaceAll(/\s+/g, ' ').slice(0, 80)
  const title = texts(vote.isOpen ? 'votes:title' : 'votes:titleClosed', { number: vote.number })
  return `${title}: ${question}`
}

/** A vote in private: to vote there, to lead it, or to read its result. */
export function voteCard(texts: Texts, card: VoteCard): Message {
  const { vote, result, own } = card
  if (result) {
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
  return {
    ...titled(
      texts('votes:title', { number: vote.number }),
      vote.question,
      '',
      ...optionLines(vote),
      '',
      turnout(texts, vote),
      own && texts(own.entered ? 'votes:entered' : 'votes:ownChoice', { option: own.option }),
      card.onRoll && texts('votes:howToVote'),
    ),
    buttons: buttons(texts, card),
  }
}

function buttons(texts: Texts, { vote, onRoll, mayEnter, mayClose }: VoteCard): Button[][] {
  return [
    ...(onRoll ? optionButtons(vote) : []),
    ...(mayEnter ? [[enterButton(texts, vote)]] : []),
    ...(mayClose ? [[closeButton(texts, vote)]] : []),
  ]
}
