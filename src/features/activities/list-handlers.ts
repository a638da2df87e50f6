import { branchesWhereMay, may } from '../../domain/access.ts'
import { formatDateTime } from '../../domain/formats.ts'
import { formatPeriod, monthOf, type Period, previous } from '../../domain/period.ts'
import { inParts } from '../../platform/long-text.ts'
import { numberIn } from '../../telegram/button-data.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import { branchesOf } from '../registry/index.ts'
import { preparationOf, type TaskView } from '../tasks/index.ts'
import { type ActivityView, findActivities, findActivity } from './activity-view.ts'
import { activityCard, standingMessage } from './screens.ts'
import { standingOf } from './standing.ts'

const shownPast = 5
/** So long after its time an activity without a result still stands in the list, for its result. */
const unfinishedDays = 14

/** `/hoatdong`: what is planned, and the last that were held. */
export async function showActivities(turn: Turn): Promise<void> {
  const { context, texts } = turn
  const branchIds = branchesWhereMay(context.actor, 'activity.view')
  const since = new Date(context.now().getTime() - unfinishedDays * 86_400_000)
  const planned = await findActivities(context.db, {
    branchId: { in: branchIds },
    state: 'planned',
    startsAt: { gte: since },
  })
  const held = await findActivities(context.db, { branchId: { in: branchIds }, state: 'held' }, true)
  const shown = [...planned, ...held.slice(0, shownPast)]
  const isLeader = context.actor.grants.some(({ role }) => role === 'leader')
  const month = (period: Period) => [
    { text: texts('activities:monthButton', { period: formatPeriod(period) }), data: `amon:${period}` },
  ]
  const now = monthOf(context.today())
  await showPickList(turn, {
    title: texts(shown.length > 0 ? 'activities:listTitle' : 'activities:none'),
    items: shown.map(({ id, title, startsAt, state }) => ({
      label: texts(state === 'held' ? 'activities:heldLine' : 'activities:listLine', {
        time: formatDateTime(startsAt),
        title,
      }),
      data: `aview:${id}`,
    })),
    more: branchIds.length > 0 || isLeader ? [month(now), month(previous(now))] : [],
  })
}
export const listButtons = {
  aview: { handle: (turn: Turn) => showCard(turn, numberIn(turn.args)) },
  amon: {
    handle: async (turn: Turn) => {
      const { context, texts } = turn
      const now = monthOf(context.today())
      const period = turn.args === previous(now) ? previous(now) : now
      const wardId = context.actor.wardId ?? 0
      const seen = (await branchesOf(context.db, wardId, context.today())).filter(
        ({ id }) => may(context.actor, 'activity.view', { wardId, branchId: id }).ok,
      )
      for (const { id, name } of seen) {
        const standing = await standingOf(context, id, period)
        const isOrganiser = may(context.actor, 'activity.organise', { wardId, branchId: id }).ok
        if (isOrganiser) await context.auditRead('activity.standingViewed', { branch: id }, wardId)
        const own = standing.people.find(({ personId }) => personId === context.actor.personId)
        const message = standingMessage(texts, `${name}, ${formatPeriod(period)}`, standing, isOrganiser)
        const ownLine = own ? `\n${texts('activities:ownStanding', { ...own })}` : ''
        for (const part of inParts({ ...message, text: message.text + ownLine })) await turn.reply(part)
      }
    },
  },
}

async function showCard(turn: Turn, activityId: number): Promise<void> {
  const activity = await findActivity(turn.context.db, activityId)
  const leave = activity && may(turn.context.actor, 'activity.view', activity)
  if (!activity || !leave) return turn.refuse({ code: 'activities.notThere' })
  if (!leave.ok) return turn.refuse(leave.problem)
  // The ward's leaders see what a branch does, not what it gives whom to do.
  const isOfBranch = may(turn.context.actor, 'activity.join', activity).ok
  const preparation = isOfBranch ? await preparationOf(turn.context.db, activityId) : []
  for (const part of inParts(cardOf(turn, activity, preparation))) await turn.reply(part)
}

export function cardOf({ context, texts, chat }: Turn, activity: ActivityView, preparation: readonly TaskView[] = []) {
  return activityCard(texts, activity, {
    preparation,
    personId: context.actor.personId,
    mayOrganise: chat.kind === 'private' && may(context.actor, 'activity.organise', activity).ok,
    hasBegun: activity.startsAt <= context.now(),
  })
}
