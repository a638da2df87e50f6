import { may } from '../../domain/access.ts'
import { fail, ok, type Problem, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { refreshGroupMessage } from './deliver-notice.ts'
import { refreshPersonal } from './deliver-personal.ts'
import { draftPlain, type PlainContent } from './draft-plain.ts'
import { type IssueNumber, numberOf, printedNumber } from './issue-number.ts'
import { noticeViews } from './notice-view.ts'
import { personalViews } from './personal-view.ts'

/** A plain notice that may be corrected, by its number. Fails with `notices.noticeGone`, `notices.correctedBefore`. */
export async function correctablePlain(
  ctx: Context,
  { issueId }: { issueId: number },
): Promise<Result<{ issueId: number; number: IssueNumber }>> {
  const issue = await ctx.db.noticeIssue.findUnique({ where: { id: issueId } })
  if (issue?.kind !== 'plain' || issue.state !== 'issued') return fail('notices.noticeGone')
  const leave = may(ctx.actor, 'notice.plain.issue', { wardId: issue.wardId })
  if (!leave.ok) return leave
  const problem = await whyNotCorrected(ctx, ctx.db, issueId)
  return problem ? { ok: false, problem } : ok({ issueId, number: numberOf(issue) })
}

/**
 * Begins the correction of a plain notice: new words, and to begin with the same readers and terms. Idempotent by source.
 * Fails as {@link correctablePlain} and {@link draftPlain} do.
 */
export async function draftCorrection(
  ctx: Context,
  { correctsId, ...content }: PlainContent & { correctsId: number },
): Promise<Result<{ issueId: number }>> {
  const corrected = await correctablePlain(ctx, { issueId: correctsId })
  if (!corrected.ok) return corrected
  const draft = await draftPlain(ctx, { ...content, correctsId })
  if (!draft.ok) return draft
  const { issueId } = draft.value
  const old = await ctx.db.noticeIssue.findUniqueOrThrow({
    where: { id: correctsId },
    include: { notices: { select: { branchId: true } }, personal: { select: { personId: true } } },
  })
  await ctx.transaction(async (tx) => {
    const branches = old.notices.map(({ branchId }) => ({ issueId, branchId }))
    await tx.noticeTarget.createMany({ data: branches, skipDuplicates: true })
    const people = old.personal.map(({ personId }) => ({ issueId, personId }))
    await tx.noticePersonTarget.createMany({ data: people, skipDuplicates: true })
    const { dueOn, membersConfirm } = old
    await tx.noticeIssue.updateMany({ where: { id: issueId, state: 'draft' }, data: { dueOn, membersConfirm } })
  })
  return ok({ issueId })
}

/** A notice is corrected once; what is wrong in the correction is mended by correcting that. */
export async function whyNotCorrected(
  { texts }: Pick<Context, 'texts'>,
  db: Database | Transaction,
  correctsId: number,
): Promise<Problem | null> {
  const earlier = await db.noticeIssue.findFirst({ where: { correctsId, state: 'issued' } })
  if (!earlier) return null
  return fail('notices.correctedBefore', { number: printedNumber(texts, numberOf(earlier)) }).problem
}

/** Has the messages that carried the corrected notice say so, to those who get both. */
export async function markReplaced(
  ctx: Context,
  tx: Transaction,
  input: { issueId: number; correctsId: number; branchIds: readonly number[]; personIds: readonly number[] },
): Promise<void> {
  const { issueId, correctsId, branchIds, personIds } = input
  for (const view of await noticeViews(tx, { issueId: correctsId })) {
    if (!branchIds.includes(view.branchId)) continue
    await refreshGroupMessage(ctx, tx, view, `notice:${view.noticeId}:corrected:${issueId}`)
  }
  for (const view of await personalViews(tx, { issueId: correctsId, personId: { in: [...personIds] } })) {
    await refreshPersonal(ctx, tx, view, `personal:${view.personalId}:corrected:${issueId}`)
  }
}
