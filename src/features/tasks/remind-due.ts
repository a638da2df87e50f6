import { dayAt, fromUtcMidnight, toUtcMidnight } from '../../domain/dates.ts'
import { morningOf, morningsIn } from '../../domain/mornings.ts'
import type { Context } from '../../platform/context.ts'
import { privateChatOf } from '../linking/index.ts'
import { reviewerChats } from './branch-chats.ts'
import { dueReminder, dueReminderOf } from './screens.ts'
import { findTasks, owedStates, type TaskView } from './task-view.ts'

const reminderHour = 7

/** On which days from the due day on somebody who owes is reminded: the day before, the day itself, and after it. */
const reminderDays = [-1, 0, 1, 3, 7] as const
const [firstReminder] = reminderDays

/** A reminder that could not go out is still worth sending so many days after the due day. */
const lateDays = 7

/**
 * In the morning of the day before a task's due day, of the day itself and of some after it, reminds whoever still owes it;
 * where the bot cannot reach them, the secretary hears whom to tell. Only those, each once a day. After a time without the
 * program only the last reminder that it missed goes out, late, and says by how many days; those of more than a week ago
 * are skipped and counted. Asks no leave: the clock calls it.
 */
export async function remindDue(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  const days = morningsIn(span, reminderHour)
  const [first] = days
  const last = days.at(-1)
  if (!first || !last) return
  const today = dayAt(span.until)
  const oldest = today.subtract({ days: lateDays })
  const tasks = await findTasks(ctx.db, {
    state: { in: [...owedStates] },
    dueOn: {
      gte: toUtcMidnight(first.subtract({ days: lateDays })),
      lte: toUtcMidnight(last.add({ days: -firstReminder })),
    },
  })
  const due = tasks.flatMap((task) => {
    const { dueOn } = task
    const on = dueOn && days.findLast((day) => reminderDays.some((offset) => dueOn.add({ days: offset }).equals(day)))
    return dueOn && on ? [{ task, dueOn, on }] : []
  })
  const worthSending = due.filter(({ dueOn }) => Temporal.PlainDate.compare(dueOn, oldest) >= 0)
  ctx.skipped('taskReminder', due.length - worthSending.length)
  for (const { task, on } of worthSending) await remind(ctx, task, on, today)
}

async function remind(ctx: Context, task: TaskView, on: Temporal.PlainDate, today: Temporal.PlainDate): Promise<void> {
  await ctx.transaction(async (tx) => {
    const key = `task:${task.id}:call:due:${task.dueOn}:${on}`
    const own = await privateChatOf(tx, task.assignee.id)
    if (own !== null) {
      await ctx.deliver(tx, { chatId: own, message: dueReminder(ctx.texts, task, today), key, lasting: true })
      return
    }
    for (const chatId of await reviewerChats(tx, task.branchId, today)) {
      const message = dueReminderOf(ctx.texts, task, today)
      await ctx.deliver(tx, { chatId, message, key: `${key}:${chatId}`, lasting: true })
    }
  })
}

/** When the next reminder goes out, as far as tasks stand now. Asks no leave: the clock calls it. */
export async function nextReminder(ctx: Context): Promise<Date | null> {
  const now = ctx.now()
  const today = dayAt(now)
  const from = now < morningOf(today, reminderHour) ? today : today.add({ days: 1 })
  const owed = await ctx.db.task.findMany({
    where: { state: { in: [...owedStates] }, dueOn: { gte: toUtcMidnight(from.subtract({ days: lateDays })) } },
    distinct: ['dueOn'],
    select: { dueOn: true },
  })
  const moments = owed.flatMap(({ dueOn }) =>
    dueOn === null
      ? []
      : reminderDays
          .map((offset) => fromUtcMidnight(dueOn).add({ days: offset }))
          .filter((day) => Temporal.PlainDate.compare(day, from) >= 0)
          .map((day) => morningOf(day, reminderHour)),
  )
  return moments.sort((a, b) => a.getTime() - b.getTime())[0] ?? null
}
