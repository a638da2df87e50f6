import { may } from '../../../domain/access.ts'
import { formatPeriod, isFuture, type Period } from '../../../domain/period.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import { type Scheme, schemeFor } from '../schemes/scheme-for.ts'
import { type OwnCadres, ownCadres } from './own-cadres.ts'

/** What entering a period's results rests on. */
export interface EntryContext extends OwnCadres {
  readonly wardId: number
  readonly accountId: bigint
  readonly scheme: Scheme
}

/**
 * Asks whether the acting person may enter results of the period, and answers with its rules and whom they rate. Fails with
 * `notices.futurePeriod`, `notices.noCadres`, `pack.none`.
 */
export async function entryContext(ctx: Context, period: Period): Promise<Result<EntryContext>> {
  const { accountId } = ctx.actor
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'notice.evaluation.draft', { wardId })
  if (!leave.ok) return leave
  if (accountId === null) throw new Error('results are entered by an account')
  if (isFuture(period, ctx.today())) return fail('notices.futurePeriod', { period: formatPeriod(period) })
  const scheme = await schemeFor(ctx.db, wardId, period)
  if (!scheme.ok) return scheme
  const found = await ownCadres(ctx, wardId, period)
  return found.cadres.length > 0 ? ok({ ...found, wardId, accountId, scheme: scheme.value }) : fail('notices.noCadres')
}
