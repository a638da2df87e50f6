import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { privateChatOf, readingGroup } from '../linking/index.ts'
import { readReason } from './reasons.ts'
import { findTask, type TaskView } from './task-view.ts'
import { ownVerdict, verdictForGroup } from './verdict-screens.ts'

export type Verdict = 'accepted' | 'returned'

export interface JudgeReport {
  reportId: number
  verdict: Verdict
  /** Why it is returned. Told to the member, not to the group. */
  reason: string | null
}

export interface JudgedReport {
  task: TaskView
  verdict: Verdict
  /** It had been judged before: nothing was changed. */
  before: boolean
  toldAssignee: boolean
}

/** Accepts a report, which ends the task, or returns it, so that the member reports again. Judged once. */
export async function judgeReport(ctx: Context, input: JudgeReport): Promise<Result<JudgedReport>> {
  const found = await reportToJudge(ctx, input.reportId)
  if (!found.ok) return found
  const { task, verdict } = found.value
  if (verdict !== null) return ok({ task, verdict, before: true, toldAssignee: true })
  const given = input.verdict === 'returned' ? readReason(input.reason) : ok(null)
  if (!given.ok) return given
  const reason = given.value
  return ctx.transaction(async (tx) => {
    await tx.$queryRaw`SELECT "id" FROM "Task" WHERE "id" = ${task.id} FOR UPDATE`
    const judged = await tx.taskReport.updateMany({
      where: { id: input.reportId, verdict: 'waiting' },
      data: {
        verdict: input.verdict,
        verdictNote: reason,
        verdictById: ctx.actor.personId,
        verdictAt: ctx.now(),
      },
    })
    if (judged.count === 0) {
      const { verdict } = await tx.taskReport.findUniqueOrThrow({ where: { id: input.reportId } })
      return ok({ task, verdict: verdictOf(verdict) ?? input.verdict, before: true, toldAssignee: true })
    }
    await tx.task.update({
      where: { id: task.id },
      data: {
        state: input.verdict,
        ...(input.verdict === 'accepted' ? { finishedAt: ctx.now(), progress: 100 } : { finishedAt: null }),
      },
    })
    await ctx.audit(tx, `task.${input.verdict}`, { task: task.id, report: input.reportId }, task.wardId)
    // A returned report calls for another: an answer to these messages is one.
    const key = `task:${task.id}:${input.verdict === 'returned' ? 'call' : 'news'}:verdict:${input.reportId}`
    const group = await readingGroup(ctx, task.branchId, tx)
    const lasting = input.verdict === 'returned'
    if (group !== null) {
      await ctx.deliver(tx, {
        chatId: group.chatId,
        message: verdictForGroup(ctx.texts, task, input.verdict, group.readsNames),
        key: `${key}:group`,
        lasting,
      })
    }
    const own = await privateChatOf(tx, task.assignee.id)
    if (own !== null) {
      await ctx.deliver(tx, {
        chatId: own,
        message: ownVerdict(ctx.texts, task, input.verdict, reason),
        key: `${key}:own`,
        lasting,
      })
    }
    return ok({ task, verdict: input.verdict, before: false, toldAssignee: own !== null })
  })
}

/** The task of a report that this person may judge, and the verdict where there is one already. */
export async function reportToJudge(
  ctx: Context,
  reportId: number,
): Promise<Result<{ task: TaskView; verdict: Verdict | null }>> {
  const report = await ctx.db.taskReport.findUnique({ where: { id: reportId } })
  const task = report && (await findTask(ctx.db, report.taskId))
  if (!report || !task || report.verdict === 'noted') return fail('tasks.noSuchTask')
  const leave = may(ctx.actor, 'task.review', { wardId: task.wardId, branchId: task.branchId })
  if (!leave.ok) return leave
  return ok({ task, verdict: verdictOf(report.verdict) })
}

function verdictOf(stored: string): Verdict | null {
  return stored === 'accepted' || stored === 'returned' ? stored : null
}
