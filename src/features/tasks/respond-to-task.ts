import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { reviewerChats } from './branch-chats.ts'
import { readReason } from './reasons.ts'
import { declinedForReview } from './response-screens.ts'
import { findTask, owedStates, type TaskView } from './task-view.ts'

export type TaskResponse = 'received' | 'undertaken' | 'declined'

/**
 * The assignee says that they have the task, that they take it on, or that they cannot, with the reason. One that is
 * declined is not owed until the branch insists, and those who judge are told.
 */
export async function respondToTask(
  ctx: Context,
  input: { taskId: number; response: TaskResponse; reason: string | null },
): Promise<Result<TaskView>> {
  const task = await findTask(ctx.db, input.taskId)
  if (!task) return fail('tasks.noSuchTask')
  const { wardId, branchId, assignee, number } = task
  const leave = may(ctx.actor, 'task.report', { wardId, branchId, personId: assignee.id })
  if (!leave.ok) return fail('tasks.notYours', { number })
  const reason = input.response === 'declined' ? readReason(input.reason) : null
  if (reason && !reason.ok) return reason
  return ctx.transaction(async (tx) => {
    const now = ctx.now()
    const changed = await tx.task.updateMany({
      where: {
        id: task.id,
        state: { in: [...owedStates] },
        ...(input.response === 'received' ? { receivedAt: null } : {}),
        ...(input.response === 'undertaken' ? { undertakenAt: null } : {}),
      },
      data: {
        receivedAt: now,
        ...(input.response === 'undertaken' ? { undertakenAt: now } : {}),
        ...(reason ? { state: 'declined', reason: reason.value, undertakenAt: null } : {}),
      },
    })
    const after = (await findTask(tx, task.id)) ?? task
    if (changed.count === 0) return unchanged(after, input.response)
    await ctx.audit(tx, `task.${input.response}`, { task: task.id }, wardId)
    if (reason) {
      for (const chatId of await reviewerChats(tx, branchId, ctx.today())) {
        const key = `task:${task.id}:news:declined:${now.getTime()}:${chatId}`
        await ctx.deliver(tx, { chatId, message: declinedForReview(ctx.texts, after), key })
      }
    }
    return ok(after)
  })
}

/** Nothing was changed: because it had been said before, or because the task has gone on. */
function unchanged(task: TaskView, response: TaskResponse): Result<TaskView> {
  if (owedStates.includes(task.state) && response !== 'declined') return ok(task)
  if (task.state === 'declined' && response === 'declined') return ok(task)
  if (task.state === 'declined') return fail('tasks.wasDeclined', { number: task.number })
  return fail('tasks.notOpen', { number: task.number })
}
