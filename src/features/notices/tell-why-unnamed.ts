import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { type GroupTrust, privateChatsOf } from '../linking/index.ts'
import { leadersOfBranch } from '../registry/index.ts'
import type { NoticeView } from './notice-view.ts'
import { unnamedMessage } from './private-messages.ts'

/** Tells the secretary in private why the group reads no names, and how that is mended before the next month. */
export async function tellWhyUnnamed(
  ctx: Context,
  tx: Transaction,
  views: readonly NoticeView[],
  trusts: ReadonlyMap<number, GroupTrust>,
): Promise<void> {
  for (const view of views) {
    const trust = trusts.get(view.branchId)
    if (view.kind !== 'evaluation' || view.namesInGroup || !trust) continue
    const leaders = await leadersOfBranch(tx, view.branchId, ctx.today())
    const secretaries = leaders.flatMap(({ post, person }) => (post === 'secretary' ? [person.id] : []))
    const message = unnamedMessage(ctx.texts, view, trust)
    for (const chatId of new Set((await privateChatsOf(tx, secretaries)).values())) {
      await ctx.deliver(tx, { chatId, message, key: `notice:${view.noticeId}:unnamed:${chatId}` })
    }
  }
}
