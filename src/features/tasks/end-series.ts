import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'

/** Ends what recurs: what has been given stays, nothing more comes. A second time changes nothing. */
export async function endSeries(ctx: Context, seriesId: number): Promise<Result<{ title: string }>> {
  const series = await ctx.db.taskSeries.findUnique({
    where: { id: seriesId },
    include: { branch: { select: { wardId: true } } },
  })
  if (!series) return fail('tasks.noSuchTask')
  const { wardId } = series.branch
  const leave = may(ctx.actor, 'task.assign', { wardId, branchId: series.branchId })
  if (!leave.ok) return leave
  return ctx.transaction(async (tx) => {
    const { count } = await tx.taskSeries.updateMany({
      where: { id: seriesId, endedAt: null },
      data: { endedAt: ctx.now() },
    })
    if (count > 0) await ctx.audit(tx, 'task.seriesEnded', { series: seriesId }, wardId)
    return ok({ title: series.title })
  })
}
