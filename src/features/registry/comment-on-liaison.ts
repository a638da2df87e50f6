import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { coversDay } from '../../domain/spans.ts'
import type { Context } from '../../platform/context.ts'
import { type Liaison, liaisonOf } from './liaisons.ts'

export const longestComment = 2000

/**
 * What the branch says of a resident for the year; said again in that year, it replaces what was said. Fails with
 * `registry.` `liaisonGone`, `liaisonEnded`, `liaisonExempt`,
 * `commentNeeded`, `commentTooLong`.
 */
export async function commentOnLiaison(
  ctx: Context,
  input: { liaisonId: number; text: string },
): Promise<Result<Liaison>> {
  const liaison = await liaisonOf(ctx.db, input.liaisonId)
  if (!liaison) return fail('registry.liaisonGone')
  const mayBe = mayComment(ctx, liaison)
  if (!mayBe.ok) return mayBe
  const text = input.text.normalize('NFC').trim()
  if (text === '') return fail('registry.commentNeeded')
  if (text.length > longestComment) return fail('registry.commentTooLong', { longest: longestComment })
  const { id: liaisonId, branch, personId } = liaison
  const { year } = ctx.today()
  return ctx.transaction(async (tx) => {
    await tx.residenceComment.upsert({
      where: { liaisonId_year: { liaisonId, year } },
      create: { liaisonId, year, text, at: ctx.now() },
      update: { text, at: ctx.now() },
    })
    await ctx.audit(tx, 'liaison.commented', { person: personId, branch: branch.id, year }, branch.wardId)
    return ok((await liaisonOf(tx, liaisonId)) ?? liaison)
  })
}

/** Whether the actor may say something of them this year, and why not. */
export function mayComment(ctx: Context, { branch, isExempt, from, to }: Liaison): Result<true> {
  const leave = may(ctx.actor, 'liaison.comment', { wardId: branch.wardId, branchId: branch.id })
  if (!leave.ok) return leave
  if (!coversDay({ from, to }, ctx.today())) return fail('registry.liaisonEnded')
  return isExempt ? fail('registry.liaisonExempt') : ok(true)
}
