import { z } from 'zod'
import type { Result } from '../../domain/result.ts'
import { numberIn, numbersIn } from '../../telegram/button-data.ts'
import type { ButtonHandler, FormHandler } from '../../telegram/feature.ts'
import { pageSize, showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { confirmPlan } from './confirm-plan.ts'
import { discardPlan } from './discard-plan.ts'
import { dissolveBranch, endBusinessOfEmptyBranch } from './dissolve-branch.ts'
import { draftPlan } from './draft-plan.ts'
import { placeInPlan } from './fill-plan.ts'
import { dateOf } from './messages.ts'
import { answerInstrument, emptyInstrument, type InstrumentDraft, instrumentDraft } from './plan-form.ts'
import { draftMessage, placingList, previewMessage, progressMessage } from './plan-screens.ts'
import { branchesToLeave, branchToLeave, previewPlan, viewPlacing } from './plan-views.ts'
import { planTemplate } from './plan-workbook.ts'
import { type Plan, planFor } from './plans.ts'
import { viewProgress } from './view-progress.ts'

const planDraft = instrumentDraft.extend({ fromId: z.int() })
type PlanDraft = z.infer<typeof planDraft>

export const planForm = 'transferPlan'

/** A typed answer about the instrument of a plan. */
export const answerPlan: FormHandler['handle'] = async (turn, data) => {
  const draft = planDraft.safeParse(data)
  const text = turn.message?.text?.trim()
  if (!draft.success || !text) return false
  if (draft.data.effectiveOn !== null) return ask(turn, draft.data)
  const answered = answerInstrument(draft.data, text, turn.context.today())
  if (!answered.ok) return turn.refuse(answered.problem)
  await ask(turn, { ...draft.data, ...answered.value })
}

export const planButtons: Record<string, ButtonHandler> = {
  /** Which branch is left. */
  xnew: {
    handle: async (turn) => {
      const branches = await branchesToLeave(turn.context)
      if (!branches.ok) return turn.refuse(branches.problem)
      await showPickList(turn, {
        title: turn.texts('transfers:askLeaving'),
        items: branches.value.map(({ id, name }) => ({ label: name, data: `xfrom:${id}` })),
        page: Math.max(0, numberIn(turn.args)),
        pageData: (page) => `xnew:${page}`,
      })
    },
  },
  xfrom: { handle: (turn) => ask(turn, { ...emptyInstrument, fromId: numberIn(turn.args) }) },
  /** The last answer: whether the branch is dissolved. It makes the draft. */
  xdis: {
    handle: async (turn) => {
      const form = await turn.openForm()
      const draft = planDraft.safeParse(form?.kind === planForm ? form.data : null)
      if (!draft.success || !isComplete(draft.data)) return turn.notify(turn.texts('telegram:oldButton'), true)
      const { fromId, number, on, effectiveOn } = draft.data
      const drafted = await draftPlan(turn.context, {
        fromId,
        dissolves: turn.args === 'yes',
        instrumentNumber: number,
        instrumentOn: Temporal.PlainDate.from(on),
        effectiveOn: Temporal.PlainDate.from(effectiveOn),
      })
      if (!drafted.ok) return turn.refuse(drafted.problem)
      await turn.closeForm()
      await turn.edit(draftMessage(turn.texts, drafted.value.planId))
    },
  },
  xfile: {
    handle: (turn) =>
      withPlan(turn, async (plan) => {
        const placing = await viewPlacing(turn.context, plan)
        if (!placing.ok) return turn.refuse(placing.problem)
        const data = await planTemplate(turn.texts, placing.value)
        const name = turn.texts('transfers:templateName')
        await turn.sendFile({ name, data }, turn.texts('transfers:templateCaption'))
      }),
  },
  xpick: {
    handle: (turn) => withPlan(turn, (plan) => showPlacing(turn, plan, { page: numbersIn(turn.args)[1] ?? 0 })),
  },
  /** Where one person goes. */
  xper: {
    handle: (turn) =>
      withPlan(turn, async (plan) => {
        const [, personId = -1] = numbersIn(turn.args)
        const placing = await viewPlacing(turn.context, plan)
        if (!placing.ok) return turn.refuse(placing.problem)
        const { members, branches } = placing.value
        const member = members.find(({ id }) => id === personId)
        if (!member) return turn.notify(turn.texts('telegram:oldButton'), true)
        const data = (toId: number) => `xto:${plan.id}.${personId}.${toId}`
        await showPickList(turn, {
          title: turn.texts('transfers:pickReceiver', { name: member.fullName }),
          items: branches.map(({ id, name }) => ({ label: name, data: data(id) })),
          linesPerPage: 100,
          more: [[{ text: turn.texts('transfers:stays'), data: data(0) }]],
        })
      }),
  },
  xto: {
    handle: async (turn) => {
      const [planId = -1, personId = -1, toId = -1] = numbersIn(turn.args)
      const placed = await placeInPlan(turn.context, { planId, personId, toId: toId === 0 ? null : toId })
      if (!placed.ok) return turn.refuse(placed.problem)
      await showPlacing(turn, placed.value, { at: personId })
    },
  },
  xprev: { handle: (turn) => withPlan(turn, (plan) => showPlan(turn, plan)) },
  xplan: { handle: (turn) => withPlan(turn, (plan) => showPlan(turn, plan)) },
  xconf: {
    handle: async (turn) => {
      const confirmed = await confirmPlan(turn.context, { planId: numberIn(turn.args) })
      if (!confirmed.ok) return turn.refuse(confirmed.problem)
      await turn.closeForm()
      await turn.edit({ text: turn.texts('transfers:confirmed', { count: confirmed.value.transfers.length }) })
    },
  },
  xdrop: {
    handle: async (turn) => {
      const dropped = await discardPlan(turn.context, { planId: numberIn(turn.args) })
      if (!dropped.ok) return turn.refuse(dropped.problem)
      await turn.closeForm()
      await turn.edit({ text: turn.texts('transfers:dropped') })
    },
  },
  xend: {
    handle: async (turn) => {
      const planId = numberIn(turn.args)
      const dissolved = await dissolveBranch(turn.context, { planId })
      if (!dissolved.ok) {
        await turn.refuse(dissolved.problem)
        return withPlan(turn, (plan) => showPlan(turn, plan))
      }
      const { branch, on } = dissolved.value
      await turn.edit({ text: turn.texts('transfers:dissolved', { branch: branch.name, date: dateOf(on) }) })
    },
  },
  xrest: {
    handle: async (turn) => {
      const ended = await endBusinessOfEmptyBranch(turn.context, { planId: numberIn(turn.args) })
      if (!ended.ok) return turn.refuse(ended.problem)
      await turn.reply({ text: turn.texts('transfers:businessEnded', { ...ended.value }) })
      await withPlan(turn, (plan) => showPlan(turn, plan))
    },
  },
}

/** Shows a plan as it stands: a draft to be confirmed, a confirmed one with how far it has come. */
export async function showPlan(turn: Turn, plan: Plan): Promise<void> {
  if (plan.state === 'draft') {
    const checked = await previewPlan(turn.context, plan)
    if (!checked.ok) return turn.refuse(checked.problem)
    return turn.reply(previewMessage(turn.texts, checked.value))
  }
  const progress = await viewProgress(turn.context, plan)
  await turn.reply(progressMessage(turn.texts, progress))
}

/** The list of who goes where: a page of it, or the page on which a person stands. */
async function showPlacing(turn: Turn, plan: Plan, shown: { page: number } | { at: number }): Promise<void> {
  const placing = await viewPlacing(turn.context, plan)
  if (!placing.ok) return turn.refuse(placing.problem)
  const page =
    'page' in shown ? shown.page : Math.floor(placing.value.members.findIndex(({ id }) => id === shown.at) / pageSize)
  await showPickList(turn, placingList(turn.texts, { plan, ...placing.value, page: Math.max(0, page) }))
}

/** Runs with the plan that the button's first number names, for whoever may plan. */
async function withPlan(turn: Turn, work: (plan: Plan) => Promise<void>): Promise<void> {
  const plan: Result<Plan> = await planFor(turn.context, numbersIn(turn.args)[0] ?? -1)
  if (!plan.ok) return turn.refuse(plan.problem)
  await work(plan.value)
}

/** Asks for what the draft lacks; the buttons of the last question make the plan. */
async function ask(turn: Turn, draft: PlanDraft): Promise<void> {
  const branch = await branchToLeave(turn.context, draft.fromId)
  if (!branch.ok) return turn.refuse(branch.problem)
  const question = instrumentQuestion(turn, draft)
  if (question !== null) return turn.ask(planForm, draft, { text: question })
  await turn.ask(planForm, draft, {
    text: turn.texts('transfers:askDissolves', { branch: branch.value.name }),
    buttons: [
      [{ text: turn.texts('transfers:yesDissolve'), data: 'xdis:yes' }],
      [{ text: turn.texts('transfers:noDissolve'), data: 'xdis:no' }],
      [{ text: turn.texts('common:cancel'), data: 'cancel' }],
    ],
  })
}

/** The next question about an instrument, or null where all is known. */
function instrumentQuestion({ texts }: Turn, draft: InstrumentDraft): string | null {
  const hinted = (question: string, hint: string) => `${question}\n${hint}`
  if (draft.number === null) return hinted(texts('transfers:askNumber'), texts('transfers:askNumberHint'))
  if (draft.on === null) return hinted(texts('transfers:askInstrumentOn'), texts('transfers:askDayHint'))
  if (draft.effectiveOn === null) return hinted(texts('transfers:askEffectiveOn'), texts('transfers:askDayHint'))
  return null
}

function isComplete(draft: PlanDraft): draft is PlanDraft & { number: string; on: string; effectiveOn: string } {
  return draft.number !== null && draft.on !== null && draft.effectiveOn !== null
}
