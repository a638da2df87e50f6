import { dayAt } from '../../domain/dates.ts'
import { morningsIn } from '../../domain/mornings.ts'
import type { Period } from '../../domain/period.ts'
import { monthToReport, needsReport } from '../../domain/plans.ts'
import type { Context } from '../../platform/context.ts'
import { privateChatsOf } from '../linking/index.ts'
import { deciderChats } from './decider-chats.ts'
import { findPlans, type PlanView } from './plan-view.ts'
import { monthReminder, monthReminderOf } from './screens.ts'

/** The day on which the month opens, and the last but two on which it can still be said. */
const reminderDays: readonly number[] = [20, 8]

/**
 * When a month opens, and again before it closes, reminds those whose plan still needs a word for it; of members whom the
 * bot cannot reach, those who decide in the branch read the names. Of what was missed only the last goes out, and only
 * while the month is open. Asks no leave: the clock calls it.
 */
export async function remindMonth(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  const on = morningsIn(span).findLast(({ day }) => reminderDays.includes(day))
  const month = monthToReport(dayAt(span.until))
  if (!on || month === null || monthToReport(on) !== month) return
  const plans = await findPlans(ctx.db, { state: 'approved', year: Number(month.slice(0, 4)) })
  const owed = plans.filter(({ items }) => items.some((item) => needsReport(item, month)))
  for (const branchId of new Set(owed.map((plan) => plan.branchId))) {
    await remindBranch(
      ctx,
      owed.filter((plan) => plan.branchId === branchId),
      month,
      `${month}:${on.day}`,
    )
  }
}

async function remindBranch(ctx: Context, plans: readonly PlanView[], month: Period, nth: string): Promise<void> {
  const [first] = plans
  if (!first) return
  await ctx.transaction(async (tx) => {
    const chats = await privateChatsOf(
      tx,
      plans.map(({ person }) => person.id),
    )
    const unreached: string[] = []
    for (const plan of plans) {
      const chatId = chats.get(plan.person.id)
      if (chatId === undefined) unreached.push(plan.person.name)
      else
        await ctx.deliver(tx, {
          chatId,
          message: monthReminder(ctx.texts, plan, month),
          key: `plan:${plan.id}:due:${nth}`,
        })
    }
    if (unreached.length === 0) return
    const message = monthReminderOf(ctx.texts, { branchId: first.branchId, year: first.year }, month, unreached)
    for (const chatId of await deciderChats(ctx, tx, first.branchId)) {
      await ctx.deliver(tx, { chatId, message, key: `plan:branch:${first.branchId}:due:${nth}:${chatId}` })
    }
  })
}
