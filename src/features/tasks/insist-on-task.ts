import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { privateChatOf } from '../linking/index.ts'
import { insistedMessage } from './response-screens.ts'
import { findTask, type TaskView } from './task-view.ts'

/** Leaves a declined task with whoever declined it: it is owed again. A second time changes nothing. */
export async function insistOnTask(ctx: Context, taskId: number): Promise<Result<TaskView>> {
  const task = await findTask(ctx.db, taskId)
  if (!task) return fail('tasks.noSuchTask')
  const leave = may(ctx.actor, 'task.assign', { wardId: task.wardId, branchId: task.branchId })
  if (!leave.ok) return leave
  return ctx.transaction(async (tx) => {
    const { count } = await tx.task.updateMany({
      where: { id: taskId, state: 'declined' },
      data: { state: 'assigned', reason: null },
    })
    const after = (await findTask(tx, taskId)) ?? task
    if (count === 0) return after.state === 'assigned' ? ok(after) : fail('tasks.notOpen', { number: task.number })
    await ctx.audit(tx, 'task.insisted', { task: taskId }, task.wardId)
    const own = await privateChatOf(tx, task.assignee.id)
    if (own !== null) {
      const key = `task:${taskId}:call:insisted:${ctx.now().getTime()}`
      await ctx.deliver(tx, { chatId: own, message: insistedMessage(ctx.texts, after), key, lasting: true })
    }
    return ok(after)
  })
}
