import { branchesWhereMay, may } from '../../domain/access.ts'
import { formatDate } from '../../domain/formats.ts'
import type { Context } from '../../platform/context.ts'
import type { OwedItem } from '../../telegram/feature.ts'
import { byUrgency } from './find-owed.ts'
import { dueLine, shortened } from './screens.ts'
import { daysLate, findTasks, isOverdue, owedStates, type TaskView } from './task-view.ts'

/**
 * What a person owes here: the tasks that are theirs and not reported, wherever they were given; and, where it is the
 * acting person, the word they owe others: on reports that wait and on tasks that were declined.
 */
export async function owedTasks(ctx: Context, personId: number): Promise<OwedItem[]> {
  const own = await findTasks(ctx.db, { assigneeId: personId, state: { in: [...owedStates] } })
  const items = own.sort(byUrgency).map((task) => ({
    label: ownLabel(ctx, task),
    data: `tview:${task.id}`,
    dueOn: task.dueOn,
  }))
  if (personId !== ctx.actor.personId) return items
  const waiting = await findTasks(ctx.db, {
    OR: [
      { state: 'reported', branchId: { in: branchesWhereMay(ctx.actor, 'task.review') } },
      { state: 'declined', branchId: { in: branchesWhereMay(ctx.actor, 'task.assign') } },
    ],
  })
  const verdicts = waiting
    .filter(
      ({ wardId, branchId, state }) =>
        may(ctx.actor, state === 'reported' ? 'task.review' : 'task.assign', { wardId, branchId }).ok,
    )
    .map((task) => ({
      label: ctx.texts(task.state === 'reported' ? 'tasks:owedVerdict' : 'tasks:owedDecision', {
        number: task.number,
        name: task.assignee.name,
      }),
      data: `tview:${task.id}`,
      dueOn: null,
    }))
  return [...items, ...verdicts]
}

function ownLabel({ texts, today }: Context, task: TaskView): string {
  const late = isOverdue(task, today()) ? ` – ${texts('tasks:overdue', { days: daysLate(task, today()) })}` : ''
  const due = task.dueOn === null ? dueLine(texts, null) : formatDate(task.dueOn)
  return texts('tasks:owedLine', { number: task.number, due: `${due}${late}`, title: shortened(task.title) })
}
