import { planGroups } from '../../domain/plans.ts'
import { numberIn, numbersIn } from '../../telegram/button-data.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { planToEdit, readItem, removeItem, writeItem } from './edit-plan.ts'
import { answer } from './show-handlers.ts'
import { startPlan } from './start-plan.ts'
import { submitPlan } from './submit-plan.ts'

export const itemForm = 'planItem'

/** Writing a plan, from the template to handing it in. */
export const editButtons = {
  pnew: {
    handle: async (turn: Turn) => {
      const [personId = -1, year = 0] = numbersIn(turn.args)
      await answer(turn, await startPlan(turn.context, { personId, year }))
    },
  },
  pedit: {
    handle: async (turn: Turn) => {
      const plan = await planToEdit(turn.context, numberIn(turn.args))
      if (!plan.ok) return turn.refuse(plan.problem)
      await showPickList(turn, {
        title: turn.texts('plans:askItem'),
        items: plan.value.items.map(({ id, text }) => ({ label: text, data: `pitem:${plan.value.id}.${id}` })),
      })
    },
  },
  pitem: {
    handle: async (turn: Turn) => {
      const [planId = -1, itemId = -1] = numbersIn(turn.args)
      const plan = await planToEdit(turn.context, planId)
      const item = plan.ok ? plan.value.items.find(({ id }) => id === itemId) : undefined
      if (!plan.ok || !item) return turn.refuse(plan.ok ? { code: 'plans.notThere' } : plan.problem)
      await turn.ask(
        itemForm,
        { planId, itemId, group: item.group },
        {
          text: [turn.texts('plans:askItemText'), '', `${item.text}; ${item.measure}; ${item.dueMonth}`].join('\n'),
          buttons: [
            [{ text: turn.texts('plans:removeItem'), data: `pout:${planId}.${itemId}` }],
            [{ text: turn.texts('common:cancel'), data: 'cancel' }],
          ],
        },
      )
    },
  },
  pout: {
    handle: async (turn: Turn) => {
      const [planId = -1, itemId = -1] = numbersIn(turn.args)
      const done = await removeItem(turn.context, { planId, itemId })
      if (done.ok) await turn.closeForm()
      await answer(turn, done)
    },
  },
  padd: {
    handle: async (turn: Turn) => {
      const plan = await planToEdit(turn.context, numberIn(turn.args))
      if (!plan.ok) return turn.refuse(plan.problem)
      await showPickList(turn, {
        title: turn.texts('plans:askGroup'),
        items: planGroups.map((group, index) => ({
          label: turn.texts(`plans:groups.${group}`),
          data: `pgrp:${plan.value.id}.${index}`,
        })),
      })
    },
  },
  pgrp: {
    handle: async (turn: Turn) => {
      const [planId = -1, index = -1] = numbersIn(turn.args)
      const group = planGroups[index]
      if (!group) return turn.notify(turn.texts('telegram:oldButton'), true)
      await turn.ask(itemForm, { planId, itemId: null, group }, { text: turn.texts('plans:askItemText') })
    },
  },
  psub: {
    handle: async (turn: Turn) => {
      const done = await submitPlan(turn.context, numberIn(turn.args))
      if (!done.ok) return turn.refuse(done.problem)
      await turn.reply({ text: turn.texts('plans:submitted') })
    },
  },
}

/** An item's words: what; how it is measured; until which month. */
export const answerItem: FormHandler['handle'] = async (turn, { planId, itemId, group }) => {
  const known = planGroups.find((one) => one === group)
  if (typeof planId !== 'number' || !known || !turn.message?.text) return false
  const item = readItem(turn.message.text)
  if (!item.ok) return turn.refuse(item.problem)
  const which = typeof itemId === 'number' ? itemId : null
  const done = await writeItem(turn.context, { planId, itemId: which, group: known, item: item.value })
  if (done.ok) await turn.closeForm()
  await answer(turn, done)
}
