import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { describeCopy, type PaperOf } from './paper-copy.ts'

const longestName = 120

/**
 * Notes that a copy was given on paper, into whose hands, by the acting officer or leader. Once: the first stands.
 * Fails with `notices.noticeGone`, `access.denied`, `notices.nothingSaid`.
 */
export async function handOver(
  ctx: Context,
  { copy, toName: written }: { copy: PaperOf; toName: string },
): Promise<Result<{ name: string; toName: string; again: boolean }>> {
  const described = await describeCopy(ctx.db, copy)
  if (!described) return fail('notices.noticeGone')
  const { wardId, name } = described
  const leave = may(ctx.actor, 'notice.handOver', { wardId })
  if (!leave.ok) return leave
  const toName = written.normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, longestName)
  if (toName === '') return fail('notices.nothingSaid')
  const of = copy.kind === 'branch' ? { noticeId: copy.id } : { personalId: copy.id }
  return ctx.transaction(async (tx) => {
    const by = { byAccountId: ctx.actor.accountId, byName: ctx.actor.name ?? ctx.texts('notices:office') }
    const { count } = await tx.noticeHandover.createMany({
      data: [{ ...of, toName, at: ctx.now(), ...by }],
      skipDuplicates: true,
    })
    if (count > 0) await ctx.audit(tx, 'notice.handedOver', of, wardId)
    const stands = await tx.noticeHandover.findUniqueOrThrow({
      where: copy.kind === 'branch' ? { noticeId: copy.id } : { personalId: copy.id },
    })
    return ok({ name, toName: stands.toName, again: count === 0 })
  })
}
