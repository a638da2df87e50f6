import type { Action } from '../../domain/access.ts'
import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { NoticeIssue } from '../../platform/prisma/client.ts'

/** The right to work on a draft of that kind. */
export function draftAction({ kind }: { kind: string }): Action {
  return kind === 'evaluation' ? 'notice.evaluation.draft' : 'notice.plain.issue'
}

/** Why a draft can no longer be worked on, or nothing while it can. */
export function closedDraft({ state }: { state: string }) {
  if (state === 'issued') return fail('notices.alreadySent')
  return state === 'draft' ? null : fail('notices.draftGone')
}

/**
 * A draft of that kind that this person may work on. Fails with `notices.draftGone`, `.alreadySent` or `access.denied`.
 */
export async function openDraft(
  ctx: Context,
  { issueId, kind }: { issueId: number; kind: 'evaluation' | 'plain' },
): Promise<Result<NoticeIssue>> {
  const draft = await ctx.db.noticeIssue.findUnique({ where: { id: issueId } })
  if (draft?.kind !== kind) return fail('notices.draftGone')
  const leave = may(ctx.actor, draftAction(draft), { wardId: draft.wardId })
  if (!leave.ok) return leave
  return closedDraft(draft) ?? ok(draft)
}
