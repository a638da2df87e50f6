import { dayAt, zone } from '../../domain/dates.ts'
import { morningsIn } from '../../domain/mornings.ts'
import { firstDay, formatPeriod, lastDay, monthOf, type Period, previous } from '../../domain/period.ts'
import { headPosts } from '../../domain/posts.ts'
import type { Context } from '../../platform/context.ts'
import type { Database } from '../../platform/database.ts'
import { officerChats, privateChatsOf } from '../linking/index.ts'
import { branchesOf, headsIn, holdersInWard } from '../registry/index.ts'
import { reviewerChats } from './branch-chats.ts'
import { headsForSecretary, headsForWard } from './heads-screens.ts'

const morningHour = 7

/**
 * On the first morning of a month: each secretary reads by name which heads of the ward in their branch had no task in the
 * month before; the ward's secretary and officers read how many, without names. Asks no leave: the clock calls it.
 */
export async function tellHeadsWithoutTasks(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  if (!morningsIn(span, morningHour).some(({ day }) => day === 1)) return
  const month = previous(monthOf(dayAt(span.until)))
  for (const { id: wardId } of await ctx.db.ward.findMany({ orderBy: { id: 'asc' } }))
    await tellWard(ctx, wardId, month)
}

async function tellWard(ctx: Context, wardId: number, month: Period): Promise<void> {
  const today = ctx.today()
  const period = formatPeriod(month)
  let heads = 0
  let idle = 0
  let branchCount = 0
  for (const branch of await branchesOf(ctx.db, wardId, today)) {
    const here = await headsIn(ctx.db, branch.id, headPosts, today)
    const without: typeof here = []
    for (const head of here) if (!(await hadTask(ctx.db, branch.id, head.id, month))) without.push(head)
    heads += here.length
    idle += without.length
    if (without.length === 0) continue
    branchCount++
    await ctx.transaction(async (tx) => {
      for (const chatId of await reviewerChats(tx, branch.id, today)) {
        const message = headsForSecretary(ctx.texts, period, branch.id, without)
        await ctx.deliver(tx, { chatId, message, key: `heads:${branch.id}:${month}:${chatId}` })
      }
    })
  }
  if (heads === 0) return
  await ctx.transaction(async (tx) => {
    const leaders = await holdersInWard(tx, wardId, ['wardSecretary', 'wardStandingDeputySecretary'], today)
    const chats = new Set([...(await privateChatsOf(tx, leaders)).values(), ...(await officerChats(tx, wardId))])
    for (const chatId of chats) {
      const message = headsForWard(ctx.texts, { period, heads, idle, branches: branchCount })
      await ctx.deliver(tx, { chatId, message, key: `heads:ward:${wardId}:${month}:${chatId}` })
    }
  })
}

/** Whether the branch had given this person something that was open at some time of the month. */
async function hadTask(db: Database, branchId: number, personId: number, month: Period): Promise<boolean> {
  const begin = startOf(firstDay(month))
  const end = startOf(lastDay(month).add({ days: 1 }))
  const found = await db.task.count({
    where: {
      branchId,
      assigneeId: personId,
      state: { notIn: ['cancelled', 'reassigned'] },
      createdAt: { lt: end },
      OR: [{ finishedAt: null }, { finishedAt: { gte: begin } }],
    },
  })
  return found > 0
}

function startOf(day: Temporal.PlainDate): Date {
  return new Date(day.toZonedDateTime(zone).epochMilliseconds)
}
