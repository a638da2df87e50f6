import { toUtcMidnight } from '../../domain/dates.ts'
import { packFor } from '../../domain/packs/index.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { presentBy } from '../../domain/transfers.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { Prisma } from '../../platform/prisma/client.ts'
import { privateChatsOf } from '../linking/index.ts'
import { tellBranch } from './addressees.ts'
import { type CheckedPlan, checkPlan } from './check-plan.ts'
import { findTransfers, type TransferView } from './find-transfers.ts'
import { lockWard } from './lock-ward.ts'
import { introducedMessage, leavingMessage, receivingMessage, unreachableMessage } from './messages.ts'
import { findPlan, planFor } from './plans.ts'

export interface ConfirmedPlan {
  transfers: TransferView[]
  /** It had been confirmed before: nothing was written a second time. */
  before: boolean
}

/**
 * Introduces everybody of a plan to their new branches: all of them or nobody. Checked again against the register as it is
 * now. Each receiving branch gets its list, each person their own message, the leaving branch the whole. Idempotent. Fails
 * with `transfers.planHasProblems` {count}.
 */
export async function confirmPlan(ctx: Context, { planId }: { planId: number }): Promise<Result<ConfirmedPlan>> {
  const plan = await planFor(ctx, planId)
  if (!plan.ok) return plan
  const pack = packFor('transfer', ctx.today())
  if (!pack.ok) return pack
  const papersBy = presentBy(pack.value, ctx.today())
  return ctx.transaction(async (tx) => {
    await lockWard(tx, plan.value.wardId)
    const current = await findPlan(tx, planId)
    if (current?.state === 'confirmed') return ok({ transfers: await findTransfers(tx, { planId }), before: true })
    if (current?.state !== 'draft') return fail('transfers.planDiscarded')
    const checked = await checkPlan(ctx, tx, current)
    if (checked.problems.length > 0) return fail('transfers.planHasProblems', { count: checked.problems.length })
    const transfers = await introduceAll(ctx, tx, checked, papersBy)
    await tx.transferPlan.update({
      where: { id: planId },
      data: { state: 'confirmed', content: Prisma.DbNull, finishedAt: ctx.now() },
    })
    const subjects = transfers.map(({ id, person, from, to }) => ({
      transfer: id,
      person: person.id,
      from: from.id,
      to: to.id,
    }))
    await ctx.audit(tx, 'transfer.introduced', subjects, current.wardId)
    await tellAll(ctx, tx, checked, transfers)
    return ok({ transfers, before: false })
  })
}

async function introduceAll(
  ctx: Context,
  tx: Transaction,
  { plan, groups }: CheckedPlan,
  papersBy: Temporal.PlainDate,
): Promise<TransferView[]> {
  const today = toUtcMidnight(ctx.today())
  await tx.transfer.createMany({
    data: groups.flatMap(({ branch, people }) =>
      people.map(({ id, feesPaidThrough }) => ({
        wardId: plan.wardId,
        planId: plan.id,
        personId: id,
        kind: 'internal',
        fromId: plan.from.id,
        toId: branch.id,
        state: 'introduced',
        instrumentNumber: plan.instrument.number,
        instrumentOn: toUtcMidnight(plan.instrument.on),
        effectiveOn: toUtcMidnight(plan.effectiveOn),
        feesPaidThrough,
        proposedOn: today,
        introducedOn: today,
        presentBy: toUtcMidnight(papersBy),
        createdAt: ctx.now(),
      })),
    ),
  })
  return findTransfers(tx, { planId: plan.id })
}

async function tellAll(
  ctx: Context,
  tx: Transaction,
  { plan, groups }: CheckedPlan,
  transfers: readonly TransferView[],
): Promise<void> {
  const { texts } = ctx
  for (const { branch } of groups) {
    const coming = transfers.filter(({ to }) => to.id === branch.id)
    await tellBranch(
      ctx,
      tx,
      { wardId: plan.wardId, branchId: branch.id },
      `transfer:plan:${plan.id}:to:${branch.id}`,
      receivingMessage(texts, branch, coming),
      () => unreachableMessage(texts, branch, coming),
    )
  }
  const leaving = leavingMessage(texts, plan.from, transfers)
  await tellBranch(
    ctx,
    tx,
    { wardId: plan.wardId, branchId: plan.from.id },
    `transfer:plan:${plan.id}:from`,
    leaving,
    () => leaving,
  )
  const chats = await privateChatsOf(
    tx,
    transfers.map(({ person }) => person.id),
  )
  await ctx.deliverAll(
    tx,
    transfers.flatMap((transfer) => {
      const chatId = chats.get(transfer.person.id)
      const key = `transfer:${transfer.id}:introduced:own`
      return chatId === undefined ? [] : [{ chatId, key, message: introducedMessage(texts, transfer) }]
    }),
  )
}
