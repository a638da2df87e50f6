import type { Context } from '../../platform/context.ts'
import type { ChatEvent } from '../../telegram/feature.ts'
import { messageInGroup } from './show-in-group.ts'
import { findVotes, lockVote } from './vote-view.ts'

/**
 * A group became a supergroup: nobody can press the buttons that stayed in the old chat, so each vote that is open gets a
 * message in the new one. Safe to repeat, and before or after the link has moved. Asks no leave: Telegram tells it.
 */
export async function followGroup(ctx: Context, event: ChatEvent): Promise<void> {
  if (event.kind !== 'migrated') return
  const { chatId, newChatId } = event
  const link = await ctx.db.groupLink.findFirst({ where: { chatId: { in: [chatId, newChatId] }, endedAt: null } })
  if (link?.organisationId == null) return
  for (const { id } of await findVotes(ctx.db, { branchId: link.organisationId, state: 'open' })) {
    await ctx.transaction(async (tx) => {
      if (!(await lockVote(tx, id)).isOpen) return
      const [vote] = await findVotes(tx, { id })
      if (!vote || vote.deliveryId === null) return
      const shown = await tx.delivery.findUnique({ where: { id: vote.deliveryId } })
      if (shown?.chatId !== chatId) return
      const message = messageInGroup(ctx.texts, vote)
      const deliveryId = await ctx.deliver(tx, { chatId: newChatId, message, key: `vote:${id}:open:${newChatId}` })
      await tx.vote.update({ where: { id }, data: { deliveryId } })
    })
  }
}
