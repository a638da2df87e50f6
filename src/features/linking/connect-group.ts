import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { type Branch, branchOf } from '../registry/index.ts'
import { leaveFor } from './leave.ts'

export interface ConnectGroup {
  branchId: number
  chatId: bigint
  title: string
  /** The branch leaves the group it has now; only whoever keeps the whole ward's registry may say so. */
  move?: boolean
}

export interface ConnectedGroup {
  linkId: number
  branch: Branch
  /** The group stood for this branch before. */
  already: boolean
}

/** Makes the group stand for the branch: one open link for a branch and for a chat. Idempotent. */
export async function connectGroup(ctx: Context, input: ConnectGroup): Promise<Result<ConnectedGroup>> {
  const branch = await branchOf(ctx.db, input.branchId)
  if (!branch) return fail('linking.branchUnknown')
  const leave = leaveFor(ctx, 'link.group', { wardId: branch.wardId, branchId: branch.id })
  if (!leave.ok) return leave
  const { chatId } = input
  const open = await ctx.db.groupLink.findMany({
    where: { endedAt: null, OR: [{ chatId }, { organisationId: branch.id }] },
    include: { organisation: { select: { name: true } } },
  })
  const here = open.find((link) => link.chatId === chatId)
  if (here?.organisationId === branch.id) return ok({ linkId: here.id, branch, already: true })
  if (here) return fail('linking.chatTaken', { branch: here.organisation.name })
  const elsewhere = open[0]
  if (elsewhere && !(input.move && leaveFor(ctx, 'link.group', { wardId: branch.wardId }).ok)) {
    return fail('linking.branchTaken', { branch: branch.name, title: elsewhere.title })
  }
  try {
    return await ctx.transaction(async (tx) => {
      if (elsewhere) {
        await tx.groupLink.update({
          where: { id: elsewhere.id },
          data: { endedAt: ctx.now(), endReason: 'moved' },
        })
      }
      const link = await tx.groupLink.create({
        data: {
          organisationId: branch.id,
          chatId,
          title: input.title,
          linkedBy: ctx.actor.accountId,
          linkedAt: ctx.now(),
        },
      })
      await ctx.audit(tx, 'group.connected', { branch: branch.id, link: link.id }, branch.wardId)
      return ok({ linkId: link.id, branch, already: false })
    })
  } catch (error) {
    if (isDuplicate(error)) return connectGroup(ctx, input)
    throw error
  }
}
