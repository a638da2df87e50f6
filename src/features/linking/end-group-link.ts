import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { failWaiting } from '../../platform/outbox.ts'
import { deliverToEach, officerChats, secretaryChats } from './addressees.ts'
import { forgetGroup } from './group-accounts.ts'
import { leaveFor } from './leave.ts'
import { groupEndedAlert } from './screens-groups.ts'

/** Why a group stands for its branch no more, beside `moved` and `migrated`. */
type EndReason = 'disconnected' | 'botRemoved' | 'chatLost'

/** Ends the group's link by somebody's wish. Idempotent: a group that stands for no branch stays so. */
export async function disconnectGroup(
  ctx: Context,
  { chatId }: { chatId: bigint },
): Promise<Result<{ branch: string }>> {
  const link = await openLink(ctx, chatId)
  if (!link) return fail('linking.notConnected')
  const { wardId, name } = link.organisation
  const leave = leaveFor(ctx, 'link.group', { wardId, branchId: link.organisationId })
  if (!leave.ok) return leave
  await endLink(ctx, link, 'disconnected')
  return ok({ branch: name })
}

/**
 * The bot was put out of the group, or the group is gone: the link ends, and those who can mend it are told once. Asks no
 * leave: Telegram tells it.
 */
export async function loseGroup(
  ctx: Context,
  { chatId, reason }: { chatId: bigint; reason: 'botRemoved' | 'chatLost' },
): Promise<void> {
  const link = await openLink(ctx, chatId)
  if (link) await endLink(ctx, link, reason)
}

/** The branch is dissolved: its group stands for nobody any more, and what waits for it is put aside. */
export async function endGroupOfBranch(ctx: Context, tx: Transaction, branchId: number): Promise<void> {
  const link = await tx.groupLink.findFirst({ where: { organisationId: branchId, endedAt: null } })
  if (!link) return
  await tx.groupLink.update({ where: { id: link.id }, data: { endedAt: ctx.now(), endReason: 'dissolved' } })
  await ctx.cancelWaiting(tx, link.chatId)
  await ctx.audit(tx, 'group.ended', { branch: branchId, link: link.id, reason: 'dissolved' })
}

type OpenLink = NonNullable<Awaited<ReturnType<typeof openLink>>>

function openLink(ctx: Context, chatId: bigint) {
  return ctx.db.groupLink.findFirst({
    where: { chatId, endedAt: null },
    include: { organisation: { select: { name: true, wardId: true } } },
  })
}

async function endLink(ctx: Context, link: OpenLink, reason: EndReason): Promise<void> {
  const { wardId, name } = link.organisation
  const alert = groupEndedAlert(ctx.texts, { branchId: link.organisationId, branch: name, title: link.title, reason })
  await ctx.transaction(async (tx) => {
    const { count } = await tx.groupLink.updateMany({
      where: { id: link.id, endedAt: null },
      data: { endedAt: ctx.now(), endReason: reason },
    })
    if (count === 0) return
    await forgetGroup(tx, link.chatId, ctx.now())
    if (reason === 'disconnected') await ctx.cancelWaiting(tx, link.chatId)
    else await failWaiting(tx, link.chatId, ctx.now())
    await ctx.audit(tx, 'group.ended', { branch: link.organisationId, link: link.id, reason }, wardId)
    const chats = [...(await secretaryChats(ctx, tx, link.organisationId)), ...(await officerChats(tx, wardId))]
    await deliverToEach(ctx, tx, chats, `link:ended:${link.id}`, alert)
  })
}
