import { compareNames } from '../../domain/names.ts'
import { type Message, titled } from '../../platform/messages.ts'
import { numberIn, numbersIn } from '../../telegram/button-data.ts'
import { pickMessage, showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { votesToEnter } from './card.ts'
import { voteLine } from './card-screens.ts'
import { castOnBehalf, membersToEnter, type RollMember } from './cast-on-behalf.ts'
import { castAnswer, enterButton, numbered } from './screens.ts'
import { voteTitle } from './titles.ts'
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
      const first = member?.voted.indexOf(false) ?? -1
      if (!member || first < 0) return turn.refuse({ code: 'votes.nothingToEnter' })
      await turn.reply(choiceQuestion(turn, found.value.vote, member, first))
    },
  },
  vset: {
    handle: async (turn: Turn) => {
      const [voteId = -1, personId = -1, question = -1, optionIndex = -1] = numbersIn(turn.args)
      const result = await castOnBehalf(turn.context, { voteId, personId, question, optionIndex })
      if (!result.ok) return turn.refuse(result.problem)
      const { name, vote } = result.value
      await turn.edit({
        ...titled(
          turn.texts('votes:enteredFor', { name }),
          vote.questions.length > 1 && (vote.questions[question]?.text ?? null),
          castAnswer(turn.texts, result.value),
        ),
        buttons: [[{ ...enterButton(turn.texts, vote), text: turn.texts('votes:enterNext') }]],
      })
      await askNextQuestion(turn, vote.id, personId, question)
    },
  },
}

/** Of several questions the next one follows by itself. */
async function askNextQuestion(turn: Turn, voteId: number, personId: number, answered: number): Promise<void> {
  const found = await membersToEnter(turn.context, voteId)
  const member = found.ok ? found.value.members.find(({ id }) => id === personId) : undefined
  const next = member?.voted.findIndex((own, question) => question > answered && !own) ?? -1
  if (found.ok && member && next >= 0) await turn.reply(choiceQuestion(turn, found.value.vote, member, next))
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
    title: turn.texts('votes:enterTitle', { title: voteTitle(turn.texts, vote) }),
    intro: turn.texts('votes:enterIntro'),
    items: sorted.map(({ id, name, entered }) => ({
      label: entered.every((option) => option === null)
        ? name
        : turn.texts('votes:enteredAlready', { name, option: entered.filter((option) => option !== null).join(', ') }),
      data: `vfor:${vote.id}.${id}`,
    })),
    page,
    pageData: (other: number) => `vpage:${vote.id}.${other}`,
  }
}

function choiceQuestion(turn: Turn, vote: VoteView, member: RollMember, question: number): Message {
  const { text = '', options = [] } = vote.questions[question] ?? {}
  return {
    ...titled(turn.texts('votes:askChoice', { name: member.name }), numbered(vote, question, text)),
    buttons: options.map((option, index) => [
      { text: option, data: `vset:${vote.id}.${member.id}.${question}.${index}` },
    ]),
  }
}
