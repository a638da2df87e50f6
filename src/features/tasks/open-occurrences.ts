import { dayAt, toUtcMidnight } from '../../domain/dates.ts'
import type { DaysOff } from '../../domain/days-off.ts'
import { morningsIn } from '../../domain/mornings.ts'
import { type Recurrence, scheduledDays } from '../../domain/recurrence.ts'
import { recurrenceSchema } from '../../domain/recurrence-schema.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { daysOffOf } from '../calendar/index.ts'
import { membersOf } from '../registry/index.ts'
import { taskOrigins } from './task-view.ts'
import { writeTasks } from './write-tasks.ts'

const morningHour = 7
/** So many days before its due day what recurs is given. */
const leadDays = { week: 3, month: 7 } as const

/**
 * In the morning, gives what recurs and is due within days to those who still belong to the branch. What fell due while
 * the program stood still is not given any more: its day is over; it is counted. Asks no leave:
 * the clock calls it.
 */
export async function openOccurrences(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  if (morningsIn(span, morningHour).length === 0) return
  const today = dayAt(span.until)
  const open = await ctx.db.taskSeries.findMany({
    where: { endedAt: null },
    include: { assignees: true, branch: { select: { wardId: true } } },
    orderBy: { id: 'asc' },
  })
  let missed = 0
  for (const series of open) {
    const rule = recurrenceSchema.parse(series.rule)
    const daysOff = await daysOffOf(ctx.db, series.branch.wardId, today)
    const members = await membersOf(ctx.db, series.branchId, today)
    const assigneeIds = series.assignees
      .map(({ personId }) => personId)
      .filter((personId) => members.some(({ id }) => id === personId))
    if (assigneeIds.length === 0) continue
    missed += await countMissed(ctx, { ...series, rule }, span.since, daysOff)
    for (const occursOn of scheduledDays(rule, today, today.add({ days: leadDays[rule.every] }), daysOff)) {
      await openOne(
        ctx,
        { ...series, origin: taskOrigins.find((one) => one === series.origin) ?? null },
        assigneeIds,
        occursOn,
      )
    }
  }
  ctx.skipped('taskOccurrence', missed)
}

/** How many days of the series went by before today without a task, since the program was last there. */
async function countMissed(
  ctx: Context,
  { id, rule, createdAt }: { id: number; rule: Recurrence; createdAt: Date },
  since: Date,
  daysOff: DaysOff,
): Promise<number> {
  const from = dayAt(createdAt > since ? createdAt : since)
  const days = scheduledDays(rule, from, ctx.today().subtract({ days: 1 }), daysOff)
  const known = await ctx.db.task.findMany({
    where: { seriesId: id, occursOn: { in: days.map(toUtcMidnight) } },
    distinct: ['occursOn'],
    select: { occursOn: true },
  })
  return days.length - known.length
}

async function openOne(
  ctx: Context,
  series: {
    id: number
    branchId: number
    assignedById: number
    title: string
    kind: string
    origin: (typeof taskOrigins)[number] | null
    originNote: string | null
  },
  assigneeIds: readonly number[],
  occursOn: Temporal.PlainDate,
): Promise<void> {
  const { id, branchId, assignedById, title, origin, originNote } = series
  try {
    await ctx.transaction(async (tx) => {
      if ((await tx.task.count({ where: { seriesId: id, occursOn: toUtcMidnight(occursOn) } })) > 0) return
      await writeTasks(ctx, tx, {
        branchId,
        assignedById,
        assigneeIds,
        title,
        kind: series.kind === 'office' ? 'office' : 'neighbourhood',
        origin,
        originNote,
        files: [],
        preparesId: null,
        dueOn: occursOn,
        series: { id, occursOn },
        source: `series:${id}:${occursOn}`,
      })
    })
  } catch (error) {
    // Another process gave it at the same time.
    if (!isDuplicate(error)) throw error
  }
}
