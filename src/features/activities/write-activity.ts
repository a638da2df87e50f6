import { toUtcMidnight } from '../../domain/dates.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { groupChatOf } from '../linking/index.ts'
import { membersOf } from '../registry/index.ts'
import { type ActivityKind, type ActivityView, findActivity } from './activity-view.ts'
import { groupMessage } from './message-screens.ts'
import { groupKey } from './refresh-group.ts'

interface NewActivity {
  branchId: number
  kind: ActivityKind
  title: string
  theme: string | null
  place: string
  startsAt: Date
  organiserId: number
  series: { id: number; occursOn: Temporal.PlainDate } | null
  source: string
  /** What is typed at the spot. Drawn before the transaction. */
  code: string
  /** Who of the branch is called; null: everybody who takes part. */
  calledIds: readonly number[] | null
}

/** Writes an activity, calls those of the branch who are meant, and tells the group. */
export async function writeActivity(ctx: Context, tx: Transaction, given: NewActivity): Promise<ActivityView> {
  const { series, calledIds, ...fields } = given
  const { branchId } = given
  // One at a time in a branch, so that numbers follow one another.
  await tx.$queryRaw`SELECT "id" FROM "Organisation" WHERE "id" = ${branchId} FOR NO KEY UPDATE`
  const last = await tx.activity.aggregate({ where: { branchId }, _max: { number: true } })
  const members = await membersOf(tx, branchId, ctx.today())
  const called = members.filter(({ id, status }) =>
    calledIds === null ? status !== 'exempt' && status !== 'suspended' : calledIds.includes(id),
  )
  const { id } = await tx.activity.create({
    data: {
      ...fields,
      number: (last._max.number ?? 0) + 1,
      seriesId: series?.id ?? null,
      occursOn: series && toUtcMidnight(series.occursOn),
      createdAt: ctx.now(),
      calls: { create: called.map((one) => ({ personId: one.id })) },
    },
  })
  const activity = await findActivity(tx, id)
  if (!activity) throw new Error('an activity that was just written is not there')
  await ctx.audit(tx, 'activity.created', { activity: id, branch: branchId }, activity.wardId)
  const group = await groupChatOf(tx, branchId)
  if (group === null) return activity
  const deliveryId = await ctx.deliver(tx, {
    chatId: group,
    message: groupMessage(ctx.texts, activity),
    key: groupKey(id),
    lasting: true,
  })
  await tx.activity.update({ where: { id }, data: { deliveryId } })
  return { ...activity, deliveryId }
}
