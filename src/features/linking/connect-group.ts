import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { type Branch, branchOf } from '../registry/index.ts'
import { secretaryChats } from './addressees.ts'
import { useCode } from './find-code.ts'
import { forgetGroup } from './group-accounts.ts'
import { isProgram, leaveFor } from './leave.ts'
import { connectedMessage, connectedNote, movedAwayMessage } from './screens-groups.ts'

export interface ConnectGroup {
  branchId: number
  chatId: bigint
  title: string
  /** The code that brought the group here; it is used up with the link. */
  codeId?: number
  /** The branch leaves the group it has now; only whoever keeps the whole ward's registry may say so. */
  move?: boolean
}

export interface ConnectedGroup {
  linkId: number
  branch: Branch
  /** The group stood for this branch before. */
  already: boolean
}

/**
 * Makes the group stand for the branch: one open link for a branch and for a chat. Idempotent. The group and the secretary
 * are told, unless the program itself connects. Fails with `linking.` `branchUnknown`, `chatTaken` {branch}, `branchTaken`
 * {branch, title}, `codeSpent`.
 */
export async function connectGroup(ctx: Context, input: ConnectGroup): Promise<Result<ConnectedGroup>> {
  const branch = await branchOf(ctx.db, input.branchId)
  if (!branch) return fail('linking.branchUnknown')
  const leave = leaveFor(ctx, 'link.group', { wardId: branch.wardId, branchId: branch.id })
  if (!leave.ok) return leave
  const open = await ctx.db.groupLink.findMany({
    where: { endedAt: null, OR: [{ chatId: input.chatId }, { organisationId: branch.id }] },
    include: { organisation: { select: { name: true } } },
  })
  const here = open.find((link) => link.chatId === input.chatId)
  if (here?.organisationId === branch.id) return ok({ linkId: here.id, branch, already: true })
  if (here) return fail('linking.chatTaken', { branch: here.organisation.name })
  const elsewhere = open[0]
  if (elsewhere && !(input.move && mayMove(ctx, branch.wardId))) {
    return fail('linking.branchTaken', { branch: branch.name, title: elsewhere.title })
  }
  try {
    return await ctx.transaction(async (tx) => {
      if (input.codeId !== undefined && !(await useCode(ctx, tx, input.codeId))) return fail('linking.codeSpent')
      if (elsewhere) await moveAway(ctx, tx, elsewhere, branch)
      const link = await tx.groupLink.create({
        data: {
          organisationId: branch.id,
          chatId: input.chatId,
          title: input.title,
          linkedBy: ctx.actor.accountId,
          linkedAt: ctx.now(),
        },
      })
      await ctx.audit(tx, 'group.connected', { branch: branch.id, link: link.id }, branch.wardId)
      if (!isProgram(ctx)) await announce(ctx, tx, link, branch)
      return ok({ linkId: link.id, branch, already: false })
    })
  } catch (error) {
    // Somebody connected the branch or the chat at the same moment: look again.
    if (isDuplicate(error)) return connectGroup(ctx, input)
    throw error
  }
}

/** Whether the actor may take a branch out of the group it has. */
export function mayMove(ctx: Context, wardId: number): boolean {
  return leaveFor(ctx, 'link.group', { wardId }).ok
}

async function moveAway(
  ctx: Context,
  tx: Transaction,
  link: { id: number; chatId: bigint },
  branch: Branch,
): Promise<void> {
  await tx.groupLink.update({ where: { id: link.id }, data: { endedAt: ctx.now(), endReason: 'moved' } })
  await forgetGroup(tx, link.chatId, ctx.now())
  await ctx.cancelWaiting(tx, link.chatId)
  await ctx.audit(tx, 'group.ended', { branch: branch.id, link: link.id, reason: 'moved' }, branch.wardId)
  const message = movedAwayMessage(ctx.texts, branch.name)
  await ctx.deliver(tx, { chatId: link.chatId, message, key: `link:moved:${link.id}` })
}

async function announce(
  ctx: Context,
  tx: Transaction,
  link: { id: number; chatId: bigint; title: string },
  branch: Branch,
): Promise<void> {
  const key = `link:connected:${link.id}`
  await ctx.deliver(tx, { chatId: link.chatId, message: connectedMessage(ctx.texts, branch.name), key })
  const note = connectedNote(ctx.texts, { branch: branch.name, title: link.title })
  // The secretary is told also where it was the secretary: the next step stands in the note.
  for (const chatId of await secretaryChats(ctx, tx, branch.id)) {
    await ctx.deliver(tx, { chatId, message: note, key: `${key}:${chatId}` })
  }
}
