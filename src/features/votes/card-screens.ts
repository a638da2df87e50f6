import { type Button, type Message, titled } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import { papersButton } from './ballots/ballot-screens.ts'
import type { VoteCard } from './card.ts'
import { resultButtons, resultLines } from './result-screens.ts'
import {
  closeButton,
  closedLine,
  enterButton,
  numbered,
  optionButtons,
  questionLines,
  remindButton,
  turnout,
} from './screens.ts'
import { resultTitle, standingLine, voteTitle } from './titles.ts'
import type { VoteView } from './vote-view.ts'

/** One line for a vote in a list. */
export function voteLine(texts: Texts, vote: VoteView): string {
  const question = vote.title.replaceAll(/\s+/g, ' ').slice(0, 80)
  const title = voteTitle(texts, vote)
  if (vote.state === 'draft') return `${texts('votes:titleDraft', { title })}: ${question}`
  return `${vote.isOpen ? title : texts('votes:titleClosed', { title })}: ${question}`
}

/** A vote in private: to vote there, to lead it, or to read its result. */
export function voteCard(texts: Texts, card: VoteCard): Message {
  const { vote, result, own } = card
  if (result) {
    return {
      ...titled(
        resultTitle(texts, vote),
        standingLine(texts, vote),
        '',
        ...resultLines(texts, vote, result),
        closedLine(texts, vote),
      ),
      buttons: [...resultButtons(texts, vote), ...leadingButtons(texts, card)],
    }
  }
  return {
    ...titled(
      voteTitle(texts, vote),
      standingLine(texts, vote),
      '',
      ...questionLines(texts, vote),
      '',
      turnout(texts, vote),
      ...own.flatMap((choice, question) =>
        choice
          ? [
              numbered(
                vote,
                question,
                texts(choice.entered ? 'votes:entered' : 'votes:ownChoice', { option: choice.option }),
              ),
            ]
          : [],
      ),
      card.onRoll && texts(vote.questions.length > 1 ? 'votes:howToVoteMany' : 'votes:howToVote'),
    ),
    buttons: buttons(texts, card),
  }
}

/** The record is for whoever leads the branch's votes, and a second round where something was left undecided. */
function leadingButtons(texts: Texts, { vote, leads, mayRepeat }: VoteCard): Button[][] {
  return [
    ...(leads ? [[papersButton(texts, vote)]] : []),
    ...(mayRepeat ? [[{ text: texts('votes:ballot.again'), data: `vagain:${vote.id}` }]] : []),
  ]
}

function buttons(texts: Texts, { vote, onRoll, mayEnter, mayClose }: VoteCard): Button[][] {
  if (vote.byHand) return mayClose ? [[{ text: texts('votes:enterNumbers'), data: `vhand:${vote.id}` }]] : []
  return [
    ...(onRoll ? optionButtons(texts, vote) : []),
    ...(mayEnter ? [[enterButton(texts, vote)]] : []),
    ...(mayClose ? [[remindButton(texts, vote)], [closeButton(texts, vote)]] : []),
  ]
}
