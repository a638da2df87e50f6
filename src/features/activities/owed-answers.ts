import { dayAt } from '../../domain/dates.ts'
import { formatDateTime } from '../../domain/formats.ts'
import type { Context } from '../../platform/context.ts'
import type { OwedItem } from '../../telegram/feature.ts'
import { holdingOn } from '../registry/index.ts'
import { findActivities } from './activity-view.ts'

/**
 * The activities to which this person is called, has not answered, and may still answer. Asks no leave: what a person owes
 * is shown to whoever may see that list.
 */
export async function owedAnswers(ctx: Context, personId: number): Promise<OwedItem[]> {
  const here = (await ctx.db.membership.findMany({ where: { personId, ...holdingOn(ctx.today()) } })).map(
    ({ organisationId }) => organisationId,
  )
  const open = await findActivities(ctx.db, {
    state: 'planned',
    startsAt: { gt: ctx.now() },
    calls: { some: { personId, called: true, joins: null } },
    // Whoever has left the branch is asked no more.
    branchId: { in: here },
  })
  return open.map(({ id, title, startsAt }) => ({
    label: ctx.texts('activities:owedLine', { title, time: formatDateTime(startsAt) }),
    data: `aview:${id}`,
    dueOn: dayAt(startsAt),
  }))
}
