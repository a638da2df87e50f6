import { may } from '../../domain/access.ts'
import { isPeriod } from '../../domain/period.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { answerChats } from './answer-chats.ts'
import { commentMessage } from './cadre-screens.ts'
import { saidText } from './said-text.ts'

/** A result of the acting person's own on which they have not said anything yet. Fails with `notices.resultGone`, `.commentedBefore`. */
export async function commentable(ctx: Context, { entryId }: { entryId: number }) {
  const entry = await ctx.db.noticeEntry.findUnique({
    where: { id: entryId },
    include: { issue: true, person: { select: { fullName: true } }, comment: true },
  })
  const { personId } = ctx.actor
  if (!entry || entry.personId !== personId || !isPeriod(entry.period)) return fail('notices.resultGone')
  const leave = may(ctx.actor, 'notice.comment', { wardId: entry.issue.wardId, personId })
  if (!leave.ok) return leave
  return entry.comment ? fail('notices.commentedBefore') : ok({ entry, period: entry.period })
}

/**
 * A cadre's one comment on a result of their own, kept with it and sent to the leader who issued it, or who came after.
 * Fails with `notices.resultGone`, `.commentedBefore`, and as {@link saidText} does.
 */
export async function commentResult(
  ctx: Context,
  { entryId, text: written }: { entryId: number; text: string },
): Promise<Result<{ issuer: string }>> {
  const open = await commentable(ctx, { entryId })
  if (!open.ok) return open
  const { entry, period } = open.value
  const { wardId, issuerName } = entry.issue
  const text = saidText(written)
  if (!text.ok) return text
  const message = commentMessage(ctx.texts, { period, name: entry.person.fullName, text: text.value })
  try {
    await ctx.transaction(async (tx) => {
      await tx.resultComment.create({ data: { entryId, text: text.value, at: ctx.now() } })
      for (const chatId of await answerChats(ctx, tx, entry.issue)) {
        await ctx.deliver(tx, { chatId, message, key: `comment:${entryId}:${chatId}` })
      }
      await ctx.audit(tx, 'notice.resultCommented', { entry: entryId }, wardId)
    })
  } catch (error) {
    if (isDuplicate(error)) return fail('notices.commentedBefore')
    throw error
  }
  return ok({ issuer: issuerName ?? '' })
}
