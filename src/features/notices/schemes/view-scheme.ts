import { may } from '../../../domain/access.ts'
import { fromUtcMidnight } from '../../../domain/dates.ts'
import { formatPeriod, monthOf } from '../../../domain/period.ts'
import { ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import { evaluationPackOf, type Scheme, schemeFor } from './scheme-for.ts'

export interface SchemeView {
  /** The rules of the running month. */
  readonly now: Scheme
  /** What the ward has chosen, the latest month first. */
  readonly chosen: readonly { readonly from: string; readonly number: string; readonly year: number }[]
}

/** The rules by which the ward rates this month, and what it has chosen from when on. Fails with `pack.none`. */
export async function viewScheme(ctx: Context): Promise<Result<SchemeView>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'notice.scheme', { wardId })
  if (!leave.ok) return leave
  const now = await schemeFor(ctx.db, wardId, monthOf(ctx.today()))
  if (!now.ok) return now
  const rows = await ctx.db.evaluationScheme.findMany({
    where: { wardId },
    orderBy: [{ from: 'desc' }, { id: 'desc' }],
    take: 5,
  })
  const chosen = rows.map(({ from, pack }) => {
    const { number, year } = evaluationPackOf(pack).instrument
    return { from: formatPeriod(monthOf(fromUtcMidnight(from))), number, year }
  })
  return ok({ now: now.value, chosen })
}
