import { branchesWhereMay, may } from '../../domain/access.ts'
import { dayAt } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { SentFile } from '../../platform/kept-files.ts'
import { fileKindOf } from '../../platform/messages.ts'
import { byUrgency } from './find-owed.ts'
import { findTask, findTasks, openStates, type TaskView } from './task-view.ts'

/**
 * The open tasks this person sees: their own, and those of the branches whose tasks they may follow. Overdue first. That others'
 * are among them is recorded.
 */
export async function listTasks(ctx: Context): Promise<TaskView[]> {
  const { personId, wardId } = ctx.actor
  const branches = branchesWhereMay(ctx.actor, 'task.view')
  const tasks = await findTasks(ctx.db, {
    state: { in: [...openStates] },
    OR: [{ branchId: { in: branches } }, ...(personId === null ? [] : [{ assigneeId: personId }])],
  })
  const others = tasks.filter(({ assignee }) => assignee.id !== personId)
  if (wardId !== null && others.length > 0) await ctx.auditRead('task.listed', { count: others.length }, wardId)
  return tasks.sort(byUrgency)
}

export interface ReportPart {
  text: string
  onBehalf: boolean
  on: Temporal.PlainDate
  file: SentFile | null
}

export interface TaskDetail {
  task: TaskView
  /** The papers that go with it. */
  files: SentFile[]
  comments: { text: string; on: Temporal.PlainDate }[]
  /** The last report with its verdict, if there is one. */
  report: {
    id: number
    waiting: boolean
    note: string | null
    lateDays: number
    corrects: boolean
    parts: ReportPart[]
  } | null
  mayReport: boolean
  mayReview: boolean
  /** May cancel it or give it to somebody else, or comment on it. */
  mayAssign: boolean
  mayComment: boolean
  isOwn: boolean
}

/** One task with its last report, for the assignee and those who follow the branch's tasks. */
export async function showTask(ctx: Context, taskId: number): Promise<Result<TaskDetail>> {
  const task = await findTask(ctx.db, taskId)
  if (!task) return fail('tasks.noSuchTask')
  const target = { wardId: task.wardId, branchId: task.branchId, personId: task.assignee.id }
  const leave = may(ctx.actor, 'task.view', target)
  if (!leave.ok) return leave
  const isOwn = task.assignee.id === ctx.actor.personId
  if (!isOwn) await ctx.auditRead('task.viewed', { task: taskId, person: task.assignee.id }, task.wardId)
  const report = await ctx.db.taskReport.findFirst({
    where: { taskId },
    orderBy: { id: 'desc' },
    include: { parts: { orderBy: { id: 'asc' } } },
  })
  const attached = await ctx.db.taskFile.findMany({ where: { taskId }, include: { keptFile: true } })
  const comments = await ctx.db.taskComment.findMany({ where: { taskId }, orderBy: { id: 'asc' } })
  return ok({
    task,
    files: attached.map(({ keptFile: { fileId, uniqueId, name, kind } }) => ({
      fileId,
      uniqueId,
      name,
      kind: fileKindOf(kind),
    })),
    comments: comments.map(({ text, at }) => ({ text, on: dayAt(at) })),
    report: report && {
      id: report.id,
      waiting: report.verdict === 'waiting',
      note: report.verdictNote,
      lateDays: report.lateDays,
      corrects: report.corrects,
      parts: report.parts.map(({ text, onBehalf, at, ...kept }) => ({
        text,
        onBehalf,
        on: dayAt(at),
        file: fileIn(kept),
      })),
    },
    mayReport: openStates.includes(task.state) && may(ctx.actor, 'task.report', target).ok,
    mayAssign: openStates.includes(task.state) && may(ctx.actor, 'task.assign', target).ok,
    mayComment: openStates.includes(task.state) && may(ctx.actor, 'task.review', target).ok,
    mayReview: report?.verdict === 'waiting' && may(ctx.actor, 'task.review', target).ok,
    isOwn,
  })
}

function fileIn(part: {
  fileId: string | null
  fileUniqueId: string | null
  fileName: string | null
  fileKind: string | null
}): SentFile | null {
  if (part.fileId === null) return null
  return {
    fileId: part.fileId,
    uniqueId: part.fileUniqueId ?? '',
    name: part.fileName ?? '',
    kind: fileKindOf(part.fileKind),
  }
}
