import { may } from '../../domain/access.ts'
import { toUtcMidnight } from '../../domain/dates.ts'
import { parseDueDate } from '../../domain/due-dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { closedDraft, draftAction, openDraft } from './drafts.ts'

/** Says whether members confirm the notice too. Idempotent. Answers with the draft's kind; fails as {@link openDraft} does. */
export async function setMembersConfirm(
  ctx: Context,
  { issueId, on }: { issueId: number; on: boolean },
): Promise<Result<{ kind: string }>> {
  const draft = await ctx.db.noticeIssue.findUnique({ where: { id: issueId } })
  if (!draft) return fail('notices.draftGone')
  const leave = may(ctx.actor, draftAction(draft), { wardId: draft.wardId })
  if (!leave.ok) return leave
  const closed = closedDraft(draft)
  if (closed) return closed
  await ctx.db.noticeIssue.updateMany({ where: { id: issueId, state: 'draft' }, data: { membersConfirm: on } })
  return ok({ kind: draft.kind })
}

/** Sets by when a plain notice wants done what it asks for; an empty text takes the day away. Fails with the codes of `parseDueDate`. */
export async function setDueDay(
  ctx: Context,
  { issueId, written }: { issueId: number; written: string },
): Promise<Result<{ issueId: number }>> {
  const draft = await openDraft(ctx, { issueId, kind: 'plain' })
  if (!draft.ok) return draft
  const day = written === '' ? null : parseDueDate(written, ctx.today())
  if (day && !day.ok) return day
  const dueOn = day ? toUtcMidnight(day.value) : null
  await ctx.db.noticeIssue.updateMany({ where: { id: issueId, state: 'draft' }, data: { dueOn } })
  return ok({ issueId })
}
