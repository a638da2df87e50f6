import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { priority } from '../../platform/outbox.ts'
import { placesOf } from '../../platform/posted.ts'
import { type BranchGroup, groupTrusts } from '../linking/index.ts'
import { groupMessages, isReplaced } from './notice-messages.ts'
import { type NoticeView, noticeView } from './notice-view.ts'
import { tellWhyUnnamed } from './tell-why-unnamed.ts'

/** What is older is read in private: `/thongbao` shows as much. */
const shownDays = 92

/**
 * These branches have these groups now: each notice that its branch has still to confirm and that stands in another chat is posted
 * where its members are. Safe to repeat. Asks no leave: Telegram or the clock tells it.
 */
export async function followGroups(ctx: Context, groups: ReadonlyMap<number, BranchGroup>): Promise<void> {
  if (groups.size === 0) return
  const notices = await ctx.db.notice.findMany({
    where: {
      branchId: { in: [...groups.keys()] },
      issuedAt: { gte: new Date(ctx.now().getTime() - shownDays * 24 * 3_600_000) },
      acknowledgements: { none: { kind: 'branch' } },
      handover: null,
    },
    select: { id: true, branchId: true, deliveries: { where: { personId: null }, select: { deliveryId: true } } },
    orderBy: { id: 'asc' },
  })
  const places = await placesOf(
    ctx.db,
    notices.flatMap(({ deliveries }) => deliveries.map(({ deliveryId }) => deliveryId)),
  )
  for (const { id, branchId, deliveries } of notices) {
    const group = groups.get(branchId)
    const chats = deliveries.flatMap(({ deliveryId }) => places.get(deliveryId)?.chatId ?? [])
    if (!group || chats.length === 0 || chats.includes(group.chatId)) continue
    await ctx.transaction((tx) => postAnew(ctx, tx, id, group))
  }
}

async function postAnew(ctx: Context, tx: Transaction, noticeId: number, group: BranchGroup): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "Notice" WHERE "id" = ${noticeId} FOR UPDATE`
  const found = await noticeView(tx, noticeId)
  if (!found || found.acknowledged || isReplaced(found)) return
  const view = await asThisGroupMayRead(ctx, tx, found)
  const ids = await ctx.deliverAll(
    tx,
    groupMessages(ctx.texts, view).map((message, part) => ({
      chatId: group.chatId,
      message,
      key: `notice:${noticeId}:group:${group.linkId}:${part}`,
      priority: priority.broadcast,
      lasting: true,
    })),
  )
  await tx.noticeDelivery.deleteMany({ where: { noticeId, personId: null, deliveryId: { notIn: ids } } })
  const data = ids.map((deliveryId, part) => ({ deliveryId, noticeId, part }))
  await tx.noticeDelivery.createMany({ data, skipDuplicates: true })
}

/** Names are posted in another group only where everybody in that one is known too. */
async function asThisGroupMayRead(ctx: Context, tx: Transaction, view: NoticeView): Promise<NoticeView> {
  if (view.kind !== 'evaluation' || !view.namesInGroup) return view
  const trusts = await groupTrusts(ctx, [view.branchId], tx)
  if (trusts.get(view.branchId)?.everyoneKnown) return view
  const unnamed = { ...view, namesInGroup: false }
  await tx.notice.update({ where: { id: view.noticeId }, data: { namesInGroup: false } })
  await tellWhyUnnamed(ctx, tx, [unnamed], trusts)
  return unnamed
}
