import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { numbersIn } from '../../telegram/button-data.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { branchOf, membersOf } from '../registry/index.ts'
import { registerDocument } from './export-plan.ts'
import { findPlans } from './plan-view.ts'

/** The plans of a branch, for those who decide on them. */
export const branchButtons = {
  pbra: {
    handle: async (turn: Turn) => {
      const [branchId = -1, year = 0, page = 0] = numbersIn(turn.args)
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
        page: Math.max(0, page),
        pageData: (other) => `pbra:${branchId}.${year}.${other}`,
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
