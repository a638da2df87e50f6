import { may } from '../../domain/access.ts'
import { fromUtcMidnight, toUtcMidnight } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { endGroupOfBranch } from '../linking/index.ts'
import { type Branch, branchOf } from '../registry/index.ts'
import { endOpenTasks } from '../tasks/index.ts'
import { voidOpenVotes } from '../votes/index.ts'
import { lockWard } from './lock-ward.ts'
import { openBusinessOf } from './open-business.ts'
import { findPlan } from './plans.ts'

export interface DissolvedBranch {
  branch: Branch
  on: Temporal.PlainDate
}

/**
 * Dissolves the branch that a confirmed plan has emptied, under the plan's instrument: its rows stay, its past can be asked
 * for. The last day is the day before the instrument's effect, or the last day somebody was still in it. Idempotent. Refused
 * while anything is left, saying what: `transfers.stillMembers`, `stillTransfers`, `stillLiaisons`, `openVotes`,
 * `openTasks`.
 */
export async function dissolveBranch(ctx: Context, { planId }: { planId: number }): Promise<Result<DissolvedBranch>> {
  const found = await planToFinish(ctx, planId)
  if (!found.ok) return found
  const { plan, branch } = found.value
  return ctx.transaction(async (tx) => {
    await lockWard(tx, branch.wardId)
    const { dissolvedOn } = await tx.organisation.findUniqueOrThrow({ where: { id: branch.id } })
    if (dissolvedOn) return ok({ branch, on: fromUtcMidnight(dissolvedOn) })
    const business = await openBusinessOf(tx, branch.id)
    const names = (list: readonly string[]) => ({ count: list.length, names: list.slice(0, 5).join(', ') })
    if (business.members.length > 0) return fail('transfers.stillMembers', names(business.members))
    if (business.transfers.length > 0) return fail('transfers.stillTransfers', names(business.transfers))
    if (business.liaisons.length > 0) return fail('transfers.stillLiaisons', names(business.liaisons))
    const numbers = (list: readonly number[]) => ({ count: list.length, numbers: list.slice(0, 10).join(', ') })
    if (business.votes.length > 0) return fail('transfers.openVotes', numbers(business.votes.map((one) => one.number)))
    if (business.tasks.length > 0) return fail('transfers.openTasks', numbers(business.tasks))
    const on = await lastDayOf(tx, branch.id, plan.effectiveOn.subtract({ days: 1 }))
    await end(ctx, tx, branch, { on, instrument: plan.instrument.number })
    await ctx.audit(tx, 'organisation.dissolved', { branch: branch.id, plan: planId }, branch.wardId)
    return ok({ branch, on })
  })
}

/** Ends the tasks that nobody is left to judge and makes void the votes that nobody is left to hold. Idempotent. */
export async function endBusinessOfEmptyBranch(
  ctx: Context,
  { planId }: { planId: number },
): Promise<Result<{ tasks: number; votes: number }>> {
  const found = await planToFinish(ctx, planId)
  if (!found.ok) return found
  const { branch } = found.value
  return ctx.transaction(async (tx) => {
    await lockWard(tx, branch.wardId)
    const { members } = await openBusinessOf(tx, branch.id)
    if (members.length > 0) {
      return fail('transfers.stillMembers', { count: members.length, names: members.slice(0, 5).join(', ') })
    }
    const votes = await voidOpenVotes(ctx, tx, branch.id, branch.wardId)
    return ok({ tasks: await endOpenTasks(ctx, tx, branch.id), votes })
  })
}

async function planToFinish(ctx: Context, planId: number) {
  const plan = await findPlan(ctx.db, planId)
  const branch = plan && (await branchOf(ctx.db, plan.from.id))
  if (!branch) return fail('transfers.noSuchPlan')
  const leave = may(ctx.actor, 'organisation.dissolve', { wardId: branch.wardId, branchId: branch.id })
  if (!leave.ok) return leave
  return plan.dissolves && plan.state === 'confirmed' ? ok({ plan, branch }) : fail('transfers.notDissolving')
}

async function lastDayOf(tx: Transaction, branchId: number, planned: Temporal.PlainDate): Promise<Temporal.PlainDate> {
  const { _max } = await tx.membership.aggregate({ where: { organisationId: branchId }, _max: { to: true } })
  const last = _max.to && fromUtcMidnight(_max.to)
  return last && Temporal.PlainDate.compare(last, planned) > 0 ? last : planned
}

async function end(
  ctx: Context,
  tx: Transaction,
  branch: Branch,
  { on, instrument }: { on: Temporal.PlainDate; instrument: string },
): Promise<void> {
  const last = toUtcMidnight(on)
  await tx.position.updateMany({
    where: { organisationId: branch.id, OR: [{ to: null }, { to: { gt: last } }] },
    data: { to: last },
  })
  await endGroupOfBranch(ctx, tx, branch.id)
  await tx.organisation.update({ where: { id: branch.id }, data: { dissolvedOn: last, dissolvedBy: instrument } })
}
