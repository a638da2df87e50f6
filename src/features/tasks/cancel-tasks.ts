import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { privateChatsOf, readingGroup } from '../linking/index.ts'
import { readReason } from './reasons.ts'
import { cancelledForGroup, cancelledForYou } from './response-screens.ts'
import { findTask, findTasks, openStates, type TaskView } from './task-view.ts'

/**
 * Cancels a task, or with `all` everything still open under its number, with a reason that the assignees read. Answers
 * with what was cancelled: nothing where it had been before.
 */
export async function cancelTasks(
  ctx: Context,
  input: { taskId: number; all: boolean; reason: string | null },
): Promise<Result<TaskView[]>> {
  const task = await findTask(ctx.db, input.taskId)
  if (!task) return fail('tasks.noSuchTask')
  const { wardId, branchId, number } = task
  const leave = may(ctx.actor, 'task.assign', { wardId, branchId })
  if (!leave.ok) return leave
  if (!input.all && task.state === 'accepted') return fail('tasks.alreadyAccepted', { number })
  const reason = readReason(input.reason)
  if (!reason.ok) return reason
  return ctx.transaction(async (tx) => {
    await tx.$queryRaw`SELECT "id" FROM "Task" WHERE "branchId" = ${branchId} AND "number" = ${number} FOR UPDATE`
    const open = await findTasks(tx, {
      ...(input.all ? { branchId, number } : { id: task.id }),
      state: { in: [...openStates] },
    })
    if (open.length === 0) return ok([])
    const ids = open.map(({ id }) => id)
    await tx.taskReport.updateMany({ where: { taskId: { in: ids }, verdict: 'waiting' }, data: { verdict: 'noted' } })
    await tx.task.updateMany({
      where: { id: { in: ids } },
      data: { state: 'cancelled', reason: reason.value, finishedAt: ctx.now() },
    })
    await ctx.audit(
      tx,
      'task.cancelled',
      ids.map((id) => ({ task: id })),
      wardId,
    )
    const group = await readingGroup(ctx, branchId, tx)
    const chats = await privateChatsOf(
      tx,
      open.map(({ assignee }) => assignee.id),
    )
    await ctx.deliverAll(tx, [
      ...(group === null
        ? []
        : [
            {
              chatId: group.chatId,
              message: cancelledForGroup(ctx.texts, open, group.readsNames),
              key: `task:${ids[0]}:news:cancelled:group`,
            },
          ]),
      ...open.flatMap((one) => {
        const chatId = chats.get(one.assignee.id)
        const message = cancelledForYou(ctx.texts, one, reason.value)
        return chatId === undefined ? [] : [{ chatId, message, key: `task:${one.id}:news:cancelled:own` }]
      }),
    ])
    return ok(open)
  })
}
