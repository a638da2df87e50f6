import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type MonthsBeside, monthsBeside } from './months-beside.ts'
import { type EvaluationNotice, noticeView } from './notice-view.ts'

/**
 * Names and levels of a branch's notice, for its linked members and whoever else may see them; that they were read is
 * recorded. Fails with `notices.noticeGone`, `notices.levelsNotForYou`.
 */
export async function viewLevels(
  ctx: Context,
  { noticeId }: { noticeId: number },
): Promise<Result<{ view: EvaluationNotice; months: MonthsBeside | null }>> {
  const view = await noticeView(ctx.db, noticeId)
  if (view?.kind !== 'evaluation') return fail('notices.noticeGone')
  const { wardId, branchId } = view
  if (!may(ctx.actor, 'notice.viewLevels', { wardId, branchId }).ok) return fail('notices.levelsNotForYou')
  const subject = { notice: noticeId, results: view.results.length }
  await ctx.transaction((tx) => ctx.audit(tx, 'notice.levelsViewed', subject, wardId))
  return ok({ view, months: await monthsBeside(ctx.db, view) })
}
