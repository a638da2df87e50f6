import { dayAt, toUtcMidnight } from '../../domain/dates.ts'
import { scheduledDays } from '../../domain/recurrence.ts'
import { recurrenceSchema } from '../../domain/recurrence-schema.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { daysOffOf } from '../calendar/index.ts'
import { activityKinds } from './activity-view.ts'
import { attendanceCode, momentOf } from './create-activity.ts'
import { writeActivity } from './write-activity.ts'

/** So many days before it takes place, an activity that comes back is announced. */
const leadDays = 5

/**
 * Announces what comes back and takes place within days. One whose time went by while the program stood still is not
 * announced any more, but counted. Asks no leave: the clock calls it.
 */
export async function openOccurrences(ctx: Context, { since, until }: { since: Date; until: Date }): Promise<void> {
  const today = dayAt(until)
  const open = await ctx.db.activitySeries.findMany({
    where: { endedAt: null, branch: { dissolvedOn: null } },
    include: { branch: { select: { wardId: true } } },
    orderBy: { id: 'asc' },
  })
  let missed = 0
  for (const { id, createdAt, branchId, kind, title, theme, place, rule, minuteOfDay, organiserId, branch } of open) {
    const at = new Temporal.PlainTime(Math.floor(minuteOfDay / 60), minuteOfDay % 60)
    const daysOff = await daysOffOf(ctx.db, branch.wardId, today)
    const from = dayAt(createdAt > since ? createdAt : since)
    const days = scheduledDays(recurrenceSchema.parse(rule), from, today.add({ days: leadDays }), daysOff)
    for (const occursOn of days) {
      const startsAt = momentOf(occursOn, at)
      const known = await ctx.db.activity.count({ where: { seriesId: id, occursOn: toUtcMidnight(occursOn) } })
      if (startsAt <= until) missed += Number(known === 0 && startsAt > since && startsAt > createdAt)
      if (known > 0 || startsAt <= until) continue
      const given = {
        branchId,
        kind: activityKinds.find((one) => one === kind) ?? 'movement',
        title,
        theme,
        place,
        startsAt,
        organiserId,
        series: { id, occursOn },
        source: `series:${id}:${occursOn}`,
        code: attendanceCode(),
        calledIds: null,
      }
      try {
        await ctx.transaction((tx) => writeActivity(ctx, tx, given))
      } catch (error) {
        // Another process announced it at the same time.
        if (!isDuplicate(error)) throw error
      }
    }
  }
  ctx.skipped('activityAnnouncement', missed)
}
