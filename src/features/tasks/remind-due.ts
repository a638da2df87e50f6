import { dayAt, fromUtcMidnight, toUtcMidnight } from '../../domain/dates.ts'
import { morningOf, morningsIn } from '../../domain/mornings.ts'
import type { Context } from '../../platform/context.ts'
import { privateChatOf } from '../linking/index.ts'
import { reviewerChats } from './branch-chats.ts'
import { dueReminder, dueReminderOf } from './screens.ts'
import { findTasks, owedStates, type TaskView } from './task-view.ts'

/** A reminder that could not go out is still worth sending so many days after the due day. */
const lateDays = 7

/**
 * In the morning of a task's due day, reminds whoever still owes it; where the bot cannot reach them, the secretary hears
 * whom to tell. Only those, each once. After a time without the program the reminders that it missed go out late and say
 * by how many days; those of more than a week ago are skipped and counted. Asks no leave: the clock calls it.
 */
export async function remindDue(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  const days = morningsIn(span)
  const [first] = days
  const last = days.at(-1)
  if (!first || !last) return
  const today = dayAt(span.until)
  const oldest = today.subtract({ days: lateDays })
  const tasks = await findTasks(ctx.db, {
    state: { in: [...owedStates] },
    dueOn: { gte: toUtcMidnight(first), lte: toUtcMidnight(last) },
  })
  const worthSending = tasks.filter(({ dueOn }) => dueOn !== null && Temporal.PlainDate.compare(dueOn, oldest) >= 0)
  const skipped = tasks.length - worthSending.length
  if (skipped > 0) ctx.log.warn({ skipped }, 'reminders too late to be sent')
  for (const task of worthSending) await remind(ctx, task, today)
}

async function remind(ctx: Context, task: TaskView, today: Temporal.PlainDate): Promise<void> {
  await ctx.transaction(async (tx) => {
    const key = `task:${task.id}:call:due:${task.dueOn}`
    const own = await privateChatOf(tx, task.assignee.id)
    if (own !== null) {
      await ctx.deliver(tx, { chatId: own, message: dueReminder(ctx.texts, task, today), key })
      return
    }
    for (const chatId of await reviewerChats(tx, task.branchId, today)) {
      await ctx.deliver(tx, { chatId, message: dueReminderOf(ctx.texts, task, today), key: `${key}:${chatId}` })
    }
  })
}

/** When the next reminder goes out, as far as tasks stand now. Asks no leave: the clock calls it. */
export async function nextReminder(ctx: Context): Promise<Date | null> {
  const now = ctx.now()
  const today = dayAt(now)
  const from = now < morningOf(today) ? today : today.add({ days: 1 })
  const next = await ctx.db.task.findFirst({
    where: { state: { in: [...owedStates] }, dueOn: { gte: toUtcMidnight(from) } },
    orderBy: { dueOn: 'asc' },
    select: { dueOn: true },
  })
  return next?.dueOn ? morningOf(fromUtcMidnight(next.dueOn)) : null
}
