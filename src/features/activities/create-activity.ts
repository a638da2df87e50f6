import { randomInt } from 'node:crypto'
import { may } from '../../domain/access.ts'
import type { ActivityTime } from '../../domain/activity-times.ts'
import { zone } from '../../domain/dates.ts'
import { formatDateTime } from '../../domain/formats.ts'
import { nextScheduled } from '../../domain/recurrence.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { daysOffOf } from '../calendar/index.ts'
import { branchOf } from '../registry/index.ts'
import { type ActivityKind, type ActivityView, findActivities } from './activity-view.ts'
import { writeActivity } from './write-activity.ts'

export const longestTitle = 200
export const longestPlace = 200

interface CreateActivity {
  /** Where the draft began: the same draft confirmed twice is one activity. */
  key: string
  branchId: number
  kind: ActivityKind
  title: string
  theme: string | null
  place: string
  time: ActivityTime
  /** Who of the branch is called; null: everybody who takes part. What comes back calls the whole branch. */
  calledIds?: readonly number[] | null
}

/**
 * Plans an activity, or the first of those that come back, and calls the branch to it. Fails with `activities.past`,
 * `activities.tooLong`.
 */
export async function createActivity(ctx: Context, input: CreateActivity): Promise<Result<ActivityView>> {
  const branch = await branchOf(ctx.db, input.branchId)
  const leave = may(ctx.actor, 'activity.organise', { wardId: branch?.wardId ?? 0, branchId: input.branchId })
  if (!leave.ok) return leave
  const { personId } = ctx.actor
  if (!branch || personId === null) return fail('access.denied', { action: 'activity.organise' })
  const [before] = await findActivities(ctx.db, { source: input.key })
  if (before) return ok(before)
  const [title, place] = [input.title, input.place].map((text) => text.normalize('NFC').trim())
  if (!title || !place || title.length > longestTitle || place.length > longestPlace) {
    return fail('activities.tooLong', { longest: longestTitle })
  }
  const { at, when } = input.time
  const today = ctx.today()
  const daysOff = await daysOffOf(ctx.db, branch.wardId, today)
  // Of what comes back, today's time may be over: then the first is the next.
  const from = momentOf(today, at) > ctx.now() ? today : today.add({ days: 1 })
  const on = 'on' in when ? when.on : nextScheduled(when.rule, from, daysOff)
  if (on === null) return fail('activities.never')
  const startsAt = momentOf(on, at)
  if (startsAt <= ctx.now()) return fail('activities.past', { time: formatDateTime(startsAt) })
  const shared = { branchId: branch.id, kind: input.kind, title, theme: input.theme, place, organiserId: personId }
  const calledIds = 'on' in when ? (input.calledIds ?? null) : null
  const code = attendanceCode()
  try {
    return await ctx.transaction(async (tx) => {
      const series =
        'rule' in when
          ? await tx.activitySeries.create({
              data: {
                ...shared,
                rule: { ...when.rule },
                minuteOfDay: at.hour * 60 + at.minute,
                createdAt: ctx.now(),
                source: input.key,
              },
            })
          : null
      const first = series && { id: series.id, occursOn: on }
      return ok(
        await writeActivity(ctx, tx, { ...shared, startsAt, series: first, source: input.key, code, calledIds }),
      )
    })
  } catch (error) {
    const [first] = isDuplicate(error) ? await findActivities(ctx.db, { source: input.key }) : []
    if (!first) throw error
    return ok(first)
  }
}

/** Four digits that are read out at the spot. */
export function attendanceCode(): string {
  return String(randomInt(10_000)).padStart(4, '0')
}

/** The moment of a time of day in Viet Nam. */
export function momentOf(on: Temporal.PlainDate, at: Temporal.PlainTime): Date {
  return new Date(on.toZonedDateTime({ timeZone: zone, plainTime: at }).epochMilliseconds)
}
