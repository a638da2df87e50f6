import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Message } from '../../platform/messages.ts'
import { deliverToEach, officerChats } from '../linking/index.ts'
import { reviewerChats } from '../tasks/index.ts'

/**
 * Tells those who lead the branch: the secretary, or the deputies where the bot cannot reach the secretary. Where it reaches
 * nobody the ward's office is told instead, with a sentence that says so; `otherwise` makes that message.
 */
export async function tellBranch(
  ctx: Context,
  tx: Transaction,
  place: { wardId: number; branchId: number },
  key: string,
  message: Message,
  otherwise: () => Message,
): Promise<void> {
  const chats = await reviewerChats(tx, place.branchId, ctx.today())
  if (chats.length > 0) {
    for (const chatId of chats) await ctx.deliver(tx, { chatId, message, key: `${key}:${chatId}` })
    return
  }
  await deliverToEach(ctx, tx, await officerChats(tx, place.wardId), key, otherwise())
}

/** Tells the ward's office, but for whoever acts. */
export async function tellOffice(
  ctx: Context,
  tx: Transaction,
  wardId: number,
  key: string,
  message: Message,
): Promise<void> {
  await deliverToEach(ctx, tx, await officerChats(tx, wardId), key, message)
}
