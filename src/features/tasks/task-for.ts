import { type Action, may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type Member, membersOf } from '../registry/index.ts'
import { findTask, findTasks, openStates, ownShare, type TaskView } from './task-view.ts'

/** A task for whoever may do this to it. Fails with `tasks.noSuchTask`, `access.denied`. */
export async function taskFor(
  ctx: Context,
  taskId: number,
  action: Extract<Action, 'task.report' | 'task.assign' | 'task.review'>,
): Promise<Result<TaskView>> {
  const task = await findTask(ctx.db, taskId)
  if (!task) return fail('tasks.noSuchTask')
  const { wardId, branchId, assignee } = task
  const leave = may(ctx.actor, action, { wardId, branchId, personId: assignee.id })
  return leave.ok ? ok(task) : leave
}

/** Who else of the branch could have the task. */
export async function possibleHeirs(
  ctx: Context,
  taskId: number,
): Promise<Result<{ task: TaskView; members: Member[] }>> {
  const task = await taskFor(ctx, taskId, 'task.assign')
  if (!task.ok) return task
  const members = await membersOf(ctx.db, task.value.branchId, ctx.today())
  return ok({ task: task.value, members: members.filter(({ id }) => id !== task.value.assignee.id) })
}

/** What is open under the task's number: it is cancelled for one or for all. */
export async function openUnderNumber(
  ctx: Context,
  taskId: number,
): Promise<Result<{ task: TaskView; open: TaskView[] }>> {
  const task = await taskFor(ctx, taskId, 'task.assign')
  if (!task.ok) return task
  const { branchId, number } = task.value
  const open = await findTasks(ctx.db, { branchId, number, state: { in: [...openStates] } })
  return ok({ task: task.value, open })
}

/**
 * The task to report on. Where it was `pressed` under a message to several, it is this person's own share of the assignment,
 * if they have one; `picked` from a list, it is the very one. Fails with `tasks.noSuchTask`, `tasks.notYours` {number}.
 */
export async function taskToReport(ctx: Context, taskId: number, how: 'pressed' | 'picked'): Promise<Result<TaskView>> {
  const named = await findTask(ctx.db, taskId)
  if (!named) return fail('tasks.noSuchTask')
  const task = how === 'pressed' ? await ownShare(ctx.db, named, ctx.actor.personId) : named
  const { wardId, branchId, assignee, number } = task
  const leave = may(ctx.actor, 'task.report', { wardId, branchId, personId: assignee.id })
  return leave.ok ? ok(task) : fail('tasks.notYours', { number })
}
