import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { type Outgoing, priority } from '../../platform/outbox.ts'
import { placesOf } from '../../platform/posted.ts'
import { groupChatsOf, groupTrusts, privateChatsOf } from '../linking/index.ts'
import { type MonthsBeside, ownMonthsBeside } from './months-beside.ts'
import { groupMessages } from './notice-messages.ts'
import { type NoticeView, noticeViews } from './notice-view.ts'
import { ownResultMessage } from './private-messages.ts'
import { noticeSettings } from './settings.ts'
import { tellWhyUnnamed } from './tell-why-unnamed.ts'

/**
 * Writes each branch's copy of an issue and everything that carries it: to the branch's group, and to each cadre in it who
 * has a private chat their own result. Where not everybody in the group is known, or the ward has so chosen, the group
 * reads no names.
 */
export async function writeCopies(
  ctx: Context,
  tx: Transaction,
  {
    issueId,
    wardId,
    branchIds,
    issuedAt,
  }: { issueId: number; wardId: number; branchIds: readonly number[]; issuedAt: Date },
): Promise<void> {
  const trusts = await groupTrusts(ctx, branchIds, tx)
  const { namesInGroup } = await noticeSettings(tx, wardId)
  const isOpen = (branchId: number) => namesInGroup === 1 && (trusts.get(branchId)?.everyoneKnown ?? true)
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
  const months = await ownMonthsBeside(
    tx,
    views.filter((view) => view.kind === 'evaluation'),
  )
  const carriers = views.flatMap((view) => [
    ...toGroup(ctx, view, groups.get(view.branchId)),
    ...toPeople(ctx, view, chats, months),
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
    outgoing: { chatId, message, key: `notice:${noticeId}:group:${part}`, priority: priority.broadcast, lasting: true },
    carries: { noticeId, part, personId: null },
  }))
}

function toPeople(
  { texts }: Context,
  view: NoticeView,
  chats: ReadonlyMap<number, bigint>,
  months: MonthsBeside | null,
): Carrier[] {
  if (view.kind !== 'evaluation') return []
  const { noticeId } = view
  return view.results.flatMap((line): Carrier[] => {
    const { personId } = line
    const chatId = chats.get(personId)
    // Whom only a correction concerns here reads it with their own branch's notice.
    if (chatId === undefined || line.isCopy) return []
    const message = ownResultMessage(texts, view, line, months)
    const key = `notice:${noticeId}:person:${personId}`
    const outgoing = { chatId, message, key, priority: priority.broadcast, lasting: true }
    return [{ outgoing, carries: { noticeId, part: 0, personId } }]
  })
}

/**
 * Rewrites the group's messages, where they were sent or still will be, as the notice reads now: the last one, and those
 * whose lines have been struck out. What has been put aside or refused is not, nor what stands in a group that is the branch's
 * no more.
 */
export async function refreshGroupMessage(ctx: Context, tx: Transaction, view: NoticeView, key: string): Promise<void> {
  await refreshGroupMessages(ctx, tx, [{ view, key }])
}

/** The same for many notices at once. */
export async function refreshGroupMessages(
  ctx: Context,
  tx: Transaction,
  notices: readonly { readonly view: NoticeView; readonly key: string }[],
): Promise<void> {
  const carried = await tx.noticeDelivery.findMany({
    where: { noticeId: { in: notices.map(({ view }) => view.noticeId) }, personId: null },
    orderBy: { part: 'asc' },
  })
  const places = await placesOf(
    tx,
    carried.map(({ deliveryId }) => deliveryId),
  )
  const groups = await groupChatsOf(
    tx,
    notices.map(({ view }) => view.branchId),
  )
  const edits = notices.flatMap(({ view, key }) => {
    const messages = groupMessages(ctx.texts, view)
    return carried
      .filter(({ noticeId }) => noticeId === view.noticeId)
      .flatMap(({ deliveryId, part }) => {
        const [message, place] = [messages[part], places.get(deliveryId)]
        const isStruck = message?.entities?.some(({ type }) => type === 'strikethrough')
        if (!message || !(isStruck || part === messages.length - 1)) return []
        if (!place || place.state === 'failed' || place.chatId !== groups.get(view.branchId)) return []
        return [{ chatId: place.chatId, message, key: `${key}:${part}`, edits: deliveryId }]
      })
  })
  await ctx.deliverAll(tx, edits)
}
