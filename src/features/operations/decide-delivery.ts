import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { disconnected } from '../../platform/outbox.ts'
import { Prisma } from '../../platform/prisma/client.ts'
import { mayOperate } from './list-failures.ts'
import { chatsOfWard } from './wards-of-chats.ts'

/**
 * What an operator decides about a delivery that failed or whose outcome nobody knows: sent once more, or put aside for
 * good (its text is then erased). A second tap finds it decided.
 */
export async function decideDelivery(
  ctx: Context,
  input: { deliveryId: number; decision: 'resend' | 'putAside' },
): Promise<Result<true>> {
  const leave = mayOperate(ctx)
  if (!leave.ok) return leave
  return ctx.transaction(async (tx) => {
    const delivery = await tx.delivery.findUnique({ where: { id: input.deliveryId } })
    const own = await chatsOfWard(tx, ctx.actor.wardId ?? 0, delivery ? [delivery.chatId] : [])
    if (own.size === 0) return fail('operations.decided')
    if (input.decision === 'resend' && delivery && isErased(delivery)) return fail('operations.erased')
    if (input.decision === 'resend' && !(await mayStillGo(tx, input.deliveryId))) return fail('operations.chatChanged')
    const { count } = await tx.delivery.updateMany({
      where: { id: input.deliveryId, state: { in: ['failed', 'unknown'] } },
      data:
        input.decision === 'resend'
          ? { state: 'waiting', error: null, finishedAt: null }
          : { state: 'putAside', message: Prisma.DbNull },
    })
    if (count === 0) return fail('operations.decided')
    await ctx.audit(tx, `delivery.${input.decision}`, { delivery: input.deliveryId })
    return ok(true)
  })
}

/** It waited so long for a decision that its words are gone. */
function isErased({ state, message, error }: { state: string; message: unknown; error: string | null }): boolean {
  return (state === 'failed' || state === 'unknown') && message === null && error !== disconnected
}

/**
 * Whether the chat still stands for whom the message was written to. A group that was connected to another branch
 * meanwhile, or an account that speaks for somebody else, must not get it.
 */
async function mayStillGo(tx: Transaction, deliveryId: number): Promise<boolean> {
  const delivery = await tx.delivery.findUnique({ where: { id: deliveryId } })
  if (!delivery || delivery.message === null) return false
  const { chatId, createdAt } = delivery
  const then = { OR: [{ endedAt: null }, { endedAt: { gte: createdAt } }], linkedAt: { lte: createdAt } }
  if (chatId < 0n) {
    const links = await tx.groupLink.findMany({ where: { chatId } })
    const before = await tx.groupLink.findFirst({ where: { chatId, ...then } })
    const now = links.find(({ endedAt }) => endedAt === null)
    return now?.organisationId === before?.organisationId && now?.wardId === before?.wardId
  }
  const links = await tx.accountLink.findMany({ where: { accountId: chatId } })
  const before = await tx.accountLink.findFirst({ where: { accountId: chatId, ...then } })
  return links.find(({ endedAt }) => endedAt === null)?.personId === before?.personId
}
