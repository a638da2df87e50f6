import { numbersIn } from '../../telegram/button-data.ts'
import type { Turn } from '../../telegram/turn.ts'
import type { ActivityView } from './activity-view.ts'
import { activityToOrganise } from './organise-views.ts'

/** Runs with the activity of the pressed button where this person may organise it; the second number follows. */
export async function asOrganiser(
  turn: Turn,
  work: (activity: ActivityView, second: number) => Promise<void>,
): Promise<void> {
  // What an organiser does names members, and stands in private: the group's message has other buttons.
  if (turn.chat.kind === 'group') return turn.refuse({ code: 'telegram.onlyPrivate' })
  const [activityId = -1, second = -1] = numbersIn(turn.args)
  const activity = await activityToOrganise(turn.context, activityId)
  if (!activity.ok) return turn.refuse(activity.problem)
  await work(activity.value, second)
}
