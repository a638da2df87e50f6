import { dayAt, toUtcMidnight } from '../../domain/dates.ts'
import { morningOf, morningsIn } from '../../domain/mornings.ts'
import { openTransferStates } from '../../domain/transfers.ts'
import type { Context } from '../../platform/context.ts'
import { tellArrivals } from './tell-arrivals.ts'
import { remindOf } from './tell-reminders.ts'

/** A reminder that could not go out is still worth sending so many days later. */
const lateDays = 7

/**
 * What is said in the morning, once each however often the span is asked: who has arrived, who is late, which papers are due.
 * Arrivals are told however late; older reminders are skipped. Asks no leave: the clock calls it.
 */
export async function tellMornings(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  const today = dayAt(span.until)
  for (const on of morningsIn(span)) {
    await tellArrivals(ctx, on, today)
    if (on.until(today, { largestUnit: 'days' }).days <= lateDays) await remindOf(ctx, on)
  }
}

/** When the next membership changes or the next morning has something to say, for whoever moves the clock by hand. Asks no leave: the clock calls it. */
export async function nextTransferDue(ctx: Context): Promise<Date | null> {
  const now = ctx.now()
  const tomorrow = ctx.today().add({ days: 1 })
  const open = await ctx.db.transfer.findFirst({
    where: { state: { in: [...openTransferStates] } },
    select: { id: true },
  })
  const moved = await ctx.db.transfer.findFirst({
    where: { state: 'done', movesOn: toUtcMidnight(ctx.today()) },
    select: { id: true },
  })
  const morning = morningOf(ctx.today())
  if ((moved || open) && morning > now) return morning
  return open ? morningOf(tomorrow) : null
}
