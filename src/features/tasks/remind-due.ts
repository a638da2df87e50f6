import { dayAt, fromUtcMidnight, toUtcMidnight, zone } from '../../domain/dates.ts'
import type { Context } from '../../platform/context.ts'
import { privateChatOf } from '../linking/index.ts'
import { reviewerChats } from './branch-chats.ts'
import { dueToday, dueTodayOf } from './screens.ts'
import { findTasks, owedStates } from './task-view.ts'

const reminderHour = 7

/**
 * In the morning of a task's due day, reminds whoever still owes it; where the bot cannot reach them, the secretary hears
 * whom to tell. Only those, each once.
 */
export async function remindDue(ctx: Context, { since, until }: { since: Date; until: Date }): Promise<void> {
  const today = dayAt(until)
  const at = reminderOn(today)
  if (since >= at || until < at) return
  const tasks = await findTasks(ctx.db, { state: { in: [...owedStates] }, dueOn: toUtcMidnight(today) })
  for (const task of tasks) {
    await ctx.transaction(async (tx) => {
      const key = `task:${task.id}:call:due:${today.toString()}`
      const own = await privateChatOf(tx, task.assignee.id)
      if (own !== null) {
        await ctx.deliver(tx, { chatId: own, message: dueToday(ctx.texts, task), key })
        return
      }
      for (const chatId of await reviewerChats(tx, task.branchId, today)) {
        await ctx.deliver(tx, { chatId, message: dueTodayOf(ctx.texts, task), key: `${key}:${chatId}` })
      }
    })
  }
}

/** When the next reminder goes out, as far as tasks stand now. */
export async function nextReminder(ctx: Context): Promise<Date | null> {
  const now = ctx.now()
  const today = dayAt(now)
  const from = now < reminderOn(today) ? today : today.add({ days: 1 })
  const next = await ctx.db.task.findFirst({
    where: { state: { in: [...owedStates] }, dueOn: { gte: toUtcMidnight(from) } },
    orderBy: { dueOn: 'asc' },
    select: { dueOn: true },
  })
  return next?.dueOn ? reminderOn(fromUtcMidnight(next.dueOn)) : null
}

function reminderOn(day: Temporal.PlainDate): Date {
  const morning = day.toZonedDateTime({ timeZone: zone, plainTime: new Temporal.PlainTime(reminderHour) })
  return new Date(morning.epochMilliseconds)
}
