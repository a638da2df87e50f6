import { fail, type Problem } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { deliverToEach } from './addressees.ts'
import { triesSpentNote } from './screens-people.ts'
import { watchersOf } from './watchers.ts'

/** So many wrong years of birth end an invitation. */
export const mostTries = 3

/**
 * Counts a wrong year of birth against the invitation. The third ends it, and those who watch over it are told under which
 * Telegram name it was tried. It only counts and refuses, whoever answers.
 */
export async function refuseBirthYear(
  ctx: Context,
  code: { id: number; personId: number | null; createdBy: bigint | null; wardId: number | null },
  tried: { branchId: number | null; personId: number; fullName: string; accountName: string },
): Promise<{ readonly ok: false; readonly problem: Problem }> {
  return ctx.transaction(async (tx) => {
    const unlessAgain = ctx.source === null ? {} : { OR: [{ triedSource: null }, { triedSource: { not: ctx.source } }] }
    const { count } = await tx.accessCode.updateMany({
      where: { id: code.id, usedAt: null, tries: { lt: mostTries }, ...unlessAgain },
      data: { tries: { increment: 1 }, triedSource: ctx.source },
    })
    const { tries } = await tx.accessCode.findUniqueOrThrow({ where: { id: code.id }, select: { tries: true } })
    if (tries < mostTries) return fail('linking.birthYearWrong', { left: mostTries - tries })
    if (count > 0) {
      await tx.accessCode.updateMany({ where: { id: code.id, usedAt: null }, data: { expiresAt: ctx.now() } })
      await ctx.audit(tx, 'invitation.triesSpent', { person: tried.personId, code: code.id }, code.wardId ?? undefined)
      const chats = await watchersOf(ctx, tx, code, tried.branchId)
      await deliverToEach(ctx, tx, chats, `link:tries:${code.id}`, triesSpentNote(ctx.texts, tried))
    }
    return fail('linking.birthYearSpent')
  })
}
