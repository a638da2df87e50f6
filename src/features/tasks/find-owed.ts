import type { Context } from '../../platform/context.ts'
import { branchesWhereMay } from './reach.ts'
import { findTasks, openStates, owedStates, type TaskView } from './task-view.ts'

/**
 * What this person has been given and may report on now, what is due first at the top; in one branch, or anywhere. Asks no
 * leave: it reads the actor's own tasks.
 */
export async function ownOpenTasks(ctx: Context, branchId?: number): Promise<TaskView[]> {
  const { personId } = ctx.actor
  if (personId === null) return []
  const tasks = await findTasks(ctx.db, {
    assigneeId: personId,
    state: { in: [...openStates] },
    ...(branchId === undefined ? {} : { branchId }),
  })
  return tasks.sort(byUrgency)
}

/** What the members of the branches still owe, where this person may report for them. */
export async function tasksToReportFor(ctx: Context, branchId?: number): Promise<TaskView[]> {
  const branches = branchesWhereMay(ctx.actor, 'task.report').filter((id) => branchId === undefined || id === branchId)
  const tasks = await findTasks(ctx.db, { branchId: { in: branches }, state: { in: [...owedStates] } })
  return tasks.sort(byUrgency)
}

/**
 * The tasks a number may mean for this person: in a group that branch's; in private their own, else those of the branches
 * they may report for. Of their own with one number in two branches, the open ones.
 */
export async function tasksNumbered(ctx: Context, number: number, branchId?: number): Promise<TaskView[]> {
  if (branchId !== undefined) return findTasks(ctx.db, { branchId, number })
  const { personId } = ctx.actor
  const own = personId === null ? [] : await findTasks(ctx.db, { assigneeId: personId, number })
  const open = own.filter(({ state }) => openStates.includes(state))
  if (open.length > 0) return open
  const branches = branchesWhereMay(ctx.actor, 'task.report')
  const others = await findTasks(ctx.db, { branchId: { in: branches }, number })
  return others.length > 0 ? others : own
}

/** Owed before reported, then by due date, tasks without one last, then by number. */
export function byUrgency(a: TaskView, b: TaskView): number {
  const waits = Number(a.state === 'reported') - Number(b.state === 'reported')
  if (waits !== 0) return waits
  if (a.dueOn && b.dueOn) return Temporal.PlainDate.compare(a.dueOn, b.dueOn) || a.number - b.number
  return Number(a.dueOn === null) - Number(b.dueOn === null) || a.number - b.number
}
