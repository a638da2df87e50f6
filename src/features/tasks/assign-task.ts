import { may } from '../../domain/access.ts'
import { toUtcMidnight } from '../../domain/dates.ts'
import { formatDate } from '../../domain/formats.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { groupChatOf, privateChatOf } from '../linking/index.ts'
import { branchOf, membersOf } from '../registry/index.ts'
import { announcement, ownAnnouncement } from './screens.ts'
import { findTasks, type TaskView } from './task-view.ts'

export const longestTitle = 500

interface AssignTask {
  /** Where the draft began: the same draft confirmed twice is one task. */
  key: string
  branchId: number
  assigneeId: number
  title: string
  dueOn: Temporal.PlainDate | null
}

export interface AssignedTask {
  task: TaskView
  /** Whether the branch's group, and the assignee in private, are told by the bot. */
  toldGroup: boolean
  toldAssignee: boolean
}

/** Gives a member of the branch something to do, and tells the group and the member. */
export async function assignTask(ctx: Context, input: AssignTask): Promise<Result<AssignedTask>> {
  const branch = await branchOf(ctx.db, input.branchId)
  if (!branch) return fail('access.denied', { action: 'task.assign' })
  const leave = may(ctx.actor, 'task.assign', { wardId: branch.wardId, branchId: branch.id })
  if (!leave.ok) return leave
  const { personId } = ctx.actor
  if (personId === null) return fail('access.denied', { action: 'task.assign' })
  const earlier = await assignedBefore(ctx, input.key)
  if (earlier) return ok(earlier)
  const members = await membersOf(ctx.db, branch.id, ctx.today())
  if (!members.some(({ id }) => id === input.assigneeId)) return fail('tasks.notOfBranch')
  const title = input.title.normalize('NFC').trim()
  if (title === '') return fail('tasks.noTitle')
  if (title.length > longestTitle) return fail('tasks.titleTooLong', { longest: longestTitle })
  if (input.dueOn && Temporal.PlainDate.compare(input.dueOn, ctx.today()) < 0) {
    return fail('dueDate.past', { value: formatDate(input.dueOn) })
  }
  try {
    return ok(await write(ctx, { ...input, title }, personId))
  } catch (error) {
    const first = isDuplicate(error) ? await assignedBefore(ctx, input.key) : null
    if (!first) throw error
    return ok(first)
  }
}

function write(ctx: Context, input: AssignTask, assignedById: number): Promise<AssignedTask> {
  return ctx.transaction(async (tx) => {
    // One at a time in a branch, so that numbers follow one another.
    await tx.$queryRaw`SELECT "id" FROM "Organisation" WHERE "id" = ${input.branchId} FOR NO KEY UPDATE`
    const last = await tx.task.aggregate({ where: { branchId: input.branchId }, _max: { number: true } })
    const { id } = await tx.task.create({
      data: {
        branchId: input.branchId,
        number: (last._max.number ?? 0) + 1,
        assigneeId: input.assigneeId,
        assignedById,
        title: input.title,
        dueOn: input.dueOn && toUtcMidnight(input.dueOn),
        createdAt: ctx.now(),
        source: input.key,
      },
    })
    const [task] = await findTasks(tx, { id })
    if (!task) throw new Error('a task that was just written is not there')
    await ctx.audit(tx, 'task.assigned', { task: id, branch: task.branchId, assignee: task.assignee.id }, task.wardId)
    const group = await groupChatOf(tx, task.branchId)
    if (group !== null) {
      await ctx.deliver(tx, {
        chatId: group,
        message: announcement(ctx.texts, task),
        key: `task:${id}:call:group`,
      })
    }
    const own = await privateChatOf(tx, task.assignee.id)
    if (own !== null) {
      await ctx.deliver(tx, { chatId: own, message: ownAnnouncement(ctx.texts, task), key: `task:${id}:call:own` })
    }
    return { task, toldGroup: group !== null, toldAssignee: own !== null }
  })
}

/** The task that this draft became before, if it did. Asks no leave: only whoever assigned it holds its key. */
export async function assignedBefore(ctx: Context, key: string): Promise<AssignedTask | null> {
  const [task] = await findTasks(ctx.db, { source: key })
  if (!task) return null
  const keys = [`task:${task.id}:call:group`, `task:${task.id}:call:own`]
  const told = await ctx.db.delivery.findMany({ where: { key: { in: keys } }, select: { key: true } })
  const isTold = (key: string | undefined) => told.some((row) => row.key === key)
  return { task, toldGroup: isTold(keys[0]), toldAssignee: isTold(keys[1]) }
}
