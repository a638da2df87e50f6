import { branchesWhereMay } from '../../domain/access.ts'
import type { Period } from '../../domain/period.ts'
import { headPosts } from '../../domain/posts.ts'
import type { Context } from '../../platform/context.ts'
import { headsIn } from '../registry/index.ts'
import { findPlans, type PlanView } from './plan-view.ts'

/**
 * The approved plans of heads of the ward of which the acting person's branches have not yet said their word for the month.
 */
export async function headsToRemark(ctx: Context, month: Period): Promise<PlanView[]> {
  const found: PlanView[] = []
  for (const branchId of branchesWhereMay(ctx.actor, 'plan.decide')) {
    const heads = await headsIn(ctx.db, branchId, headPosts, ctx.today())
    const personIds = heads.map(({ id }) => id).filter((id) => id !== ctx.actor.personId)
    found.push(
      ...(await findPlans(ctx.db, {
        branchId,
        personId: { in: personIds },
        state: 'approved',
        year: Number(month.slice(0, 4)),
        remarks: { none: { month } },
      })),
    )
  }
  return found
}
