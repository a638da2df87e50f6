import { may } from '../../../domain/access.ts'
import { toUtcMidnight } from '../../../domain/dates.ts'
import { packHash } from '../../../domain/packs/index.ts'
import { type EvaluationPack, packSchema } from '../../../domain/packs/schema.ts'
import { firstDay, formatPeriod, isPeriod, lastDay, type Period, periodKind } from '../../../domain/period.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import { isDuplicate } from '../../../platform/transaction.ts'
import { schemeFor } from './scheme-for.ts'

export interface ChooseScheme {
  /** The rules; its id and days are the ward's affair, unless it is a built-in pack, which stays what it is. */
  readonly pack: EvaluationPack
  readonly builtIn: boolean
  /** The month from which they hold. */
  readonly from: Period
}

/** The furthest month ahead for which rules are laid down. */
const monthsAhead = 12

/**
 * Has the ward rate by these rules from a month on: a row that nobody changes any more. Idempotent by source. Fails with
 * `schemes.fromOutOfRange`, `schemes.alreadyRated` {period} (a result that went out would come under other rules).
 */
export async function chooseScheme(
  ctx: Context,
  { pack, builtIn, from }: ChooseScheme,
): Promise<Result<EvaluationPack>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'notice.scheme', { wardId })
  if (!leave.ok) return leave
  const first = firstDay(from)
  const thisMonth = ctx.today().with({ day: 1 })
  const ahead = thisMonth.until(first, { largestUnit: 'months' }).months
  if (periodKind(from) !== 'month' || ahead < -monthsAhead || ahead > monthsAhead) return fail('schemes.fromOutOfRange')
  const rated = await ratedFrom(ctx, wardId, first, pack)
  if (rated) return fail('schemes.alreadyRated', { period: formatPeriod(rated) })
  try {
    return await ctx.transaction(async (tx) => {
      const count = await tx.evaluationScheme.count({ where: { wardId } })
      const own = builtIn ? pack : named(pack, `ward-${wardId}-${count + 1}`, first.toString())
      const packId = own.id
      await tx.evaluationScheme.create({
        data: {
          wardId,
          from: toUtcMidnight(first),
          pack: JSON.parse(JSON.stringify(own)),
          packId,
          packHash: packHash(own),
          createdBy: ctx.actor.accountId,
          createdAt: ctx.now(),
          source: ctx.source,
        },
      })
      await ctx.audit(tx, 'notice.schemeChosen', { pack: packId, from }, wardId)
      return ok(own)
    })
  } catch (error) {
    // The same press a second time.
    if (!isDuplicate(error)) throw error
    const chosen = await schemeFor(ctx.db, wardId, from)
    return chosen.ok ? ok(chosen.value.pack) : chosen
  }
}

function named({ to: _, ...rules }: EvaluationPack, id: string, from: string): EvaluationPack {
  const pack = packSchema.parse({ ...rules, id, from })
  if (pack.kind !== 'evaluation') throw new Error(`${pack.id} is no pack of evaluation`)
  return pack
}

/** A period under the new rules that has results by others in force already. */
async function ratedFrom(
  ctx: Context,
  wardId: number,
  first: Temporal.PlainDate,
  { periods }: EvaluationPack,
): Promise<Period | null> {
  const rows = await ctx.db.noticeEntry.findMany({
    where: { inForce: true, issue: { wardId } },
    distinct: ['period'],
    select: { period: true },
    orderBy: { period: 'asc' },
  })
  const under = (period: Period) =>
    Temporal.PlainDate.compare(lastDay(period), first) >= 0 && (periods?.includes(periodKind(period)) ?? true)
  return (
    rows
      .map(({ period }) => period)
      .filter(isPeriod)
      .find(under) ?? null
  )
}
