import { branchesWhereMay } from '../../domain/access.ts'
import type { Context } from '../../platform/context.ts'
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
  const { personId } = ctx.actor
  const own = personId === null ? [] : await findTasks(ctx.db, { assigneeId: personId, number, ...notPassedOn })
  if (branchId !== undefined) {
    const ownHere = own.filter((task) => task.branchId === branchId)
    return ownHere.length > 0 ? ownHere : findTasks(ctx.db, { branchId, number, ...notPassedOn })
  }
  const open = own.filter(({ state }) => openStates.includes(state))
  if (open.length > 0) return open
  const branches = branchesWhereMay(ctx.actor, 'task.report')
  const others = await findTasks(ctx.db, { branchId: { in: branches }, number, ...notPassedOn })
  return others.length > 0 ? others : own
}

/** Whoever gave a task away has nothing more to say to it. */
const notPassedOn = { state: { not: 'reassigned' } } as const

/** Owed before reported, then by due date, tasks without one last, then by number. */
export function byUrgency(a: TaskView, b: TaskView): number {
  const waits = Number(!owedStates.includes(a.state)) - Number(!owedStates.includes(b.state))
  if (waits !== 0) return waits
  if (a.dueOn && b.dueOn) return Temporal.PlainDate.compare(a.dueOn, b.dueOn) || a.number - b.number
  return Number(a.dueOn === null) - Number(b.dueOn === null) || a.number - b.number
}
