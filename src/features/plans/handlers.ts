import { branchesWhereMay, may } from '../../domain/access.ts'
import { monthToReport, planGroups, progressStatuses } from '../../domain/plans.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { inParts } from '../../platform/long-text.ts'
import { numberIn, numbersIn } from '../../telegram/button-data.ts'
import type { FormHandler } from '../../telegram/feature.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { branchOf, membersOf } from '../registry/index.ts'
import { decidePlan } from './decide-plan.ts'
import { planToEdit, readItem, removeItem, writeItem } from './edit-plan.ts'
import { planDocument, registerDocument } from './export-plan.ts'
import { findPlan, findPlans, type PlanView } from './plan-view.ts'
import { remarkMonth } from './remark-month.ts'
import { reportItem } from './report-item.ts'
import { monthQuestion, planCard } from './screens.ts'
import { planOf, startPlan } from './start-plan.ts'
import { submitPlan } from './submit-plan.ts'
import { summariseYear } from './summarise-year.ts'

export const itemForm = 'planItem'
export const returnForm = 'planReturn'
export const noteForm = 'planNote'
export const remarkForm = 'planRemark'
export const summaryForm = 'planSummary'

/** `/kehoach`, alone or with a year: one's own plan; for those who decide, a way to the branch's. */
export async function showOwnPlan(turn: Turn): Promise<void> {
  const { context, texts } = turn
  const year = yearIn(turn)
  const { personId } = context.actor
  const plan = personId === null ? null : await planOf(context, { personId, year })
  if (plan) await showPlan(turn, plan)
  else if (personId !== null) {
    await turn.reply({
      text: texts('plans:none', { year }),
      buttons: [[{ text: texts('plans:start'), data: `pnew:${personId}.${year}` }]],
    })
  }
  const branches = branchesWhereMay(context.actor, 'plan.decide')
  if (branches.length > 0) {
    await turn.reply({
      text: texts('plans:ofBranch', { year }),
      buttons: branches.map((id) => [{ text: texts('plans:viewBranch'), data: `pbra:${id}.${year}` }]),
    })
  }
}

