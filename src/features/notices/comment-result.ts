import { may } from '../../domain/access.ts'
import { isPeriod } from '../../domain/period.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { answerChats } from './answer-chats.ts'
import { commentMessage } from './cadre-screens.ts'
import { saidText } from './said-text.ts'

/**
 * A cadre's one comment on a result of their own, kept with it and sent to the leader who issued it, or who came after.
 * Fails with `notices.resultGone`, `.commentedBefore`, and as {@link saidText} does.
 */
export async function commentResult(
  ctx: Context,
  { entryId, text: written }: { entryId: number; text: string },
): Promise<Result<{ issuer: string }>> {
  const entry = await ctx.db.noticeEntry.findUnique({
    where: { id: entryId },
    include: { issue: true, person: { select: { fullName: true } }, comment: true },
  })
  const { personId } = ctx.actor
  if (!entry || entry.personId !== personId || !isPeriod(entry.period)) return fail('notices.resultGone')
  const { wardId, issuerName } = entry.issue
  const leave = may(ctx.actor, 'notice.comment', { wardId, personId })
  if (!leave.ok) return leave
  if (entry.comment) return fail('notices.commentedBefore')
  const text = saidText(written)
  if (!text.ok) return text
  const message = commentMessage(ctx.texts, { period: entry.period, name: entry.person.fullName, text: text.value })
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
