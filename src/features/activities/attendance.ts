import { dayAt } from '../../domain/dates.ts'
import { monthOf, type Period } from '../../domain/period.ts'
import type { Database, Transaction } from '../../platform/database.ts'

export interface MonthOfAttendance {
  month: Period
  attended: number
  called: number
}

/**
 * How often somebody (under one record or several) was there, of how often they were called, by month, the newest first.
 * Asks no leave: its caller has asked who sees the record.
 */
export async function attendanceByMonth(
  db: Database | Transaction,
  personIds: readonly number[],
  since: Date,
): Promise<MonthOfAttendance[]> {
  const calls = await db.activityCall.findMany({
    where: { personId: { in: [...personIds] }, activity: { state: 'held', startsAt: { gte: since } } },
    select: { called: true, attendedAt: true, activity: { select: { startsAt: true } } },
    orderBy: { activity: { startsAt: 'desc' } },
  })
  const months = new Map<Period, MonthOfAttendance>()
  for (const { called, attendedAt, activity } of calls) {
    const month = monthOf(dayAt(activity.startsAt))
    const before = months.get(month) ?? { month, attended: 0, called: 0 }
    const attended = before.attended + Number(attendedAt !== null)
    months.set(month, { month, attended, called: before.called + Number(called) })
  }
  return [...months.values()]
}