export const planButtons = {
  pnew: {
    handle: async (turn: Turn) => {
      const [personId = -1, year = 0] = numbersIn(turn.args)
      await answer(turn, await startPlan(turn.context, { personId, year }))
    },
  },
  pview: { handle: async (turn: Turn) => answer(turn, await planToView(turn, numberIn(turn.args))) },
  pbra: {
    handle: async (turn: Turn) => {
      const [branchId = -1, year = 0] = numbersIn(turn.args)
      const branch = await branchToFollow(turn, branchId)
      if (!branch.ok) return turn.refuse(branch.problem)
      const members = await membersWithPlans(turn, branchId, year)
      await showPickList(turn, {
        title: turn.texts('plans:branchTitle', { year }),
        items: members.map(({ id, name, plan }) => ({
          label: `${name}: ${plan ? turn.texts(`plans:states.${plan.state}`) : turn.texts('plans:noPlan')}`,
          data: plan ? `pview:${plan.id}` : `pnew:${id}.${year}`,
        })),
        linesPerPage: 60,
        more: [[{ text: turn.texts('plans:exportRegister'), data: `preg:${branchId}.${year}` }]],
      })
    },
  },
  preg: {
    handle: async (turn: Turn) => {
      const [branchId = -1, year = 0] = numbersIn(turn.args)
      const branch = await branchToFollow(turn, branchId)
      if (!branch.ok) return turn.refuse(branch.problem)
      const members = await membersWithPlans(turn, branchId, year)
      const data = await registerDocument(turn.texts, { name: branch.value, year }, members)
      await turn.sendFile({ name: `so-theo-doi-${year}.docx`, data }, turn.texts('plans:registerType'))
    },
  },
  pdoc: {
    handle: async (turn: Turn) => {
      const plan = await planToView(turn, numberIn(turn.args))
      if (!plan.ok) return turn.refuse(plan.problem)
      const data = await planDocument(turn.texts, plan.value)
      await turn.sendFile({ name: `ke-hoach-${plan.value.year}.docx`, data }, turn.texts('plans:paperType'))
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
  pmon: {
    handle: async (turn: Turn) => {
      const plan = await planToView(turn, numberIn(turn.args))
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
  before?: { itemId: number; status: (typeof progressStatuses)[number] },
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

async function askAbout(
  turn: Turn,
  form: string,
  question: 'plans:askWhyReturn' | 'plans:askRemark' | 'plans:askSummary',
  action: 'plan.decide' | 'plan.write',
): Promise<void> {
  const plan = await findPlan(turn.context.db, numberIn(turn.args))
  if (!plan) return turn.notify(turn.texts('telegram:oldButton'), true)
  const { wardId, branchId, person } = plan
  const leave = may(turn.context.actor, action, { wardId, branchId, personId: person.id })
  if (!leave.ok) return turn.refuse(leave.problem)
  await turn.ask(form, { planId: plan.id }, { text: turn.texts(question, { name: person.name, year: plan.year }) })
}

async function answer(turn: Turn, plan: Result<PlanView>): Promise<void> {
  if (!plan.ok) return turn.refuse(plan.problem)
  await turn.notify()
  await showPlan(turn, plan.value)
}

async function say(
  turn: Turn,
  done: Result<PlanView>,
  key: 'plans:returned' | 'plans:remarked' | 'plans:summarised' | 'plans:noted',
): Promise<void> {
  // The form stays open: words that are too long can be typed anew.
  if (!done.ok) return turn.refuse(done.problem)
  await turn.closeForm()
  await turn.reply({ text: turn.texts(key, { name: done.value.person.name }) })
}

async function showPlan(turn: Turn, plan: PlanView): Promise<void> {
  const { actor } = turn.context
  const target = { wardId: plan.wardId, branchId: plan.branchId, personId: plan.person.id }
  const card = planCard(turn.texts, plan, {
    isOwn: plan.person.id === actor.personId,
    mayWrite: may(actor, 'plan.write', target).ok,
    mayDecide: may(actor, 'plan.decide', target).ok,
    month: monthToReport(turn.context.today()),
  })
  for (const part of inParts(card)) await turn.reply(part)
}

async function planToView(turn: Turn, planId: number): Promise<Result<PlanView>> {
  const plan = await findPlan(turn.context.db, planId)
  if (!plan) return fail('plans.notThere')
  const { wardId, branchId, person } = plan
  const leave = may(turn.context.actor, 'plan.view', { wardId, branchId, personId: person.id })
  if (!leave.ok) return leave
  if (person.id !== turn.context.actor.personId) {
    await turn.context.auditRead('plan.viewed', { plan: planId, person: person.id }, wardId)
  }
  return ok(plan)
}

/** The name of a branch whose plans this person decides. */
async function branchToFollow(turn: Turn, branchId: number): Promise<Result<string>> {
  const branch = await branchOf(turn.context.db, branchId)
  const leave = may(turn.context.actor, 'plan.decide', { wardId: branch?.wardId ?? 0, branchId })
  if (!leave.ok || !branch) return fail('access.denied', { action: 'plan.decide' })
  await turn.context.auditRead('plan.branchListed', { branch: branchId }, branch.wardId)
  return ok(branch.name)
}

async function membersWithPlans(turn: Turn, branchId: number, year: number) {
  const members = await membersOf(turn.context.db, branchId, turn.context.today())
  const plans = await findPlans(turn.context.db, { branchId, year })
  return members.map(({ id, fullName }) => ({
    id,
    name: fullName,
    plan: plans.find(({ person }) => person.id === id) ?? null,
  }))
}

function yearIn(turn: Turn): number {
  return Number(/\b(20\d\d)\b/.exec(turn.args)?.[1] ?? turn.context.today().year)
}
