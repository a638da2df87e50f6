import { numbersIn } from '../../telegram/button-data.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { registerDocument } from './export-plan.ts'
import { viewBranchPlans } from './view-branch-plans.ts'

/** The plans of a branch, for those who decide on them. */
export const branchButtons = {
  pbra: {
    handle: async (turn: Turn) => {
      const [branchId = -1, year = 0, page = 0] = numbersIn(turn.args)
      const viewed = await viewBranchPlans(turn.context, { branchId, year })
      if (!viewed.ok) return turn.refuse(viewed.problem)
      await showPickList(turn, {
        title: turn.texts('plans:branchTitle', { year }),
        items: viewed.value.members.map(({ id, name, plan }) => ({
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
      const viewed = await viewBranchPlans(turn.context, { branchId, year })
      if (!viewed.ok) return turn.refuse(viewed.problem)
      const { branchName, members } = viewed.value
      const data = await registerDocument(turn.texts, { name: branchName, year }, members)
      await turn.sendFile({ name: `so-theo-doi-${year}.docx`, data }, turn.texts('plans:registerType'))
    },
  },
}
