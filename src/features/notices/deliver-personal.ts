import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { priority } from '../../platform/outbox.ts'
import { privateChatsOf } from '../linking/index.ts'
import { personalMessages } from './personal-messages.ts'
import { type PersonalView, personalViews } from './personal-view.ts'

/**
 * Writes each person's copy of a plain issue and what carries it to their private chat. Who cannot be reached there has a
 * copy without a delivery: it is for the ward to hand over.
 */
export async function writePersonalCopies(
  ctx: Context,
  tx: Transaction,
  { issueId, personIds, issuedAt }: { issueId: number; personIds: readonly number[]; issuedAt: Date },
): Promise<void> {
  if (personIds.length === 0) return
  await tx.personalNotice.createMany({ data: personIds.map((personId) => ({ issueId, personId, issuedAt })) })
  const chats = await privateChatsOf(tx, personIds)
  const carriers = (await personalViews(tx, { issueId })).flatMap((view) => {
    const chatId = chats.get(view.personId)
    if (chatId === undefined) return []
    const messages = personalMessages(ctx.texts, view)
    return messages.map((message, part) => ({
      personalId: view.personalId,
      isLast: part === messages.length - 1,
      outgoing: { chatId, message, key: `personal:${view.personalId}:${part}`, priority: priority.broadcast },
    }))
  })
  const ids = await ctx.deliverAll(
    tx,
    carriers.map(({ outgoing }) => outgoing),
  )
  // The last part carries the button, so it is the one that is edited and followed.
  for (const [index, { personalId, isLast }] of carriers.entries()) {
    const deliveryId = ids[index]
    if (isLast && deliveryId !== undefined) {
      await tx.personalNotice.update({ where: { id: personalId }, data: { deliveryId } })
    }
  }
}

/** Rewrites the message with the button as the notice reads now. */
export async function refreshPersonal(ctx: Context, tx: Transaction, view: PersonalView, key: string): Promise<void> {
  if (view.deliveryId === null) return
  const carrier = await tx.delivery.findUnique({ where: { id: view.deliveryId } })
  // Long after it was confirmed nobody knows the message's number any more.
  if (carrier === null || carrier.state === 'failed') return
  const { chatId } = carrier
  const message = personalMessages(ctx.texts, view).at(-1)
  if (message) await ctx.deliver(tx, { chatId, message, key, edits: view.deliveryId })
}
