import type { Action } from '../../domain/access.ts'
import type { Result } from '../../domain/result.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import type { Turn } from '../../telegram/turn.ts'
import { decidePlan } from './decide-plan.ts'
import type { PlanView } from './plan-view.ts'
import { remarkMonth } from './remark-month.ts'
import { summariseYear } from './summarise-year.ts'
import { planFor } from './view-plan.ts'

export const returnForm = 'planReturn'
export const remarkForm = 'planRemark'
export const summaryForm = 'planSummary'

/** What is said of a whole plan: by the branch when it decides and each month, by the member at the end of the year. */
export const wordButtons = {
  pyes: {
    handle: async (turn: Turn) => {
      const planId = numberIn(turn.args)
      const done = await decidePlan(turn.context, { planId, approved: true, remark: null })
      if (!done.ok) return turn.refuse(done.problem)
      await turn.clearButtons()
      await turn.reply({ text: turn.texts('plans:approved', { name: done.value.person.name }) })
    },
  },
  pback: { handle: (turn: Turn) => askAbout(turn, returnForm, 'plans:askWhyReturn', 'plan.decide') },
  prem: { handle: (turn: Turn) => askAbout(turn, remarkForm, 'plans:askRemark', 'plan.decide') },
  pend: { handle: (turn: Turn) => askAbout(turn, summaryForm, 'plans:askSummary', 'plan.write') },
}

/** Why a plan is returned. */
export const answerReturn: FormHandler['handle'] = async (turn, { planId }) => {
  const remark = turn.message?.text
  if (typeof planId !== 'number' || !remark) return false
  const done = await decidePlan(turn.context, { planId, approved: false, remark })
  await say(turn, done, 'plans:returned')
}

/** What the branch says of a month. */
export const answerRemark: FormHandler['handle'] = async (turn, { planId }) => {
  const text = turn.message?.text
  if (typeof planId !== 'number' || !text) return false
  await say(turn, await remarkMonth(turn.context, { planId, text }), 'plans:remarked')
}

/** The member's words on the year. */
export const answerSummary: FormHandler['handle'] = async (turn, { planId }) => {
  const text = turn.message?.text
  if (typeof planId !== 'number' || !text) return false
  await say(turn, await summariseYear(turn.context, { planId, text }), 'plans:summarised')
}

async function askAbout(
  turn: Turn,
  form: string,
  question: 'plans:askWhyReturn' | 'plans:askRemark' | 'plans:askSummary',
  action: Extract<Action, 'plan.decide' | 'plan.write'>,
): Promise<void> {
  const plan = await planFor(turn.context, numberIn(turn.args), action)
  if (!plan.ok) return turn.refuse(plan.problem)
  const { id, person, year } = plan.value
  await turn.ask(form, { planId: id }, { text: turn.texts(question, { name: person.name, year }) })
}

/** Says that it was taken, or what is wrong: then the form stays open, so that words that are too long can be typed anew. */
export async function say(
  turn: Turn,
  done: Result<PlanView>,
  key: 'plans:returned' | 'plans:remarked' | 'plans:summarised' | 'plans:noted',
): Promise<void> {
  if (!done.ok) return turn.refuse(done.problem)
  await turn.closeForm()
  await turn.reply({ text: turn.texts(key, { name: done.value.person.name }) })
}
