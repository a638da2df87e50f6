import { dayAt } from '../../domain/dates.ts'
import { morningOf, morningsIn } from '../../domain/mornings.ts'
import type { Context } from '../../platform/context.ts'
import { privateChatOf, privateChatsOf } from '../linking/index.ts'
import { membersOf } from '../registry/index.ts'
import { type ActivityView, findActivities } from './activity-view.ts'
import { calledReminder, unreachedReminder } from './message-screens.ts'

/**
 * In the morning of the day before an activity, reminds those who join it and those who have not answered, as far as they
 * still belong to the branch; of those whom the bot cannot reach, the organiser reads the names. What has begun while the
 * program stood still is skipped and counted. Asks no leave: the clock calls it.
 */
export async function remindCalled(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  const days = morningsIn(span).map((morning) => morning.add({ days: 1 }))
  const [first] = days
  const last = days.at(-1)
  if (!first || !last) return
  const due = await findActivities(ctx.db, {
    state: 'planned',
    startsAt: { gte: morningOf(first, 0), lt: morningOf(last.add({ days: 1 }), 0) },
  })
  const ahead = due.filter(({ startsAt }) => startsAt > span.until)
  ctx.skipped('activityReminder', due.length - ahead.length)
  for (const activity of ahead) await remind(ctx, activity)
}

async function remind(ctx: Context, activity: ActivityView): Promise<void> {
  const members = new Set((await membersOf(ctx.db, activity.branchId, ctx.today())).map(({ id }) => id))
  const called = activity.calls.filter((call) => call.called && call.joins !== false && members.has(call.personId))
  await ctx.transaction(async (tx) => {
    const chats = await privateChatsOf(
      tx,
      called.map(({ personId }) => personId),
    )
    const key = `activity:${activity.id}:tomorrow`
    await ctx.deliverAll(
      tx,
      called.flatMap(({ personId, joins }) => {
        const chatId = chats.get(personId)
        const message = calledReminder(ctx.texts, activity, joins)
        return chatId === undefined ? [] : [{ chatId, message, key: `${key}:${personId}` }]
      }),
    )
    const unreached = called.filter(({ personId }) => !chats.has(personId))
    const organiser = await privateChatOf(tx, activity.organiserId)
    if (unreached.length === 0 || organiser === null) return
    const message = unreachedReminder(
      ctx.texts,
      activity,
      unreached.map(({ name }) => name),
    )
    await ctx.deliver(tx, { chatId: organiser, message, key: `${key}:organiser` })
  })
}

/** When the next reminder of an activity goes out, as far as they are planned now. Asks no leave: the clock calls it. */
export async function nextCalledReminder(ctx: Context): Promise<Date | null> {
  const planned = await findActivities(ctx.db, { state: 'planned', startsAt: { gt: ctx.now() } })
  const mornings = planned.map(({ startsAt }) => morningOf(dayAt(startsAt).subtract({ days: 1 })))
  return mornings.filter((morning) => morning > ctx.now()).sort((a, b) => a.getTime() - b.getTime())[0] ?? null
}
