import { titled } from '../../../platform/messages.ts'
import { numberIn } from '../../../telegram/button-data.ts'
import type { FormHandler } from '../../../telegram/feature.ts'
import type { Turn } from '../../../telegram/turn.ts'
import { electionPapers, readElection } from './election-papers.ts'
import { type PaperFile, papersOf } from './papers-of.ts'

const electionForm = 'electionPapers'

export const paperButtons = {
  bppapers: {
    handle: async (turn: Turn) => {
      // Names and numbers of a whole branch: for those who lead or count, and not in the group.
      if (turn.chat.kind === 'group') return turn.refuse({ code: 'telegram.onlyPrivate' })
      const papers = await papersOf(turn.context, numberIn(turn.args))
      if (!papers.ok) return turn.refuse(papers.problem)
      await send(turn, papers.value)
    },
  },
  bpelect: {
    handle: async (turn: Turn) => {
      const { texts } = turn
      const why = titled(texts('votes:election.title'), texts('votes:election.why'), '', texts('votes:election.ask'))
      await turn.ask(electionForm, { branchId: numberIn(turn.args) }, why)
    },
  },
}

export const electionForms = {
  [electionForm]: {
    handle: async (turn, data) => {
      if (!turn.message?.text || typeof data.branchId !== 'number') return false
      const election = readElection(turn.message.text)
      if (!election.ok) return turn.refuse(election.problem)
      const papers = await electionPapers(turn.context, data.branchId, election.value)
      if (!papers.ok) return turn.refuse(papers.problem)
      await turn.closeForm()
      await send(turn, papers.value)
    },
  },
} satisfies Record<string, FormHandler>

async function send(turn: Turn, papers: readonly PaperFile[]): Promise<void> {
  for (const paper of papers) await turn.sendFile(paper, turn.texts('votes:paper.caption'))
}
