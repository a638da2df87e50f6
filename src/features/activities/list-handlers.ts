import { may } from '../../domain/access.ts'
import { formatDateTime } from '../../domain/formats.ts'
import { formatPeriod, monthOf, type Period, previous } from '../../domain/period.ts'
import { inParts } from '../../platform/long-text.ts'
import { numberIn } from '../../telegram/button-data.ts'
import { showPickList } from '../../telegram/pick-list.ts'
import type { Turn } from '../../telegram/turn.ts'
import type { TaskView } from '../tasks/index.ts'
import type { ActivityView } from './activity-view.ts'
import { activityCard, standingMessage } from './screens.ts'
import { listActivities, viewActivity, viewMonth } from './view-activities.ts'

/** `/hoatdong`: what is planned, and the last that were held. */
export async function showActivities(turn: Turn): Promise<void> {
  const { context, texts } = turn
  const { shown, ofBranches } = await listActivities(context)
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
    more: ofBranches || isLeader ? [month(now), month(previous(now))] : [],
  })
}
export const listButtons = {
  aview: { handle: (turn: Turn) => showCard(turn, numberIn(turn.args)) },
  amon: {
    handle: async (turn: Turn) => {
      const { context, texts } = turn
      const now = monthOf(context.today())
      const period = turn.args === previous(now) ? previous(now) : now
      for (const { branchName, standing, withNames } of await viewMonth(context, period)) {
        const own = standing.people.find(({ personId }) => personId === context.actor.personId)
        const message = standingMessage(texts, `${branchName}, ${formatPeriod(period)}`, standing, withNames)
        const ownLine = own ? `\n${texts('activities:ownStanding', { ...own })}` : ''
        for (const part of inParts({ ...message, text: message.text + ownLine })) await turn.reply(part)
      }
    },
  },
}

async function showCard(turn: Turn, activityId: number): Promise<void> {
  const viewed = await viewActivity(turn.context, activityId)
  if (!viewed.ok) return turn.refuse(viewed.problem)
  // Who prepares what is for each to read alone.
  const preparation = turn.chat.kind === 'private' ? viewed.value.preparation : []
  for (const part of inParts(cardOf(turn, viewed.value.activity, preparation))) await turn.reply(part)
}

export function cardOf({ context, texts, chat }: Turn, activity: ActivityView, preparation: readonly TaskView[] = []) {
  return activityCard(texts, activity, {
    preparation,
    personId: context.actor.personId,
    mayOrganise: chat.kind === 'private' && may(context.actor, 'activity.organise', activity).ok,
    hasBegun: activity.startsAt <= context.now(),
  })
}
