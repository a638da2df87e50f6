import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { keepFile } from '../../platform/kept-files.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { readingGroup } from '../linking/index.ts'
import { reviewerChats } from './branch-chats.ts'
import { type ReportContent, readProgress } from './report-content.ts'
import { reportForGroup, reportForMixedGroup, reportForReview } from './report-screens.ts'
import { daysLate, findTask, type TaskView } from './task-view.ts'

export interface ReportTask {
  /** The message's source: the same message handled twice is one part. */
  key: string
  taskId: number
  /** In the order they were sent. */
  contents: readonly ReportContent[]
  /** Where it was said, if that was in a group: everybody there has seen it. */
  saidIn: { chatId: bigint; messageId: number } | null
}

export interface FiledReport {
  task: TaskView
  reportId: number
  /** Only a share of the work, in per cent: the task goes on. */
  progress: number | null
  lateDays: number
  /** It follows one that was returned. */
  corrects: boolean
  onBehalf: boolean
  /** It went to a report that still waits for its verdict. */
  added: boolean
  /** It is another picture of an album that has been answered already. */
  sameAlbum: boolean
}

/**
 * Files what was done on a task, by the assignee or on their behalf. While a report waits for its verdict, more of it is
 * added to the same report. A share of the work is noted and the task goes on. The reviewers are told, and of a whole
 * result the group too.
 */
export async function reportTask(ctx: Context, input: ReportTask): Promise<Result<FiledReport>> {
  const task = await findTask(ctx.db, input.taskId)
  if (!task) return fail('tasks.noSuchTask')
  const { wardId, branchId, assignee } = task
  const leave = may(ctx.actor, 'task.report', { wardId, branchId, personId: assignee.id })
  const { personId } = ctx.actor
  if (!leave.ok || personId === null) return fail('tasks.notYours', { number: task.number })
  if (task.state === 'accepted') return fail('tasks.alreadyAccepted', { number: task.number })
  if (task.state === 'cancelled') return fail('tasks.wasCancelled', { number: task.number })
  if (task.state === 'reassigned') return fail('tasks.wasReassigned', { number: task.number })
  const earlier = await filed(ctx, input.key, task)
  if (earlier) return ok(earlier)
  try {
    return await ctx.transaction((tx) => write(ctx, tx, input, task, personId))
  } catch (error) {
    const first = isDuplicate(error) ? await filed(ctx, input.key, task) : null
    if (!first) throw error
    return ok(first)
  }
}

async function write(
  ctx: Context,
  tx: Transaction,
  input: ReportTask,
  task: TaskView,
  sentById: number,
): Promise<Result<FiledReport>> {
  const [locked] = await tx.$queryRaw<{ state: string }[]>`
    SELECT "state" FROM "Task" WHERE "id" = ${task.id} FOR UPDATE`
  if (locked?.state === 'accepted') return fail('tasks.alreadyAccepted', { number: task.number })
  if (locked?.state === 'cancelled') return fail('tasks.wasCancelled', { number: task.number })
  if (locked?.state === 'reassigned') return fail('tasks.wasReassigned', { number: task.number })
  const waiting = await tx.taskReport.findFirst({ where: { taskId: task.id, verdict: 'waiting' } })
  const progress = waiting ? null : readProgress(input.contents[0]?.text ?? '')
  const report = waiting ?? (await createReport(ctx, tx, task, progress))
  const onBehalf = sentById !== task.assignee.id
  const albumId = input.contents[0]?.albumId ?? null
  const sameAlbum =
    albumId !== null && (await tx.taskReportPart.count({ where: { reportId: report.id, albumId, sentById } })) > 0
  const result: FiledReport = {
    task,
    reportId: report.id,
    progress,
    lateDays: report.lateDays,
    corrects: report.corrects,
    onBehalf,
    added: waiting !== null,
    sameAlbum,
  }
  for (const [index, content] of input.contents.entries()) {
    const { file } = content
    const part = await tx.taskReportPart.create({
      data: {
        reportId: report.id,
        sentById,
        onBehalf,
        text: content.text,
        ...(file ? { fileId: file.fileId, fileUniqueId: file.uniqueId, fileName: file.name, fileKind: file.kind } : {}),
        keptFileId: file && (await keepFile(tx, file, ctx.actor.accountId, ctx.now())),
        albumId: content.albumId,
        at: ctx.now(),
        source: partSource(input.key, index),
      },
    })
    await tell(ctx, tx, { ...result, sameAlbum: sameAlbum || index > 0 }, content, part.id, input.saidIn)
  }
  await tx.task.update({
    where: { id: task.id },
    data: progress === null ? { state: 'reported' } : { progress },
  })
  await ctx.audit(tx, 'task.reported', { task: task.id, report: report.id }, task.wardId)
  return ok(result)
}

async function createReport(ctx: Context, tx: Transaction, task: TaskView, progress: number | null) {
  const returned = await tx.taskReport.count({ where: { taskId: task.id, verdict: 'returned' } })
  return tx.taskReport.create({
    data: {
      taskId: task.id,
      at: ctx.now(),
      progress,
      verdict: progress === null ? 'waiting' : 'noted',
      lateDays: daysLate(task, ctx.today()),
      corrects: returned > 0,
    },
  })
}

async function tell(
  ctx: Context,
  tx: Transaction,
  report: FiledReport,
  content: ReportContent,
  partId: number,
  saidIn: ReportTask['saidIn'],
): Promise<void> {
  const key = `task:${report.task.id}:news:${partId}`
  const group = report.progress === null ? await readingGroup(ctx, report.task.branchId, tx) : null
  if (group !== null) {
    const { chatId, readsNames } = group
    const seenThere = saidIn?.chatId === chatId ? saidIn.messageId : null
    const messages = readsNames
      ? reportForGroup(ctx.texts, report, content, seenThere)
      : reportForMixedGroup(ctx.texts, report, seenThere)
    for (const [index, message] of messages.entries()) {
      await ctx.deliver(tx, { chatId, message, key: `${key}:group:${index}` })
    }
  }
  for (const chatId of await reviewerChats(tx, report.task.branchId, ctx.today())) {
    for (const [index, message] of reportForReview(ctx.texts, report, content).entries()) {
      await ctx.deliver(tx, { chatId, message, key: `${key}:review:${chatId}:${index}` })
    }
  }
}

/** What this message was filed as before, if it was. */
async function filed(ctx: Context, key: string, task: TaskView): Promise<FiledReport | null> {
  const part = await ctx.db.taskReportPart.findUnique({
    where: { source: partSource(key, 0) },
    include: { report: { select: { progress: true, lateDays: true, corrects: true } } },
  })
  if (!part) return null
  const { reportId, onBehalf, report } = part
  return { task, reportId, onBehalf, added: false, sameAlbum: false, ...report }
}

function partSource(key: string, index: number): string {
  return `${key}/${index}`
}
