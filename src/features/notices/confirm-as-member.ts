import { may } from '../../domain/access.ts'
import { dayAt } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { linkedPeople } from '../linking/index.ts'
import { isReplaced } from './notice-messages.ts'
import { type Acknowledged, type NoticeView, noticeView } from './notice-view.ts'
import { rollOf } from './roll-of-notice.ts'

interface Confirmed {
  readonly by: Acknowledged
  readonly again: boolean
}

/**
 * Confirms for the acting member alone that they have their branch's notice, where it asks members too. Idempotent.
 * Fails with `notices.onlyBranchLeaders`, `notices.onlyMembers`, `notices.replaced`.
 */
export async function confirmAsMember(ctx: Context, { view }: { view: NoticeView }): Promise<Result<Confirmed>> {
  if (!view.membersConfirm) return fail('notices.onlyBranchLeaders')
  const { wardId, branchId } = view
  const { personId, name } = ctx.actor
  const leave = may(ctx.actor, 'notice.confirm', { wardId, branchId })
  if (!leave.ok || personId === null) return fail('notices.onlyMembers')
  return record(ctx, view, { personId, name: name ?? '' }, null)
}

/**
 * Enters for a member without an account that they have the notice, as they told their secretary. Idempotent.
 * Fails with `notices.noticeGone`, `access.denied`, `notices.confirmsThemself` (has an account, or is not asked).
 */
export async function confirmForMember(
  ctx: Context,
  { noticeId, personId }: { noticeId: number; personId: number },
): Promise<Result<Confirmed>> {
  const view = await noticeView(ctx.db, noticeId)
  if (!view?.membersConfirm) return fail('notices.noticeGone')
  const leave = may(ctx.actor, 'notice.confirmOnBehalf', { wardId: view.wardId, branchId: view.branchId })
  if (!leave.ok) return leave
  const { issuedAt } = await ctx.db.notice.findUniqueOrThrow({ where: { id: noticeId }, select: { issuedAt: true } })
  const member = (await rollOf(ctx.db, view.branchId, dayAt(issuedAt))).find(({ id }) => id === personId)
  const hasAccount = (await linkedPeople(ctx.db, [personId])).size > 0
  if (!member || hasAccount) return fail('notices.confirmsThemself')
  return record(ctx, view, { personId, name: member.fullName }, ctx.actor.personId)
}

async function record(
  ctx: Context,
  view: NoticeView,
  { personId, name }: { personId: number; name: string },
  enteredById: number | null,
): Promise<Result<Confirmed>> {
  const { noticeId, wardId } = view
  const title = ctx.texts('notices:memberTitle')
  const before = await ctx.db.noticeAcknowledgement.findUnique({ where: { noticeId_personId: { noticeId, personId } } })
  if (before) return ok({ by: { name, title: before.title, at: before.at }, again: true })
  if (isReplaced(view)) return fail('notices.replaced')
  const at = ctx.now()
  return ctx.transaction(async (tx) => {
    const { count } = await tx.noticeAcknowledgement.createMany({
      data: [{ noticeId, personId, kind: 'member', title, at, enteredById }],
      skipDuplicates: true,
    })
    const action = enteredById === null ? 'notice.memberConfirmed' : 'notice.confirmedOnBehalf'
    if (count > 0) await ctx.audit(tx, action, { notice: noticeId, person: personId }, wardId)
    return ok({ by: { name, title, at }, again: count === 0 })
  })
}
