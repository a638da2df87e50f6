import { may } from '../../domain/access.ts'
import { toUtcMidnight } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { fileKindOf } from '../../platform/messages.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { privateChatOf, readingGroup } from '../linking/index.ts'
import { membersOf } from '../registry/index.ts'
import { announcement, ownAnnouncement } from './announcement-screens.ts'
import { givenToAnother } from './response-screens.ts'
import { findTask, findTasks, openStates, type TaskView } from './task-view.ts'

/**
 * Gives an open task to another member of the branch under the same number. The old one ends and is kept; what was reported
 * on it stays with it. A second time answers with the task that came of the first.
 */
export async function reassignTask(ctx: Context, input: { taskId: number; toId: number }): Promise<Result<TaskView>> {
  const task = await findTask(ctx.db, input.taskId)
  const { personId } = ctx.actor
  if (!task || personId === null) return fail('tasks.noSuchTask')
  const { wardId, branchId, number } = task
  const leave = may(ctx.actor, 'task.assign', { wardId, branchId })
  if (!leave.ok) return leave
  const [before] = await findTasks(ctx.db, { reassignedFromId: task.id })
  if (before) return ok(before)
  if (!openStates.includes(task.state)) return fail('tasks.notOpen', { number })
  const members = await membersOf(ctx.db, branchId, ctx.today())
  const to = members.find(({ id }) => id === input.toId)
  if (!to) return fail('tasks.notOfBranch')
  try {
    return await ctx.transaction((tx) => write(ctx, tx, task, to.id, personId))
  } catch (error) {
    if (isDuplicate(error)) return fail('tasks.hasItAlready', { name: to.fullName, number })
    throw error
  }
}

async function write(
  ctx: Context,
  tx: Transaction,
  task: TaskView,
  toId: number,
  assignedById: number,
): Promise<Result<TaskView>> {
  const { branchId, number, title, kind, origin, originNote, dueOn, seriesId, preparesId } = task
  const ended = await tx.task.updateMany({
    where: { id: task.id, state: { in: [...openStates] } },
    data: { state: 'reassigned', finishedAt: ctx.now() },
  })
  if (ended.count === 0) return fail('tasks.notOpen', { number })
  await tx.taskReport.updateMany({ where: { taskId: task.id, verdict: 'waiting' }, data: { verdict: 'noted' } })
  const files = await tx.taskFile.findMany({ where: { taskId: task.id }, include: { keptFile: true } })
  const { id } = await tx.task.create({
    data: {
      branchId,
      number,
      assigneeId: toId,
      assignedById,
      title,
      kind,
      origin,
      originNote,
      seriesId,
      preparesId,
      dueOn: dueOn && toUtcMidnight(dueOn),
      createdAt: ctx.now(),
      reassignedFromId: task.id,
      files: { create: files.map(({ keptFileId }) => ({ keptFileId })) },
    },
  })
  const given = await findTask(tx, id)
  if (!given) throw new Error('a task that was just written is not there')
  await ctx.audit(tx, 'task.reassigned', { task: task.id, to: id }, task.wardId)
  const group = await readingGroup(ctx, branchId, tx)
  const [call] = group === null ? [] : announcement(ctx.texts, [given], [], group.readsNames)
  if (group !== null && call) {
    await ctx.deliver(tx, { chatId: group.chatId, message: call, key: `task:${id}:call:group`, lasting: true })
  }
  const former = await privateChatOf(tx, task.assignee.id)
  if (former !== null) {
    const key = `task:${task.id}:news:reassigned`
    await ctx.deliver(tx, { chatId: former, message: givenToAnother(ctx.texts, task), key })
  }
  const own = await privateChatOf(tx, toId)
  const sent = files.map(({ keptFile }) => ({
    fileId: keptFile.fileId,
    uniqueId: keptFile.uniqueId,
    name: keptFile.name,
    kind: fileKindOf(keptFile.kind),
  }))
  for (const [index, message] of (own === null ? [] : ownAnnouncement(ctx.texts, given, sent)).entries()) {
    const key = index === 0 ? `task:${id}:call:own` : `task:${id}:call:own:${index}`
    if (own !== null) await ctx.deliver(tx, { chatId: own, message, key, lasting: true })
  }
  return ok(given)
}
