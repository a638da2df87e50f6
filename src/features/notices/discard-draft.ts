import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { Prisma } from '../../platform/prisma/client.ts'
import { draftAction } from './drafts.ts'

/** How long a draft that nobody issued is kept. */
const draftDays = 14

/** Gives a draft up: its results or words are erased. Idempotent; what is issued stays. */
export async function discardDraft(ctx: Context, { issueId }: { issueId: number }): Promise<Result<true>> {
  const draft = await ctx.db.noticeIssue.findUnique({ where: { id: issueId } })
  if (!draft) return fail('notices.draftGone')
  const leave = may(ctx.actor, draftAction(draft), { wardId: draft.wardId })
  if (!leave.ok) return leave
  if (draft.state === 'issued') return fail('notices.alreadySent')
  await ctx.transaction(async (tx) => {
    if ((await discard(tx, { id: issueId })) > 0) {
      await ctx.audit(tx, 'notice.draftDiscarded', { issue: issueId }, draft.wardId)
    }
  })
  return ok(true)
}

/** A person's new draft for a period stands in place of the earlier ones, whose buttons may still be in the chat. */
export async function discardEarlierDrafts(
  tx: Transaction,
  createdBy: bigint | null,
  { wardId, period }: { wardId: number; period: string },
): Promise<void> {
  await discard(tx, { wardId, period, createdBy })
}

/**
 * Drafts hold people's results, so those that were forgotten go. Asked every minute. Asks no leave: the clock calls it.
 */
export async function discardOldDrafts(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - draftDays * 24 * 3_600_000)
  await ctx.transaction((tx) => discard(tx, { createdAt: { lt: before } }))
}

async function discard(tx: Transaction, where: object): Promise<number> {
  const drafts = await tx.noticeIssue.findMany({ where: { ...where, state: 'draft' }, select: { id: true } })
  const ids = drafts.map(({ id }) => id)
  if (ids.length === 0) return 0
  // The state is asked again with the row locked: a draft that is being issued at this moment stays.
  const { count } = await tx.noticeIssue.updateMany({
    where: { id: { in: ids }, state: 'draft' },
    data: { state: 'discarded', text: null, file: Prisma.DbNull },
  })
  const gone = { issueId: { in: ids }, issue: { state: 'discarded' } }
  await tx.noticeEntry.deleteMany({ where: gone })
  await tx.noticeTarget.deleteMany({ where: gone })
  await tx.noticeRoleTarget.deleteMany({ where: gone })
  await tx.noticePersonTarget.deleteMany({ where: gone })
  return count
}
