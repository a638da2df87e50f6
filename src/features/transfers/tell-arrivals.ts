import { toUtcMidnight } from '../../domain/dates.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { privateChatsOf } from '../linking/index.ts'
import { leadersOfBranch } from '../registry/index.ts'
import { openTasksOf } from '../tasks/index.ts'
import { tellBranch, tellOffice } from './addressees.ts'
import { findTransfers, type TransferView } from './find-transfers.ts'
import { arrivedMessage, type LeftTask, leftMessage, planDoneMessage, welcomeMessage } from './morning-messages.ts'
import { findPlan } from './plans.ts'

/** Who has moved on that day: the new branch is asked to give tasks, the old one what remains, each is told their branch. Asks no leave: the clock calls it. */
export async function tellArrivals(ctx: Context, on: Temporal.PlainDate, today: Temporal.PlainDate): Promise<void> {
  const moved = await findTransfers(ctx.db, { state: 'done', movesOn: toUtcMidnight(on) })
  if (moved.length === 0) return
  await ctx.transaction(async (tx) => {
    for (const [branch, arrived] of groupedBy(moved, ({ to }) => to)) {
      if (branch.id === null) continue
      const place = { id: branch.id, name: branch.name }
      const message = arrivedMessage(ctx.texts, place, arrived, { on, today })
      await tellBranch(
        ctx,
        tx,
        placeOf(arrived, branch.id),
        `transfer:arrived:${branch.id}:${on}`,
        message,
        () => message,
      )
    }
    for (const [branch, left] of groupedBy(moved, ({ from }) => from)) await tellLeft(ctx, tx, branch, left, on)
    await tellPlans(ctx, tx, moved)
  })
}

/** A temporary move leaves the old branch as it was; others are told there, with the tasks that stay there. */
async function tellLeft(
  ctx: Context,
  tx: Transaction,
  branch: TransferView['from'],
  moved: readonly TransferView[],
  on: Temporal.PlainDate,
): Promise<void> {
  const open = await openTasksOf(tx, branch.id)
  const tasksOf = (people: readonly TransferView[]): LeftTask[] =>
    open
      .filter(({ assignee }) => people.some(({ person }) => person.id === assignee.id))
      .map(({ number, assignee }) => ({ number, personId: assignee.id, name: assignee.name }))
  const left = moved.filter(({ kind }) => kind !== 'temporary')
  if (left.length > 0) {
    const message = leftMessage(ctx.texts, branch, left, { on, tasks: tasksOf(left) })
    await tellBranch(ctx, tx, placeOf(left, branch.id), `transfer:left:${branch.id}:${on}`, message, () => message)
  }
  const chats = await privateChatsOf(
    tx,
    moved.map(({ person }) => person.id),
  )
  for (const transfer of moved) {
    const chatId = chats.get(transfer.person.id)
    if (chatId === undefined) continue
    const secretary = transfer.to.id === null ? null : await secretaryOf(tx, transfer.to.id, on)
    const message = welcomeMessage(ctx.texts, transfer, { on, secretary, tasks: tasksOf([transfer]) })
    await ctx.deliver(tx, { chatId, message, key: `transfer:${transfer.id}:arrived:own` })
  }
}

async function tellPlans(ctx: Context, tx: Transaction, moved: readonly TransferView[]): Promise<void> {
  for (const planId of new Set(moved.map((one) => one.planId))) {
    const plan = planId === null ? null : await findPlan(tx, planId)
    if (!plan?.dissolves) continue
    const members = await tx.membership.count({ where: { organisationId: plan.from.id, to: null } })
    if (members > 0) continue
    await tellOffice(ctx, tx, plan.wardId, `transfer:plan:${plan.id}:empty`, planDoneMessage(ctx.texts, plan))
  }
}

async function secretaryOf(tx: Transaction, branchId: number, on: Temporal.PlainDate): Promise<string | null> {
  const leaders = await leadersOfBranch(tx, branchId, on)
  return leaders.find(({ post }) => post === 'secretary')?.person.fullName ?? null
}

/** The transfers by the place they lead to or from. */
export function groupedBy<P extends { id: number | null; name: string }>(
  transfers: readonly TransferView[],
  placeIn: (transfer: TransferView) => P,
): [P, TransferView[]][] {
  const groups = new Map<string, [P, TransferView[]]>()
  for (const transfer of transfers) {
    const place = placeIn(transfer)
    const key = `${place.id ?? place.name}`
    const group = groups.get(key)
    if (group) group[1].push(transfer)
    else groups.set(key, [place, [transfer]])
  }
  return [...groups.values()]
}

export function placeOf(transfers: readonly TransferView[], branchId: number): { wardId: number; branchId: number } {
  return { wardId: transfers[0]?.wardId ?? 0, branchId }
}
