import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { type GroupTrust, privateChatsOf } from '../linking/index.ts'
import { holdingOn } from '../registry/index.ts'
import type { NoticeView } from './notice-view.ts'
import { unnamedMessage } from './private-messages.ts'

/** Tells the secretary in private why the group reads no names, and how that is mended before the next month. */
export async function tellWhyUnnamed(
  ctx: Context,
  tx: Transaction,
  views: readonly NoticeView[],
  trusts: ReadonlyMap<number, GroupTrust>,
): Promise<void> {
  const unnamed = views.flatMap((view) => {
    const trust = trusts.get(view.branchId)
    return view.kind === 'evaluation' && !view.namesInGroup && trust ? [{ view, trust }] : []
  })
  const holders = await tx.position.findMany({
    where: {
      organisationId: { in: unnamed.map(({ view }) => view.branchId) },
      post: 'secretary',
      ...holdingOn(ctx.today()),
    },
    select: { organisationId: true, personId: true },
    orderBy: { id: 'asc' },
  })
  const chats = await privateChatsOf(
    tx,
    holders.map(({ personId }) => personId),
  )
  const told = unnamed.flatMap(({ view, trust }) => {
    const own = holders.filter(({ organisationId }) => organisationId === view.branchId)
    const reached = new Set(own.flatMap(({ personId }) => chats.get(personId) ?? []))
    const message = unnamedMessage(ctx.texts, view, trust)
    return [...reached].map((chatId) => ({ chatId, message, key: `notice:${view.noticeId}:unnamed:${chatId}` }))
  })
  await ctx.deliverAll(tx, told)
}
