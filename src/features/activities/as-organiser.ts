import { may } from '../../domain/access.ts'
import { numbersIn } from '../../telegram/button-data.ts'
import type { Turn } from '../../telegram/turn.ts'
import { type ActivityView, findActivity } from './activity-view.ts'

/** Runs with the activity of the pressed button where this person may organise it; the second number follows. */
export async function asOrganiser(
  turn: Turn,
  work: (activity: ActivityView, second: number) => Promise<void>,
): Promise<void> {
  const [activityId = -1, second = -1] = numbersIn(turn.args)
  const activity = await findActivity(turn.context.db, activityId)
  if (!activity) return turn.notify(turn.texts('telegram:oldButton'), true)
  const leave = may(turn.context.actor, 'activity.organise', activity)
  if (!leave.ok) return turn.refuse(leave.problem)
  await work(activity, second)
}
