import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { leadersOfBranch } from '../registry/index.ts'
import { confirmAsMember } from './confirm-as-member.ts'
import { refreshGroupMessage } from './deliver-notice.ts'
import { isReplaced } from './notice-messages.ts'
import { type Acknowledged, type NoticeView, noticeView } from './notice-view.ts'

export interface Acknowledgement {
  readonly by: Acknowledged
  /** It had been confirmed before; this press changed nothing. */
  readonly again: boolean
}

/**
 * Confirms for the branch that it has the notice, once, and has the group's message say so; where the notice asks members
 * too, a member confirms for themself. Idempotent. Fails as {@link confirmAsMember} does, and with `notices.noticeGone`, `notices.onlyBranchLeaders`, `notices.replaced` (all of it has been corrected).
 */
export async function acknowledgeNotice(
  ctx: Context,
  { noticeId }: { noticeId: number },
): Promise<Result<Acknowledgement>> {
  const view = await noticeView(ctx.db, noticeId)
  if (!view) return fail('notices.noticeGone')
  const leave = may(ctx.actor, 'notice.acknowledge', { wardId: view.wardId, branchId: view.branchId })
  // A leader whose branch has it confirmed already is a member like the others.
  if (!leave.ok || (view.acknowledged && view.membersConfirm)) return confirmAsMember(ctx, { view })
  if (view.acknowledged) return ok({ by: view.acknowledged, again: true })
  if (isReplaced(view)) return fail('notices.replaced')
  const { personId, name } = ctx.actor
  const title = await postHeld(ctx, view)
  if (personId === null || name === null || title === null) return fail('notices.onlyBranchLeaders')
  const by: Acknowledged = { name, title, at: ctx.now() }
  try {
    return await ctx.transaction(async (tx) => {
      const done = { kind: 'branch', title, at: by.at }
      // Whoever confirmed as a member and leads the branch now confirms for all of it.
      await tx.noticeAcknowledgement.upsert({
        where: { noticeId_personId: { noticeId, personId } },
        create: { noticeId, personId, ...done },
        update: done,
      })
      await refreshGroupMessage(ctx, tx, { ...view, acknowledged: by }, `notice:${noticeId}:acknowledged`)
      await ctx.audit(tx, 'notice.acknowledged', { notice: noticeId, branch: view.branchId }, view.wardId)
      return ok({ by, again: false })
    })
  } catch (error) {
    // The other of secretary and deputy, or the same press twice, was there first.
    if (isDuplicate(error)) return acknowledgeNotice(ctx, { noticeId })
    throw error
  }
}

/** The post in which the acting person may confirm, as it is printed. */
async function postHeld(ctx: Context, view: NoticeView): Promise<string | null> {
  const leaders = await leadersOfBranch(ctx.db, view.branchId, ctx.today())
  for (const { post, person } of leaders) {
    if (person.id !== ctx.actor.personId) continue
    if (post === 'secretary' || post === 'standingDeputySecretary' || post === 'deputySecretary') {
      return ctx.texts(`notices:posts.${post}`)
    }
  }
  return null
}
