import type { ButtonHandler, Command, FormHandler } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { numbersIn, replyInParts } from './answers.ts'
import { cadreMessage, ownResultsMessage, yearPicture } from './cadre-screens.ts'
import { commentable, commentResult } from './comment-result.ts'
import type { PersonResult } from './person-results.ts'
import { remarkCadre } from './remark-cadre.ts'
import { readCadres, viewCadre } from './view-cadre.ts'
import { viewOwnResults } from './view-own-results.ts'

/** `/ketquacuatoi`: one's own results, and a picture of twelve months. `/canbo`: both sides of a cadre. */
export const cadreCommands: readonly Command[] = [
  {
    name: 'ketquacuatoi',
    chats: ['private'],
    audience: 'notice.comment',
    label: 'notices:labelOwnResults',
    handle: async (turn) => {
      const results = await viewOwnResults(turn.context)
      if (!results.ok) return turn.refuse(results.problem)
      await replyInParts(turn, ownResultsMessage(turn.texts, results.value))
      await showPicture(turn, results.value)
    },
  },
  {
    name: 'canbo',
    chats: ['private'],
    audience: 'notice.viewCadre',
    label: 'notices:labelCadres',
    handle: (turn) => showCadres(turn, 0),
  },
]

export const cadreButtons: Record<string, ButtonHandler> = {
  ncadres: { handle: (turn) => showCadres(turn, numbersIn(turn.args)[0]) },
  ncadre: {
    handle: async (turn) => {
      const [personId] = numbersIn(turn.args)
      const cadre = await viewCadre(turn.context, { personId })
      if (!cadre.ok) return turn.refuse(cadre.problem)
      await replyInParts(turn, cadreMessage(turn.texts, cadre.value))
      await showPicture(turn, cadre.value.results)
    },
  },
  ncomment: {
    handle: async (turn) => {
      const open = await commentable(turn.context, { entryId: numbersIn(turn.args)[0] })
      if (!open.ok) return turn.refuse(open.problem)
      await askFor(turn, 'ncomment', turn.texts('notices:askComment'))
    },
  },
  nremark: { handle: (turn) => askFor(turn, 'nremark', turn.texts('notices:askRemark')) },
}

export const cadreForms: Record<string, FormHandler> = {
  ncomment: {
    handle: async (turn, data) => {
      const done = await commentResult(turn.context, { entryId: Number(data.entryId), text: turn.message?.text ?? '' })
      if (!done.ok) return turn.refuse(done.problem)
      await turn.closeForm()
      await turn.reply({ text: turn.texts('notices:commentSent', done.value) })
    },
  },
  nremark: {
    handle: async (turn, data) => {
      const done = await remarkCadre(turn.context, { entryId: Number(data.entryId), text: turn.message?.text ?? '' })
      if (!done.ok) return turn.refuse(done.problem)
      await turn.closeForm()
      await turn.reply({ text: turn.texts('notices:remarkSent', done.value) })
    },
  },
}

async function askFor(turn: Turn, form: 'ncomment' | 'nremark', question: string): Promise<void> {
  const [entryId] = numbersIn(turn.args)
  await turn.ask(form, { entryId }, { text: question })
}

async function showCadres(turn: Turn, page: number): Promise<void> {
  const cadres = await readCadres(turn.context)
  if (!cadres.ok) return turn.refuse(cadres.problem)
  await showPickList(turn, {
    title: turn.texts('notices:cadresTitle', { count: cadres.value.length }),
    items: cadres.value.map(({ id, fullName, branches: [branch] }) => ({
      label: branch ? turn.texts('notices:cadreLine', { name: fullName, branch: branch.name }) : fullName,
      data: `ncadre:${id}`,
    })),
    page,
    pageData: (other) => `ncadres:${other}`,
  })
}

async function showPicture(turn: Turn, results: readonly PersonResult[]): Promise<void> {
  const picture = yearPicture(turn.texts, results)
  if (picture) await turn.sendPicture(picture, turn.texts('notices:yearPictureCaption'))
}
