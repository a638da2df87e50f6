import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type MonthsBeside, monthsBeside } from './months-beside.ts'
import { type EvaluationNotice, noticeView, type ResultLine } from './notice-view.ts'

export interface Detail {
  readonly view: EvaluationNotice
  /** Whose score and remark this person may see: the branch committee all, a cadre their own. */
  readonly results: readonly ResultLine[]
  /** Beside a year. */
  readonly months: MonthsBeside | null
}

/**
 * Score and remark of a branch's notice, for whoever may see them; that they were read is recorded.
 * Fails with `notices.noticeGone`, `notices.detailNotForYou`.
 */
export async function viewDetail(ctx: Context, { noticeId }: { noticeId: number }): Promise<Result<Detail>> {
  const view = await noticeView(ctx.db, noticeId)
  if (view?.kind !== 'evaluation') return fail('notices.noticeGone')
  const { wardId, branchId } = view
  const results = view.results.filter(
    ({ personId }) => may(ctx.actor, 'notice.viewDetail', { wardId, branchId, personId }).ok,
  )
  if (results.length === 0) return fail('notices.detailNotForYou')
  await ctx.transaction((tx) =>
    ctx.audit(tx, 'notice.detailViewed', { notice: noticeId, results: results.length }, wardId),
  )
  return ok({ view, results, months: await monthsBeside(ctx.db, view) })
}
