import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { failWaiting } from '../../platform/outbox.ts'
import { deliverToEach, keeperChats, officerChats } from './addressees.ts'
import { inAudit } from './connect-group.ts'
import { forgetGroup } from './group-accounts.ts'
import { leaveToConnect, placeOfLink, withPlace } from './places.ts'
import { groupEndedAlert, groupName } from './screens-groups.ts'

/** Why a group stands for its branch or ward no more, beside `moved` and `migrated`. */
type EndReason = 'disconnected' | 'botRemoved' | 'chatLost'

/** Ends the group's link by somebody's wish. Idempotent: a group that stands for nothing stays so. */
export async function disconnectGroup(
  ctx: Context,
  { chatId }: { chatId: bigint },
): Promise<Result<{ branch: string }>> {
  const link = await openLink(ctx, chatId)
  if (!link) return fail('linking.notConnected')
  const place = placeOfLink(link)
  const leave = leaveToConnect(ctx, place)
  if (!leave.ok) return leave
  await endLink(ctx, link, 'disconnected')
  return ok({ branch: groupName(ctx.texts, place) })
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
  await forgetGroup(tx, link.chatId, ctx.now())
  await ctx.cancelWaiting(tx, link.chatId)
  await ctx.audit(tx, 'group.ended', { branch: branchId, link: link.id, reason: 'dissolved' })
}

type OpenLink = NonNullable<Awaited<ReturnType<typeof openLink>>>

function openLink(ctx: Context, chatId: bigint) {
  return ctx.db.groupLink.findFirst({
    where: { chatId, endedAt: null },
    include: withPlace,
  })
}

async function endLink(ctx: Context, link: OpenLink, reason: EndReason): Promise<void> {
  const place = placeOfLink(link)
  const { wardId } = place
  const alert = groupEndedAlert(ctx.texts, place, { title: link.title, reason })
  await ctx.transaction(async (tx) => {
    const { count } = await tx.groupLink.updateMany({
      where: { id: link.id, endedAt: null },
      data: { endedAt: ctx.now(), endReason: reason },
    })
    if (count === 0) return
    await forgetGroup(tx, link.chatId, ctx.now())
    if (reason === 'disconnected') await ctx.cancelWaiting(tx, link.chatId)
    else await failWaiting(tx, link.chatId, ctx.now())
    await ctx.audit(tx, 'group.ended', { ...inAudit(place), link: link.id, reason }, wardId)
    const chats = [...(await keeperChats(ctx, tx, place)), ...(await officerChats(tx, wardId))]
    await deliverToEach(ctx, tx, chats, `link:ended:${link.id}`, alert)
  })
}
