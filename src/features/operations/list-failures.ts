import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { chatsOfWard } from './wards-of-chats.ts'

/** A delivery that needs a person's decision. What it says is never shown here. */
export interface StuckDelivery {
  id: number
  state: 'failed' | 'unknown'
  /** A group's title, or null for a private chat. */
  group: string | null
  reason: string
  at: Date
}

export interface Operations {
  waiting: number
  sentToday: number
  stuck: StuckDelivery[]
}

const mostShown = 100

/** How the sending stands, for whoever runs the bot: numbers and reasons, no contents, no names of people. */
export async function listFailures(ctx: Context): Promise<Result<Operations>> {
  const leave = mayOperate(ctx)
  if (!leave.ok) return leave
  const dayAgo = new Date(ctx.now().getTime() - 86_400_000)
  const [waiting, sentToday, found] = await Promise.all([
    ctx.db.delivery.count({ where: { state: { in: ['waiting', 'sending'] } } }),
    ctx.db.delivery.count({ where: { state: 'sent', finishedAt: { gte: dayAgo } } }),
    ctx.db.delivery.findMany({
      where: { state: { in: ['failed', 'unknown'] } },
      orderBy: { id: 'desc' },
      take: mostShown,
      select: { id: true, state: true, chatId: true, error: true, finishedAt: true, createdAt: true },
    }),
  ])
  const own = await chatsOfWard(
    ctx.db,
    ctx.actor.wardId ?? 0,
    found.map(({ chatId }) => chatId),
  )
  const rows = found.filter(({ chatId }) => own.has(chatId))
  const groups = await ctx.db.groupLink.findMany({
    where: { chatId: { in: rows.map(({ chatId }) => chatId) } },
    orderBy: { id: 'asc' },
    select: { chatId: true, title: true },
  })
  const titles = new Map(groups.map(({ chatId, title }) => [chatId, title]))
  const stuck = rows.map(
    (row): StuckDelivery => ({
      id: row.id,
      state: row.state === 'unknown' ? 'unknown' : 'failed',
      group: row.chatId < 0n ? (titles.get(row.chatId) ?? '?') : null,
      reason: row.error ?? '?',
      at: row.finishedAt ?? row.createdAt,
    }),
  )
  return ok({ waiting, sentToday, stuck })
}

export function mayOperate(ctx: Context): Result<true> {
  const { wardId } = ctx.actor
  return wardId === null
    ? fail('access.denied', { action: 'operations.view' })
    : may(ctx.actor, 'operations.view', { wardId })
}
