import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { type Outgoing, priority } from '../../platform/outbox.ts'
import { groupChatsOf, groupTrusts, privateChatsOf } from '../linking/index.ts'
import { groupMessages, ownResultMessage } from './notice-messages.ts'
import { type NoticeView, noticeViews } from './notice-view.ts'
import { tellWhyUnnamed } from './tell-why-unnamed.ts'

/**
 * Writes each branch's copy of an issue and everything that carries it: to the branch's group, and to each cadre in it who
 * has a private chat their own result. Where not everybody in the group is known, the group reads no names.
 */
export async function writeCopies(
  ctx: Context,
  tx: Transaction,
  { issueId, branchIds, issuedAt }: { issueId: number; branchIds: readonly number[]; issuedAt: Date },
): Promise<void> {
  const trusts = await groupTrusts(ctx, branchIds, tx)
  const isOpen = (branchId: number) => trusts.get(branchId)?.everyoneKnown ?? true
  await tx.notice.createMany({
    data: branchIds.map((branchId) => ({ issueId, branchId, issuedAt, namesInGroup: isOpen(branchId) })),
  })
  const views = await noticeViews(tx, { issueId })
  const groups = await groupChatsOf(tx, branchIds)
  const people = views.flatMap((view) => (view.kind === 'evaluation' ? view.results : []))
  const chats = await privateChatsOf(
    tx,
    people.map(({ personId }) => personId),
  )
  const carriers = views.flatMap((view) => [
    ...toGroup(ctx, view, groups.get(view.branchId)),
    ...toPeople(ctx, view, chats),
  ])
  const ids = await ctx.deliverAll(
    tx,
    carriers.map(({ outgoing }) => outgoing),
  )
  const data = carriers.flatMap(({ carries }, index) => {
    const deliveryId = ids[index]
    return deliveryId === undefined ? [] : [{ ...carries, deliveryId }]
  })
  await tx.noticeDelivery.createMany({ data })
  await tellWhyUnnamed(ctx, tx, views, trusts)
}

/** A message and what of which notice it carries. */
interface Carrier {
  readonly outgoing: Outgoing & { key: string }
  readonly carries: { readonly noticeId: number; readonly part: number; readonly personId: number | null }
}

function toGroup({ texts }: Context, view: NoticeView, chatId: bigint | undefined): Carrier[] {
  if (chatId === undefined) return []
  const { noticeId } = view
  return groupMessages(texts, view).map((message, part) => ({
    outgoing: { chatId, message, key: `notice:${noticeId}:group:${part}`, priority: priority.broadcast },
    carries: { noticeId, part, personId: null },
  }))
}

function toPeople({ texts }: Context, view: NoticeView, chats: ReadonlyMap<number, bigint>): Carrier[] {
  if (view.kind !== 'evaluation') return []
  const { noticeId } = view
  return view.results.flatMap((line): Carrier[] => {
    const { personId } = line
    const chatId = chats.get(personId)
    if (chatId === undefined) return []
    const message = ownResultMessage(texts, view, line)
    const key = `notice:${noticeId}:person:${personId}`
    return [
      { outgoing: { chatId, message, key, priority: priority.broadcast }, carries: { noticeId, part: 0, personId } },
    ]
  })
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
