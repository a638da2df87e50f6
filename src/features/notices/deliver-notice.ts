import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { priority } from '../../platform/outbox.ts'
import { groupChatOf, privateChatOf } from '../linking/index.ts'
import { groupMessages, ownResultMessage } from './notice-messages.ts'
import { type NoticeView, noticeView } from './notice-view.ts'

/** A branch's copy as it was written: whether a group receives it. */
export interface IssuedCopy {
  readonly branchName: string
  readonly hasGroup: boolean
}

/**
 * Writes the branch's copy of an issue and everything that carries it: to the branch's group, and to each cadre in it who
 * has a private chat their own result.
 */
export async function writeCopy(
  ctx: Context,
  tx: Transaction,
  { issueId, branchId, issuedAt }: { issueId: number; branchId: number; issuedAt: Date },
): Promise<IssuedCopy> {
  const { id } = await tx.notice.create({ data: { issueId, branchId, issuedAt } })
  const view = await noticeView(tx, id)
  if (!view) throw new Error(`notice ${id} is not there`)
  const chatId = await groupChatOf(tx, branchId)
  if (chatId !== null) await deliverToGroup(ctx, tx, view, chatId)
  if (view.kind === 'evaluation') {
    for (const line of view.results) {
      const own = await privateChatOf(tx, line.personId)
      if (own === null) continue
      const deliveryId = await ctx.deliver(tx, {
        chatId: own,
        message: ownResultMessage(ctx.texts, view, line),
        key: `notice:${id}:person:${line.personId}`,
        priority: priority.broadcast,
      })
      await tx.noticeDelivery.create({ data: { deliveryId, noticeId: id, part: 0, personId: line.personId } })
    }
  }
  return { branchName: view.branchName, hasGroup: chatId !== null }
}

async function deliverToGroup(ctx: Context, tx: Transaction, view: NoticeView, chatId: bigint): Promise<void> {
  for (const [part, message] of groupMessages(ctx.texts, view).entries()) {
    const deliveryId = await ctx.deliver(tx, {
      chatId,
      message,
      key: `notice:${view.noticeId}:group:${part}`,
      priority: priority.broadcast,
    })
    await tx.noticeDelivery.create({ data: { deliveryId, noticeId: view.noticeId, part } })
  }
}

/** Rewrites the group's message, where it was sent or still will be, as the notice reads now. */
export async function refreshGroupMessage(ctx: Context, tx: Transaction, view: NoticeView, key: string): Promise<void> {
  const last = await tx.noticeDelivery.findFirst({
    where: { noticeId: view.noticeId, personId: null },
    orderBy: { part: 'desc' },
  })
  if (!last) return
  const { chatId, state } = await tx.delivery.findUniqueOrThrow({ where: { id: last.deliveryId } })
  const message = groupMessages(ctx.texts, view).at(-1)
  if (!message || state === 'failed') return
  await ctx.deliver(tx, { chatId, message, key, edits: last.deliveryId })
}
