import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { privateChatsOf } from '../linking/index.ts'
import { byUrgency } from './find-owed.ts'
import { endedMessage } from './screens.ts'
import { findTasks, openStates, type TaskView } from './task-view.ts'

/** What is not finished in the branch, in the order of the numbers. */
export function openTasksOf(db: Database | Transaction, branchId: number): Promise<TaskView[]> {
  return findTasks(db, { branchId, state: { in: [...openStates] } })
}

/** What the branch gave to prepare an activity, but for what was called off or passed on; what is due first at the top. */
export async function preparationOf(db: Database | Transaction, activityId: number): Promise<TaskView[]> {
  const tasks = await findTasks(db, { preparesId: activityId, state: { notIn: ['cancelled', 'reassigned'] } })
  return tasks.sort(byUrgency)
}

/** Ends what is open in a branch that comes to its end, and tells whoever had it. Answers with how many there were. */
export async function endOpenTasks(ctx: Context, tx: Transaction, branchId: number): Promise<number> {
  const tasks = await openTasksOf(tx, branchId)
  const reason = ctx.texts('tasks:branchEnded')
  await tx.taskSeries.updateMany({ where: { branchId, endedAt: null }, data: { endedAt: ctx.now() } })
  await tx.taskReport.updateMany({
    where: { verdict: 'waiting', taskId: { in: tasks.map(({ id }) => id) } },
    data: { verdict: 'returned', verdictAt: ctx.now() },
  })
  for (const { id, assignee, wardId } of tasks) {
    await tx.task.update({ where: { id }, data: { state: 'cancelled', reason, finishedAt: ctx.now() } })
    await ctx.audit(tx, 'task.ended', { task: id, branch: branchId, assignee: assignee.id }, wardId)
  }
  const chats = await privateChatsOf(
    tx,
    tasks.map(({ assignee }) => assignee.id),
  )
  await ctx.deliverAll(
    tx,
    tasks.flatMap((task) => {
      const chatId = chats.get(task.assignee.id)
      return chatId === undefined
        ? []
        : [{ chatId, key: `task:${task.id}:ended`, message: endedMessage(ctx.texts, task) }]
    }),
  )
  return tasks.length
}
