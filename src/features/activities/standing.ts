import { zone } from '../../domain/dates.ts'
import { compareNames } from '../../domain/names.ts'
import { firstDay, lastDay, type Period } from '../../domain/period.ts'
import type { Context } from '../../platform/context.ts'
import { findActivities } from './activity-view.ts'

export interface Standing {
  activityCount: number
  metreCount: number
  spotCount: number
  guestCount: number
  /** How often each was there, of how often they were called; whoever was there most first. */
  people: { personId: number; name: string; attended: number; called: number }[]
}

/** What a branch did together in a month, and who was there. Asks no leave: its caller has asked who sees the branch. */
export async function standingOf(ctx: Context, branchId: number, month: Period): Promise<Standing> {
  const held = await findActivities(ctx.db, {
    branchId,
    state: 'held',
    startsAt: { gte: startOf(firstDay(month)), lt: startOf(lastDay(month).add({ days: 1 })) },
  })
  const people = new Map<number, Standing['people'][number]>()
  for (const { personId, name, attended, called } of held.flatMap(({ calls }) => calls)) {
    const before = people.get(personId) ?? { personId, name, attended: 0, called: 0 }
    const counted = { attended: before.attended + Number(attended), called: before.called + Number(called) }
    people.set(personId, { ...before, ...counted })
  }
  const sum = (pick: (activity: (typeof held)[number]) => number | null) =>
    held.reduce((total, activity) => total + (pick(activity) ?? 0), 0)
  return {
    activityCount: held.length,
    metreCount: sum(({ metreCount }) => metreCount),
    spotCount: sum(({ spotCount }) => spotCount),
    guestCount: sum(({ guestCount }) => guestCount),
    people: [...people.values()].sort((a, b) => b.attended - a.attended || compareNames(a.name, b.name)),
  }
}

function startOf(day: Temporal.PlainDate): Date {
  return new Date(day.toZonedDateTime(zone).epochMilliseconds)
}
