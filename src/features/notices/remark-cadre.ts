import { may } from '../../domain/access.ts'
import { isPeriod } from '../../domain/period.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { titleOf } from '../registry/index.ts'
import { answerChats } from './answer-chats.ts'
import { remarkMessage } from './cadre-screens.ts'
import { saidText } from './said-text.ts'

/**
 * The branch's remark on its cadre for a period, kept with the result and sent to the leader who issued it. A further one
 * takes the place of the one before, which stays in the record. Idempotent by source.
 * Fails with `notices.resultGone`, and as {@link saidText} does.
 */
export async function remarkCadre(
  ctx: Context,
  { entryId, text: written }: { entryId: number; text: string },
): Promise<Result<{ name: string }>> {
  const entry = await ctx.db.noticeEntry.findUnique({
    where: { id: entryId },
    include: { issue: true, person: { select: { fullName: true } }, branch: { select: { name: true } } },
  })
  if (!entry?.inForce || !isPeriod(entry.period)) return fail('notices.resultGone')
  const { period, branchId, branch, person, issue } = entry
  if (branchId === null || branch === null) return fail('notices.resultGone')
  const leave = may(ctx.actor, 'notice.remark', { wardId: issue.wardId, branchId })
  if (!leave.ok) return leave
  const text = saidText(written)
  if (!text.ok) return text
  const { personId, name: by } = ctx.actor
  if (personId === null || by === null) return fail('notices.resultGone')
  const title = (await titleOf(ctx.db, personId, ctx.today())) ?? ''
  const message = remarkMessage(ctx.texts, {
    period,
    name: person.fullName,
    branch: branch.name,
    by,
    title,
    text: text.value,
  })
  try {
    await ctx.transaction(async (tx) => {
      const data = { entryId, text: text.value, writtenById: personId, title, at: ctx.now(), source: ctx.source }
      const { id } = await tx.branchRemark.create({ data })
      for (const chatId of await answerChats(ctx, tx, issue)) {
        await ctx.deliver(tx, { chatId, message, key: `remark:${id}:${chatId}` })
      }
      await ctx.audit(tx, 'notice.cadreRemarked', { entry: entryId, branch: branchId }, issue.wardId)
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  return ok({ name: person.fullName })
}
