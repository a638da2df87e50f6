import { branchesWhereMay, may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { openTransferStates } from '../../domain/transfers.ts'
import type { Context } from '../../platform/context.ts'
import { type Branch, branchesOf, branchOf } from '../registry/index.ts'
import { findTransfer, findTransfers, type TransferView } from './find-transfers.ts'
import { ownDraft, type Plan } from './plans.ts'
import { leavingTarget, mayCancel, mayReceive } from './transfer-for.ts'

export interface TransfersHome {
  mayPlan: boolean
  /** The branches whose members the actor may propose, and whether they may propose themselves. */
  mayPropose: boolean
  mayProposeSelf: boolean
  draft: Plan | null
  plans: { id: number; number: string; branch: string }[]
  /** Branches of the actor that somebody waits for. */
  receiving: { branch: Branch; count: number }[]
  openCount: number
}

/** What the actor has to do with transfers now. */
export async function transfersHome(ctx: Context): Promise<TransfersHome> {
  const { wardId, personId } = ctx.actor
  const mayPlan = wardId !== null && may(ctx.actor, 'transfer.plan', { wardId }).ok
  const open = await listOpenTransfers(ctx)
  const receiving: TransfersHome['receiving'] = []
  for (const branchId of branchesWhereMay(ctx.actor, 'transfer.receive')) {
    const count = await ctx.db.transfer.count({ where: { toId: branchId, state: 'introduced' } })
    const branch = count > 0 ? await branchOf(ctx.db, branchId) : null
    if (branch) receiving.push({ branch, count })
  }
  return {
    mayPlan,
    mayPropose: mayPlan || branchesWhereMay(ctx.actor, 'transfer.introduce').length > 0,
    mayProposeSelf: personId !== null && !open.some(({ person }) => person.id === personId),
    draft: mayPlan ? await ownDraft(ctx) : null,
    plans: mayPlan ? await runningPlans(ctx, wardId) : [],
    receiving,
    openCount: open.length,
  }
}

/** The transfers under way that the actor may see: the whole ward's, those of their branches, their own. */
export async function listOpenTransfers(ctx: Context): Promise<TransferView[]> {
  const { wardId, personId } = ctx.actor
  if (wardId === null) return []
  const branches = branchesWhereMay(ctx.actor, 'transfer.view')
  const isWardWide = may(ctx.actor, 'transfer.view', { wardId }).ok
  const mine = [{ fromId: { in: branches } }, { toId: { in: branches } }, ...(personId === null ? [] : [{ personId }])]
  return findTransfers(ctx.db, {
    wardId,
    state: { in: [...openTransferStates] },
    ...(isWardWide ? {} : { OR: mine }),
  })
}

/** The same as a list to look through: that other people are in it is recorded. */
export async function readOpenTransfers(ctx: Context): Promise<TransferView[]> {
  const { wardId, personId } = ctx.actor
  const transfers = await listOpenTransfers(ctx)
  const others = transfers.filter(({ person }) => person.id !== personId)
  if (wardId !== null && others.length > 0) await ctx.auditRead('transfer.listed', { count: others.length }, wardId)
  return transfers
}

/** Who waits to be received by the branch. */
export async function listWaiting(
  ctx: Context,
  { branchId }: { branchId: number },
): Promise<Result<{ branch: Branch; waiting: TransferView[] }>> {
  const branch = await branchOf(ctx.db, branchId)
  const leave = may(ctx.actor, 'transfer.receive', { wardId: branch?.wardId ?? 0, branchId })
  if (!leave.ok) return leave
  if (!branch) return fail('transfers.noSuchTransfer')
  const waiting = await findTransfers(ctx.db, { toId: branchId, state: 'introduced' })
  await ctx.auditRead('transfer.waitingListed', { branch: branchId, count: waiting.length }, branch.wardId)
  return ok({ branch, waiting })
}

export interface TransferCard {
  transfer: TransferView
  mayReview: boolean
  mayIntroduce: boolean
  mayReceive: boolean
  maySendBack: boolean
  mayCancel: boolean
  mayRedirect: boolean
}

/** One transfer with what the actor may do next; a look at somebody else's is recorded. */
export async function viewTransfer(ctx: Context, transferId: number): Promise<Result<TransferCard>> {
  const transfer = await findTransfer(ctx.db, transferId)
  if (!transfer) return fail('transfers.noSuchTransfer')
  const { wardId, to, person, state } = transfer
  const target = leavingTarget(transfer)
  const leaves = [
    may(ctx.actor, 'transfer.view', target),
    may(ctx.actor, 'transfer.view', { wardId, personId: person.id, ...(to.id === null ? {} : { branchId: to.id }) }),
  ]
  const refused = leaves.find(({ ok }) => !ok)
  if (refused && leaves.every(({ ok }) => !ok)) return fail('access.denied', { action: 'transfer.view' })
  if (person.id !== ctx.actor.personId) {
    await ctx.auditRead('transfer.viewed', { transfer: transferId, person: person.id }, wardId)
  }
  const introduces = may(ctx.actor, 'transfer.introduce', target).ok
  const receives = mayReceive(ctx, transfer).ok
  const plans = may(ctx.actor, 'transfer.plan', { wardId }).ok
  return ok({
    transfer,
    mayReview: state === 'proposed' && introduces,
    mayIntroduce: state === 'reviewed' && introduces,
    mayReceive: state === 'introduced' && receives,
    maySendBack: (state === 'introduced' || state === 'received') && receives,
    mayCancel: openTransferStates.includes(state) && mayCancel(ctx, transfer).ok,
    mayRedirect: state === 'sentBack' && plans && !(await isOnTheWayAgain(ctx, transfer)),
  })
}

async function isOnTheWayAgain(ctx: Context, { id, person }: TransferView): Promise<boolean> {
  return (await ctx.db.transfer.count({ where: { personId: person.id, id: { gt: id } } })) > 0
}

/** Confirmed plans that somebody is still on the way of, or whose branch is still to be dissolved. */
async function runningPlans(ctx: Context, wardId: number): Promise<TransfersHome['plans']> {
  const rows = await ctx.db.transferPlan.findMany({
    where: {
      wardId,
      state: 'confirmed',
      OR: [
        { transfers: { some: { state: { in: [...openTransferStates] } } } },
        { dissolves: true, from: { dissolvedOn: null } },
      ],
    },
    select: { id: true, instrumentNumber: true, from: { select: { name: true } } },
    orderBy: { id: 'desc' },
  })
  return rows.map(({ id, instrumentNumber, from }) => ({ id, number: instrumentNumber, branch: from.name }))
}

/** The branches of the actor's ward that somebody could be sent to. Asks no leave: their names are no secret in the ward. */
export async function receivingBranches(ctx: Context, fromId: number): Promise<Branch[]> {
  const { wardId } = ctx.actor
  if (wardId === null) return []
  const branches = await branchesOf(ctx.db, wardId, ctx.today())
  return branches.filter(({ id }) => id !== fromId)
}
