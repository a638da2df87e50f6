import { toUtcMidnight } from '../../domain/dates.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { keepFile, type SentFile } from '../../platform/kept-files.ts'
import { privateChatsOf, readingGroup } from '../linking/index.ts'
import { announcement, ownAnnouncement } from './announcement-screens.ts'
import type { Assigned } from './assign-task.ts'
import { findTasks, type TaskKind, type TaskOrigin } from './task-view.ts'

interface NewTasks {
  branchId: number
  assignedById: number
  assigneeIds: readonly number[]
  title: string
  kind: TaskKind
  origin: TaskOrigin | null
  originNote: string | null
  files: readonly SentFile[]
  preparesId: number | null
  dueOn: Temporal.PlainDate | null
  series: { id: number; occursOn: Temporal.PlainDate } | null
  /** What makes them one assignment. */
  source: string
}

/** Writes one task for each assignee under the branch's next number, and tells the group once and each assignee. */
export async function writeTasks(ctx: Context, tx: Transaction, given: NewTasks): Promise<Assigned> {
  const { branchId, assigneeIds, series, source } = given
  // One at a time in a branch, so that numbers follow one another.
  await tx.$queryRaw`SELECT "id" FROM "Organisation" WHERE "id" = ${branchId} FOR NO KEY UPDATE`
  const last = await tx.task.aggregate({ where: { branchId }, _max: { number: true } })
  const number = (last._max.number ?? 0) + 1
  await tx.task.createMany({
    data: assigneeIds.map((assigneeId, index) => ({
      branchId,
      number,
      assigneeId,
      assignedById: given.assignedById,
      title: given.title,
      kind: given.kind,
      origin: given.origin,
      originNote: given.originNote,
      preparesId: given.preparesId,
      dueOn: given.dueOn && toUtcMidnight(given.dueOn),
      seriesId: series?.id ?? null,
      occursOn: series && toUtcMidnight(series.occursOn),
      createdAt: ctx.now(),
      source: index === 0 ? source : `${source}/${index}`,
    })),
  })
  const tasks = await findTasks(tx, { branchId, number })
  const [first] = tasks
  if (!first) throw new Error('tasks that were just written are not there')
  for (const file of given.files) {
    const keptFileId = await keepFile(tx, file, ctx.actor.accountId, ctx.now())
    await tx.taskFile.createMany({ data: tasks.map(({ id }) => ({ taskId: id, keptFileId })), skipDuplicates: true })
  }
  await ctx.audit(
    tx,
    'task.assigned',
    tasks.map(({ id, assignee }) => ({ task: id, branch: branchId, assignee: assignee.id })),
    first.wardId,
  )
  const group = await readingGroup(ctx, branchId, tx)
  const chats = await privateChatsOf(tx, assigneeIds)
  const told = tasks.flatMap((task) => {
    const chatId = chats.get(task.assignee.id)
    return chatId === undefined ? [] : [{ task, chatId }]
  })
  await ctx.deliverAll(tx, [
    ...(group === null
      ? []
      : announcement(ctx.texts, tasks, given.files, group.readsNames).map((message, index) => ({
          chatId: group.chatId,
          message,
          key: index === 0 ? `task:${first.id}:call:group` : `task:${first.id}:call:group:${index}`,
          lasting: true,
        }))),
    ...told.flatMap(({ task, chatId }) =>
      ownAnnouncement(ctx.texts, task, given.files).map((message, index) => ({
        chatId,
        message,
        key: index === 0 ? `task:${task.id}:call:own` : `task:${task.id}:call:own:${index}`,
        lasting: true,
      })),
    ),
  ])
  return {
    tasks,
    toldGroup: group !== null,
    untold: tasks.flatMap(({ assignee }) => (chats.has(assignee.id) ? [] : [assignee.name])),
  }
}
