import { monthToReport, type ProgressStatus, progressStatuses } from '../../domain/plans.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import type { Turn } from '../../telegram/turn.ts'
import type { PlanView } from './plan-view.ts'
import { reportItem } from './report-item.ts'
import { monthQuestion } from './screens.ts'
import { viewPlan } from './view-plan.ts'
import { say } from './word-handlers.ts'

export const noteForm = 'planNote'

/** How the items stand for the month, one after another. */
export const monthButtons = {
  pmon: {
    handle: async (turn: Turn) => {
      const plan = await viewPlan(turn.context, numberIn(turn.args))
      if (!plan.ok) return turn.refuse(plan.problem)
      await askNextItem(turn, plan.value)
    },
  },
  psay: {
    handle: async (turn: Turn) => {
      const [item = '', written] = turn.args.split('.')
      const status = progressStatuses.find((known) => known === written)
      if (!status) return turn.notify(turn.texts('telegram:oldButton'), true)
      const itemId = numberIn(item)
      const done = await reportItem(turn.context, { itemId, status, note: null })
      if (!done.ok) return turn.refuse(done.problem)
      await turn.edit({ text: turn.texts('plans:said', { status: turn.texts(`plans:statuses.${status}`) }) })
      await askNextItem(turn, done.value, { itemId, status })
    },
  },
}

/** A few words to the item that was just answered; the question of the next one stays open for its button. */
export const answerNote: FormHandler['handle'] = async (turn, { itemId, status }) => {
  const known = progressStatuses.find((one) => one === status)
  const note = turn.message?.text
  if (typeof itemId !== 'number' || !known || !note) return false
  await say(turn, await reportItem(turn.context, { itemId, status: known, note }), 'plans:noted')
}

async function askNextItem(
  turn: Turn,
  plan: PlanView,
  before?: { itemId: number; status: ProgressStatus },
): Promise<void> {
  const month = monthToReport(turn.context.today())
  if (month === null) return turn.refuse({ code: 'plans.noMonthOpen' })
  if (plan.state !== 'approved') return turn.refuse({ code: 'plans.notApproved' })
  const question = monthQuestion(turn.texts, plan, month)
  const done = { text: turn.texts('plans:monthDone') }
  if (!before) return turn.reply(question ?? done)
  await turn.reply({ text: turn.texts('plans:askNote') })
  await turn.ask(noteForm, before, question ?? { ...done, buttons: [] })
}
