import { inParts } from '../../../platform/long-text.ts'
import { titled } from '../../../platform/messages.ts'
import { numberIn, numbersIn } from '../../../telegram/button-data.ts'
import { pickMessage, showPickList } from '../../../telegram/pick-list.ts'
import type { Turn } from '../../../telegram/turn.ts'
import { showPrivately } from '../show-privately.ts'
import { voteTitle } from '../titles.ts'
import { expectedVoters, markWhereabouts, whereabouts } from './absences.ts'
import { ballotCard, contentLines, voidQuestion } from './ballot-screens.ts'
import { findBallot, leadBallot } from './ballot-view.ts'
import { tellerCandidates, toggleTeller } from './choose-tellers.ts'
import { dossierMessage, dossierOf } from './dossier.ts'
import { openPaper } from './open-paper.ts'
import { publishBallot } from './publish-ballot.ts'
import { signRecord } from './sign-record.ts'
import { voidBallot } from './void-ballot.ts'

export const ballotButtons = {
  bpteam: { handle: (turn: Turn) => showTeam(turn, numberIn(turn.args), 0, false) },
  bpteampage: {
    handle: async (turn: Turn) => {
      const [voteId = -1, page = 0] = numbersIn(turn.args)
      await showTeam(turn, voteId, Math.max(0, page), true)
    },
  },
  bpteller: {
    handle: async (turn: Turn) => {
      const [voteId = -1, personId = -1, page = 0] = numbersIn(turn.args)
      const result = await toggleTeller(turn.context, voteId, personId)
      if (!result.ok) return turn.refuse(result.problem)
      await showTeam(turn, voteId, Math.max(0, page), true)
    },
  },
  bpaway: { handle: (turn: Turn) => showAbsences(turn, numberIn(turn.args), 0, false) },
  bpawaypage: {
    handle: async (turn: Turn) => {
      const [voteId = -1, page = 0] = numbersIn(turn.args)
      await showAbsences(turn, voteId, Math.max(0, page), true)
    },
  },
  bpabsent: {
    handle: async (turn: Turn) => {
      const [voteId = -1, personId = -1, state = 0, page = 0] = numbersIn(turn.args)
      const is = whereabouts[state] ?? 'present'
      const result = await markWhereabouts(turn.context, { voteId, personId, is })
      if (!result.ok) return turn.refuse(result.problem)
      await showAbsences(turn, voteId, Math.max(0, page), true)
    },
  },
  bpcontent: { handle: (turn: Turn) => showContent(turn, numberIn(turn.args)) },
  bpcontentpage: {
    handle: async (turn: Turn) => {
      const [voteId = -1, page = 0] = numbersIn(turn.args)
      await showContent(turn, voteId, Math.max(0, page), true)
    },
  },
  bpperson: {
    handle: async (turn: Turn) => {
      const [voteId = -1, personId = -1] = numbersIn(turn.args)
      const found = await dossierOf(turn.context, voteId, personId)
      if (!found.ok) return turn.refuse(found.problem)
      await turn.reply(dossierMessage(turn.texts, found.value))
    },
  },
  bpopen: {
    handle: async (turn: Turn) => {
      const result = await openPaper(turn.context, numberIn(turn.args))
      if (!result.ok) return turn.refuse(result.problem)
      await turn.notify(turn.texts('votes:ballot.opened'))
      await showBallot(turn, result.value.id)
    },
  },
  bpsign: {
    handle: async (turn: Turn) => {
      const result = await signRecord(turn.context, numberIn(turn.args))
      if (!result.ok) return turn.refuse(result.problem)
      const { before, signatures } = result.value
      await turn.notify(
        turn.texts(before ? 'votes:count.signedBefore' : 'votes:count.signed', { count: signatures }),
        true,
      )
    },
  },
  bppublish: {
    handle: async (turn: Turn) => {
      const result = await publishBallot(turn.context, numberIn(turn.args))
      if (!result.ok) return turn.refuse(result.problem)
      await turn.notify(turn.texts(result.value.before ? 'votes:ballot.publishedBefore' : 'votes:ballot.published'))
      await showBallot(turn, result.value.vote.id)
    },
  },
  bpvoid: {
    handle: async (turn: Turn) => {
      const found = await leadBallot(turn.context, numberIn(turn.args))
      if (!found.ok) return turn.refuse(found.problem)
      await turn.reply(voidQuestion(turn.texts, found.value.vote))
    },
  },
  bpvoidok: {
    handle: async (turn: Turn) => {
      const result = await voidBallot(turn.context, numberIn(turn.args))
      if (!result.ok) return turn.refuse(result.problem)
      await turn.edit({ text: turn.texts('votes:ballot.isVoid', { title: voteTitle(turn.texts, result.value) }) })
    },
  },
}

