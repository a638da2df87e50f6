import { numberIn, numbersIn } from '../../telegram/button-data.ts'
import type { ButtonHandler } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { showBallot } from './ballots/ballot-handlers.ts'
import { listVotes, showVote } from './card.ts'
import { voteCard, voteLine } from './card-screens.ts'
import { castChoice } from './cast-choice.ts'
import { closeVote, runningVote } from './close-vote.ts'
import { whoChoseWhat } from './named-list.ts'
import { remindVoters } from './remind-voters.ts'
import { namesMessages } from './result-screens.ts'
import { castAnswer, closeQuestion } from './screens.ts'
import { showPrivately } from './show-privately.ts'
import { voteTitle } from './titles.ts'
import type { Turnouts } from './turnout.ts'
import { findVote } from './vote-view.ts'

/** `/cacbieuquyet`: the votes of one's branch, to vote in private or to read. */
export async function showVotes(turn: Turn): Promise<void> {
  const votes = await listVotes(turn.context)
  if (votes.length === 0) return turn.notify(turn.texts('votes:none'))
  await showPickList(turn, {
    title: turn.texts('votes:listTitle'),
    items: votes.map((vote) => ({ label: voteLine(turn.texts, vote), data: `vview:${vote.id}` })),
  })
}

/** Presses on an option tell `turnouts` that the group may have to read a new number. */
export const voteButtons = (turnouts: Turnouts): Record<string, ButtonHandler> => ({
  vc: {
    handle: async (turn: Turn) => {
      const [voteId = -1, question = -1, optionIndex = -1] = numbersIn(turn.args)
      const result = await castChoice(turn.context, { voteId, question, optionIndex })
      if (!result.ok) return turn.refuse(result.problem)
      const { questionCount, option, outcome } = result.value
      if (outcome !== 'unchanged') turnouts.soon(voteId)
      const named = questionCount > 1 ? turn.texts('votes:optionOf', { question: question + 1, option }) : option
      await turn.notify(castAnswer(turn.texts, { ...result.value, option: named }))
      if (turn.chat.kind === 'private') await showCard(turn, voteId)
    },
  },
  vview: {
    handle: async (turn: Turn) => {
      const voteId = numberIn(turn.args)
      const vote = await findVote(turn.context.db, voteId)
      if (vote && vote.kind !== 'open') return showBallot(turn, voteId)
      await showCard(turn, voteId, true)
    },
  },
  vend: {
    handle: async (turn: Turn) => {
      const found = await runningVote(turn.context, numberIn(turn.args))
      if (!found.ok) return turn.refuse(found.problem)
      await turn.reply(closeQuestion(turn.texts, found.value))
    },
  },
  vendok: {
    handle: async (turn: Turn) => {
      const result = await closeVote(turn.context, numberIn(turn.args))
      if (!result.ok) return turn.refuse(result.problem)
      const { vote, before } = result.value
      await turn.edit({
        text: turn.texts(before ? 'votes:endedBefore' : 'votes:ended', { title: voteTitle(turn.texts, vote) }),
      })
    },
  },
  vremind: {
    handle: async (turn: Turn) => {
      const result = await remindVoters(turn.context, numberIn(turn.args))
      if (!result.ok) return turn.refuse(result.problem)
      const { reminded, lately, unlinked } = result.value
      await turn.notify(turn.texts('votes:reminded', { reminded, lately, unlinked }), true)
    },
  },
  vkeep: {
    handle: async (turn: Turn) => {
      const found = await runningVote(turn.context, numberIn(turn.args))
      if (!found.ok) return turn.refuse(found.problem)
      await turn.edit({ text: turn.texts('votes:keptOpen', { title: voteTitle(turn.texts, found.value) }) })
    },
  },
  vnames: {
    handle: async (turn: Turn) => {
      const list = await whoChoseWhat(turn.context, numberIn(turn.args))
      if (!list.ok) return turn.refuse(list.problem)
      await showPrivately(turn, namesMessages(turn.texts, list.value))
    },
  },
})

async function showCard(turn: Turn, voteId: number, anew = false): Promise<void> {
  const card = await showVote(turn.context, voteId)
  if (!card.ok) return turn.refuse(card.problem)
  const message = voteCard(turn.texts, card.value)
  if (!anew) return turn.edit(message)
  await showPrivately(turn, [message])
}
