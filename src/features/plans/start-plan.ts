import { may } from '../../domain/access.ts'
import { isYearOpen, planGroups } from '../../domain/plans.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { dutiesOf, memberOf } from '../registry/index.ts'
import { findPlans, type PlanView } from './plan-view.ts'

/** The template that fits a member: a head of the ward, a cadre, anybody else. */
type PlanKind = 'head' | 'cadre' | 'member'

/** Begins a member's plan for a year from the template of their kind, once. Fails with `plans.yearClosed`. */
export async function startPlan(ctx: Context, input: { personId: number; year: number }): Promise<Result<PlanView>> {
  const today = ctx.today()
  const member = await memberOf(ctx.db, input.personId, today)
  const { wardId } = ctx.actor
  if (!member || wardId === null) return fail('plans.noMember')
  const leave = may(ctx.actor, 'plan.write', { wardId, branchId: member.branchId, personId: member.id })
  if (!leave.ok) return leave
  if (!isYearOpen(input.year, today)) return fail('plans.yearClosed', { year: input.year })
  const before = await planOf(ctx, input)
  if (before) return ok(before)
  const kind = await kindOf(ctx, member.id)
  const items = planGroups.map((group) => ({
    group,
    text: ctx.texts(`plans:templates.${kind}.${group}`),
    measure: ctx.texts(`plans:measures.${group}`),
    dueMonth: 12,
  }))
  const enteredById = member.id === ctx.actor.personId ? null : ctx.actor.personId
  try {
    await ctx.transaction(async (tx) => {
      const { id } = await tx.selfPlan.create({
        data: {
          personId: member.id,
          branchId: member.branchId,
          year: input.year,
          enteredById,
          createdAt: ctx.now(),
          items: { create: items },
        },
      })
      await ctx.audit(tx, 'plan.started', { plan: id, person: member.id }, wardId)
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  const plan = await planOf(ctx, input)
  return plan ? ok(plan) : fail('plans.notThere')
}

/** A person's plan of a year. Asks no leave: its caller shows it to the person, or has asked. */
export async function planOf(ctx: Context, input: { personId: number; year: number }): Promise<PlanView | null> {
  const [plan] = await findPlans(ctx.db, input)
  return plan ?? null
}

async function kindOf(ctx: Context, personId: number): Promise<PlanKind> {
  const { posts, isCadre } = await dutiesOf(ctx.db, personId, ctx.today())
  if (posts.some((post) => post.startsWith('ward') || post.startsWith('peoplesCommittee'))) return 'head'
  return isCadre ? 'cadre' : 'member'
}
