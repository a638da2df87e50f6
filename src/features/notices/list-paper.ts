import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isOpen } from './branch-status.ts'
import type { IssueNumber } from './issue-number.ts'
import type { PaperReason } from './paper-reason.ts'
import { needsHand } from './view-people-status.ts'
import { viewStatus } from './view-status.ts'

/** A copy of an issue that the ward is to print and hand over. */
export interface PaperCopy {
  readonly kind: 'branch' | 'person'
  /** Of the branch's copy or of the person's. */
  readonly id: number
  readonly name: string
  /** Null for a person: there is no chat, or it was lost. */
  readonly reason: PaperReason | null
}

/** What of an issue is still to be handed over on paper. Fails with `notices.noneIssued`, `access.denied`. */
export async function listPaper(
  ctx: Context,
  { issueId }: { issueId: number },
): Promise<Result<{ issueId: number; number: IssueNumber; copies: PaperCopy[] }>> {
  const leave = may(ctx.actor, 'notice.handOver', { wardId: ctx.actor.wardId ?? 0 })
  if (!leave.ok) return leave
  const status = await viewStatus(ctx, { issueId })
  if (!status.ok) return status
  const { number, branches, people } = status.value
  const copies: PaperCopy[] = [
    ...branches
      .filter((branch) => branch.paper !== null && isOpen(branch))
      .map(({ noticeId, branchName, paper }) => ({
        kind: 'branch' as const,
        id: noticeId,
        name: branchName,
        reason: paper,
      })),
    ...people
      .filter(needsHand)
      .map(({ personalId, fullName }) => ({ kind: 'person' as const, id: personalId, name: fullName, reason: null })),
  ]
  return ok({ issueId, number, copies })
}

/** The issues of the last weeks of which something is still to be handed over, the oldest first. Fails as {@link listPaper} does. */
export async function issuesOnPaper(
  ctx: Context,
): Promise<Result<{ issueId: number; number: IssueNumber; count: number }[]>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'notice.handOver', { wardId })
  if (!leave.ok) return leave
  const since = new Date(ctx.now().getTime() - shownDays * 24 * 3_600_000)
  const issues = await ctx.db.noticeIssue.findMany({
    where: { wardId, state: 'issued', issuedAt: { gte: since } },
    orderBy: { issuedAt: 'asc' },
    select: { id: true },
  })
  const found = []
  for (const { id } of issues) {
    const paper = await listPaper(ctx, { issueId: id })
    if (paper.ok && paper.value.copies.length > 0) {
      found.push({ issueId: id, number: paper.value.number, count: paper.value.copies.length })
    }
  }
  return found.length > 0 ? ok(found) : fail('notices.noPaper')
}

const shownDays = 92
