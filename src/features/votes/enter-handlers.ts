import { compareNames } from '../../domain/names.ts'
import { type Message, titled } from '../../platform/messages.ts'
import { numberIn, numbersIn } from '../../telegram/button-data.ts'
import { pickMessage, showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { votesToEnter } from './card.ts'
import { voteLine } from './card-screens.ts'
import { castOnBehalf, membersToEnter, type RollMember } from './cast-on-behalf.ts'
import { castAnswer, enterButton } from './screens.ts'
import type { VoteView } from './vote-view.ts'

/** `/bieuquyetthay`: choices of members without a smartphone, entered by the secretary. */
export async function startEntering(turn: Turn): Promise<void> {
  const votes = await votesToEnter(turn.context)
  const [only, other] = votes
  if (!only) return turn.notify(turn.texts('votes:nothingOpen'))
  if (!other) return listMembers(turn, only.id)
  await showPickList(turn, {
    title: turn.texts('votes:listTitle'),
    items: votes.map((vote) => ({ label: voteLine(turn.texts, vote), data: `venter:${vote.id}` })),
  })
}

export const enterButtons = {
  venter: {
    handle: async (turn: Turn) => {
      // Who has not voted yet is for the secretary alone.
      if (turn.chat.kind === 'group') return turn.refuse({ code: 'telegram.onlyPrivate' })
      await listMembers(turn, numberIn(turn.args))
    },
  },
  vpage: {
    handle: async (turn: Turn) => {
      const [voteId = -1, page = 0] = numbersIn(turn.args)
      const found = await membersToEnter(turn.context, voteId)
      if (!found.ok) return turn.refuse(found.problem)
      await turn.edit(
        pickMessage(turn.texts, memberList(turn, found.value.vote, found.value.members, Math.max(0, page))),
      )
    },
  },
  vfor: {
    handle: async (turn: Turn) => {
      const [voteId = -1, personId = -1] = numbersIn(turn.args)
      const found = await membersToEnter(turn.context, voteId)
      if (!found.ok) return turn.refuse(found.problem)
      const member = found.value.members.find(({ id }) => id === personId)
      if (!member) return turn.refuse({ code: 'votes.nothingToEnter' })
      await turn.reply(choiceQuestion(turn, found.value.vote, member))
    },
  },
  vset: {
    handle: async (turn: Turn) => {
      const [voteId = -1, personId = -1, optionIndex = -1] = numbersIn(turn.args)
      const result = await castOnBehalf(turn.context, { voteId, personId, optionIndex })
      if (!result.ok) return turn.refuse(result.problem)
      const { name, vote } = result.value
      await turn.edit({
        ...titled(turn.texts('votes:enteredFor', { name }), castAnswer(turn.texts, result.value)),
        buttons: [[{ ...enterButton(turn.texts, vote), text: turn.texts('votes:enterNext') }]],
      })
    },
  },
}

async function listMembers(turn: Turn, voteId: number): Promise<void> {
  const found = await membersToEnter(turn.context, voteId)
  if (!found.ok) return turn.refuse(found.problem)
  const { vote, members } = found.value
  if (members.length === 0) return turn.notify(turn.texts('votes:everybodyVoted'))
  await showPickList(turn, memberList(turn, vote, members, 0))
}

function memberList(turn: Turn, vote: VoteView, members: readonly RollMember[], page: number) {
  const sorted = members.toSorted((a, b) => Number(a.linked) - Number(b.linked) || compareNames(a.name, b.name))
  return {
    title: turn.texts('votes:enterTitle', { number: vote.number }),
    intro: turn.texts('votes:enterIntro'),
    items: sorted.map(({ id, name, entered }) => ({
      label: entered === null ? name : turn.texts('votes:enteredAlready', { name, option: entered }),
      data: `vfor:${vote.id}.${id}`,
    })),
    page,
    pageData: (other: number) => `vpage:${vote.id}.${other}`,
  }
}

function choiceQuestion(turn: Turn, vote: VoteView, member: RollMember): Message {
  return {
    ...titled(turn.texts('votes:askChoice', { name: member.name }), vote.question),
    buttons: vote.options.map((text, index) => [{ text, data: `vset:${vote.id}.${member.id}.${index}` }]),
  }
}
