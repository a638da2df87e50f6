import { may } from '../../domain/access.ts'
import { formatDate } from '../../domain/formats.ts'
import type { Recurrence } from '../../domain/recurrence.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { secrecyMark, secrecyMarkInFileName } from '../../domain/secrecy.ts'
import type { Context } from '../../platform/context.ts'
import type { SentFile } from '../../platform/kept-files.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { branchOf, membersOf } from '../registry/index.ts'
import { findTasks, type TaskKind, type TaskOrigin, type TaskView } from './task-view.ts'
import { writeTasks } from './write-tasks.ts'

export const longestTitle = 500
export const longestOrigin = 200
export const mostFiles = 10

interface AssignTask {
  /** Where the draft began: the same draft confirmed twice is one assignment. */
  key: string
  branchId: number
  /** Each gets the same thing to do, and a report of their own to give. */
  assigneeIds: readonly number[]
  title: string
  kind: TaskKind
  origin: TaskOrigin | null
  originNote: string | null
  files: readonly SentFile[]
  /** The activity of the branch that it prepares. */
  preparesId?: number | null
  dueOn: Temporal.PlainDate | null
  /** It comes back: this is its first time. */
  rule: Recurrence | null
}

export interface Assigned {
  /** One for each assignee, under one number. */
  tasks: TaskView[]
  /** Whether the branch's group is told by the bot. */
  toldGroup: boolean
  /** The assignees whom the bot cannot reach. */
  untold: string[]
}

/** Gives members of the branch something to do, once or again and again, and tells the group and each of them. */
export async function assignTask(ctx: Context, input: AssignTask): Promise<Result<Assigned>> {
  const branch = await branchOf(ctx.db, input.branchId)
  if (!branch) return fail('access.denied', { action: 'task.assign' })
  const leave = may(ctx.actor, 'task.assign', { wardId: branch.wardId, branchId: branch.id })
  if (!leave.ok) return leave
  const { personId } = ctx.actor
  if (personId === null) return fail('access.denied', { action: 'task.assign' })
  const earlier = await assignedBefore(ctx, input.key)
  if (earlier) return ok(earlier)
  const members = await membersOf(ctx.db, branch.id, ctx.today())
  const assigneeIds = [...new Set(input.assigneeIds)]
  if (assigneeIds.length === 0 || !assigneeIds.every((one) => members.some(({ id }) => id === one))) {
    return fail('tasks.notOfBranch')
  }
  const title = input.title.normalize('NFC').trim()
  if (title === '') return fail('tasks.noTitle')
  if (title.length > longestTitle) return fail('tasks.titleTooLong', { longest: longestTitle })
  const mark = secrecyMark(title) ?? input.files.map(({ name }) => secrecyMarkInFileName(name)).find(Boolean)
  if (mark) return fail('tasks.secretPaper', { mark })
  if (input.dueOn && Temporal.PlainDate.compare(input.dueOn, ctx.today()) < 0) {
    return fail('dueDate.past', { value: formatDate(input.dueOn) })
  }
  try {
    return ok(await write(ctx, { ...input, assigneeIds, title }, personId))
  } catch (error) {
    const first = isDuplicate(error) ? await assignedBefore(ctx, input.key) : null
    if (!first) throw error
    return ok(first)
  }
}

function write(ctx: Context, input: AssignTask, assignedById: number): Promise<Assigned> {
  const { key, branchId, assigneeIds, title, kind, origin, originNote, rule } = input
  const shared = { branchId, assignedById, title, kind, origin, originNote }
  return ctx.transaction(async (tx) => {
    const series =
      rule === null
        ? null
        : await tx.taskSeries.create({
            data: {
              ...shared,
              rule: { ...rule },
              createdAt: ctx.now(),
              source: key,
              assignees: { create: assigneeIds.map((one) => ({ personId: one })) },
            },
          })
    return writeTasks(ctx, tx, {
      ...shared,
      assigneeIds,
      files: input.files,
      preparesId: input.preparesId ?? null,
      dueOn: input.dueOn,
      series: series && input.dueOn ? { id: series.id, occursOn: input.dueOn } : null,
      source: key,
    })
  })
}

/** The tasks that this draft of the actor became before, if it did. Asks no leave: they are what the actor assigned. */
export async function assignedBefore(ctx: Context, key: string): Promise<Assigned | null> {
  const [first] = await findTasks(ctx.db, { source: key, assignedById: ctx.actor.personId ?? -1 })
  if (!first) return null
  const tasks = await findTasks(ctx.db, { branchId: first.branchId, number: first.number })
  const keys = [`task:${first.id}:call:group`, ...tasks.map(({ id }) => `task:${id}:call:own`)]
  const told = await ctx.db.delivery.findMany({ where: { key: { in: keys } }, select: { key: true } })
  const isTold = (wanted: string) => told.some((row) => row.key === wanted)
  return {
    tasks,
    toldGroup: isTold(`task:${first.id}:call:group`),
    untold: tasks.flatMap(({ id, assignee }) => (isTold(`task:${id}:call:own`) ? [] : [assignee.name])),
  }
}
