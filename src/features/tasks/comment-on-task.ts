import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { privateChatOf } from '../linking/index.ts'
import { commentForYou } from './response-screens.ts'
import { findTask, type TaskView } from './task-view.ts'

export const longestComment = 500

/** A word of those who judge, told to the assignee alone; it changes nothing. Idempotent on its source. */
export async function commentOnTask(
  ctx: Context,
  input: { taskId: number; text: string },
): Promise<Result<{ task: TaskView; told: boolean }>> {
  const task = await findTask(ctx.db, input.taskId)
  const { personId } = ctx.actor
  if (!task || personId === null) return fail('tasks.noSuchTask')
  const leave = may(ctx.actor, 'task.review', { wardId: task.wardId, branchId: task.branchId })
  if (!leave.ok) return leave
  const text = input.text.normalize('NFC').trim()
  if (text === '') return fail('tasks.noComment')
  if (text.length > longestComment) return fail('tasks.commentTooLong', { longest: longestComment })
  try {
    return await ctx.transaction(async (tx) => {
      const { id } = await tx.taskComment.create({
        data: { taskId: task.id, byId: personId, text, at: ctx.now(), source: ctx.source },
      })
      await ctx.audit(tx, 'task.commented', { task: task.id, comment: id }, task.wardId)
      const own = await privateChatOf(tx, task.assignee.id)
      if (own !== null) {
        const key = `task:${task.id}:call:comment:${id}`
        await ctx.deliver(tx, { chatId: own, message: commentForYou(ctx.texts, task, text), key, lasting: true })
      }
      return ok({ task, told: own !== null })
    })
  } catch (error) {
    if (isDuplicate(error)) return ok({ task, told: true })
    throw error
  }
}