/** The ballot's card, in private: it names the tally team and what is on the paper. */
export async function showBallot(turn: Turn, voteId: number): Promise<void> {
  const found = await findBallot(turn.context, voteId)
  if (!found.ok) return turn.refuse(found.problem)
  await showPrivately(turn, inParts(ballotCard(turn.texts, found.value)))
}

async function showTeam(turn: Turn, voteId: number, page: number, again: boolean): Promise<void> {
  const found = await tellerCandidates(turn.context, voteId)
  if (!found.ok) return turn.refuse(found.problem)
  const { vote, candidates, onBallot } = found.value
  const list = {
    title: turn.texts('votes:ballot.teamTitle', { title: voteTitle(turn.texts, vote) }),
    intro: turn.texts(onBallot ? 'votes:ballot.teamIntroOnBallot' : 'votes:ballot.teamIntro'),
    items: candidates.map(({ id, name, linked, chosen }) => ({
      label: [
        chosen ? turn.texts('votes:ballot.isChosen', { name }) : name,
        ...(linked ? [] : [turn.texts('votes:ballot.notLinked')]),
      ].join(' '),
      data: `bpteller:${voteId}.${id}.${page}`,
    })),
    page,
    pageData: (other: number) => `bpteampage:${voteId}.${other}`,
    more: [[{ text: turn.texts('votes:ballot.teamDone'), data: `vview:${voteId}` }]],
  }
  if (again && turn.press) await turn.edit(pickMessage(turn.texts, list))
  else await showPickList(turn, list)
}

/** Who is not at the meeting: each press takes a name one on, from present to absent, to absent with a reason, and back. */
async function showAbsences(turn: Turn, voteId: number, page: number, again: boolean): Promise<void> {
  const found = await expectedVoters(turn.context, voteId)
  if (!found.ok) return turn.refuse(found.problem)
  const { vote, voters } = found.value
  const list = {
    title: turn.texts('votes:ballot.awayTitle', { title: voteTitle(turn.texts, vote) }),
    intro: turn.texts('votes:ballot.awayIntro'),
    items: voters.map(({ id, name, is }) => ({
      label: is === 'present' ? name : turn.texts(awayKeys[is], { name }),
      data: `bpabsent:${voteId}.${id}.${(whereabouts.indexOf(is) + 1) % whereabouts.length}.${page}`,
    })),
    page,
    pageData: (other: number) => `bpawaypage:${voteId}.${other}`,
    more: [[{ text: turn.texts('votes:ballot.awayDone'), data: `vview:${voteId}` }]],
  }
  if (again && turn.press) await turn.edit(pickMessage(turn.texts, list))
  else await showPickList(turn, list)
}

const awayKeys = { absent: 'votes:ballot.isAbsent', excused: 'votes:ballot.isExcused' } as const

/** What is on the paper; of a classification each person opens to what the ward has told of them. */
async function showContent(turn: Turn, voteId: number, page = 0, again = false): Promise<void> {
  const found = await findBallot(turn.context, voteId)
  if (!found.ok) return turn.refuse(found.problem)
  const { vote } = found.value
  const title = turn.texts('votes:ballot.contentTitle', { title: voteTitle(turn.texts, vote) })
  if (vote.subject !== 'classification') {
    return turn.reply(titled(title, ...contentLines(turn.texts, found.value)))
  }
  if (!again) {
    for (const message of inParts(titled(title, ...contentLines(turn.texts, found.value)))) await turn.reply(message)
  }
  const list = {
    title: turn.texts('votes:ballot.dossierTitle'),
    intro: turn.texts('votes:ballot.dossierIntro'),
    items: vote.questions.flatMap(({ text, personId }) =>
      personId === null ? [] : [{ label: text, data: `bpperson:${voteId}.${personId}` }],
    ),
    page,
    pageData: (other: number) => `bpcontentpage:${voteId}.${other}`,
  }
  if (again) return turn.edit(pickMessage(turn.texts, list))
  await showPickList(turn, list)
}
