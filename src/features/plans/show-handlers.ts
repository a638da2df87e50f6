import { branchesWhereMay, may } from '../../domain/access.ts'
import { monthToReport } from '../../domain/plans.ts'
import type { Result } from '../../domain/result.ts'
import { inParts } from '../../platform/long-text.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { Turn } from '../../telegram/turn.ts'
import { planDocument } from './export-plan.ts'
import type { PlanView } from './plan-view.ts'
import { planCard } from './screens.ts'
import { planOf } from './start-plan.ts'
import { viewPlan } from './view-plan.ts'

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

export const showButtons = {
  pview: { handle: async (turn: Turn) => answer(turn, await viewPlan(turn.context, numberIn(turn.args))) },
  pdoc: {
    handle: async (turn: Turn) => {
      const plan = await viewPlan(turn.context, numberIn(turn.args))
      if (!plan.ok) return turn.refuse(plan.problem)
      const data = await planDocument(turn.texts, plan.value)
      await turn.sendFile({ name: `ke-hoach-${plan.value.year}.docx`, data }, turn.texts('plans:paperType'))
    },
  },
}

/** Shows a plan as it stands now, or what is wrong. */
export async function answer(turn: Turn, plan: Result<PlanView>): Promise<void> {
  if (!plan.ok) return turn.refuse(plan.problem)
  await turn.notify()
  await showPlan(turn, plan.value)
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

function yearIn(turn: Turn): number {
  return Number(/\b(20\d\d)\b/.exec(turn.args)?.[1] ?? turn.context.today().year)
}
