import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { refreshPersonal } from './deliver-personal.ts'
import { type PersonalView, personalView } from './personal-view.ts'

/** The acting person's own copy. Fails with `notices.noticeGone`: what is another's is not there for them. */
async function ownCopy(ctx: Context, personalId: number): Promise<Result<PersonalView>> {
  const view = await personalView(ctx.db, personalId)
  const target = { wardId: view?.wardId ?? 0, personId: view?.personId ?? 0 }
  return view && may(ctx.actor, 'notice.readOwn', target).ok ? ok(view) : fail('notices.noticeGone')
}

/** Opens a notice that was meant for the acting person, in their private chat: from then on it counts as seen. */
export async function openPersonal(
  ctx: Context,
  { personalId }: { personalId: number },
): Promise<Result<PersonalView>> {
  const copy = await ownCopy(ctx, personalId)
  if (!copy.ok) return copy
  await ctx.db.personalNotice.updateMany({ where: { id: personalId, seenAt: null }, data: { seenAt: ctx.now() } })
  return ok({ ...copy.value, seenAt: copy.value.seenAt ?? ctx.now() })
}

/**
 * Confirms that the acting person has a notice that was meant for them, once, and has its message say so. Idempotent.
 * Fails with `notices.noticeGone`, `notices.replaced`.
 */
export async function confirmPersonal(
  ctx: Context,
  { personalId }: { personalId: number },
): Promise<Result<{ at: Date; again: boolean }>> {
  const copy = await ownCopy(ctx, personalId)
  if (!copy.ok) return copy
  const { confirmedAt, correctedBy, wardId, issueId } = copy.value
  if (confirmedAt) return ok({ at: confirmedAt, again: true })
  if (correctedBy !== null) return fail('notices.replaced')
  const at = ctx.now()
  return ctx.transaction(async (tx) => {
    const data = { confirmedAt: at, seenAt: copy.value.seenAt ?? at }
    const { count } = await tx.personalNotice.updateMany({ where: { id: personalId, confirmedAt: null }, data })
    if (count === 0) {
      const { confirmedAt: before } = await tx.personalNotice.findUniqueOrThrow({ where: { id: personalId } })
      return ok({ at: before ?? at, again: true })
    }
    await refreshPersonal(ctx, tx, { ...copy.value, ...data }, `personal:${personalId}:confirmed`)
    await ctx.audit(tx, 'notice.personalConfirmed', { issue: issueId, personal: personalId }, wardId)
    return ok({ at, again: false })
  })
}
