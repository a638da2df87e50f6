import { may } from '../../../domain/access.ts'
import { compareNames } from '../../../domain/names.ts'
import type { Period } from '../../../domain/period.ts'
import { ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import { privateChatsOf } from '../../linking/index.ts'
import { inForceOf } from '../find-results.ts'
import { entryContext } from './entry-context.ts'

/** How far one leader is with a period. */
export interface RaterProgress {
  /** Null for the cadres whom no leader has chosen. */
  readonly name: string | null
  readonly of: number
  /** Whose result is entered, by whomever, or issued. */
  readonly done: number
  readonly handedOver: boolean
}

export interface RatersView {
  readonly period: Period
  readonly raters: readonly RaterProgress[]
  /** Sheets that wait to be taken in: handed over, with something on them. */
  readonly waiting: number
  readonly mayIssue: boolean
}

/** Who has entered a period's results and who has not. Fails as `entryContext` does. */
export async function viewRaters(ctx: Context, { period }: { period: Period }): Promise<Result<RatersView>> {
  const found = await entryContext(ctx, period)
  if (!found.ok) return found
  const { wardId, cadres, raters } = found.value
  const sheets = await ctx.db.entrySheet.findMany({
    where: { wardId, period },
    include: { results: { where: { level: { not: null } }, select: { personId: true } } },
  })
  const ids = cadres.map(({ id }) => id)
  const done = new Set([
    ...sheets.flatMap(({ results }) => results.map(({ personId }) => personId)),
    ...(await inForceOf(ctx, period, ids)).keys(),
  ])
  const handedOver = sheets.filter((sheet) => sheet.handedOverAt !== null && sheet.results.length > 0)
  const chosenBy = Map.groupBy(cadres, ({ id }) => raters.get(id)?.id ?? null)
  const accounts = await privateChatsOf(
    ctx.db,
    [...chosenBy.keys()].filter((id) => id !== null),
  )
  const progress = [...chosenBy].map(([raterId, people]): RaterProgress => {
    const account = raterId === null ? undefined : accounts.get(raterId)
    return {
      name: raterId === null ? null : (raters.get(people[0]?.id ?? 0)?.fullName ?? ''),
      of: people.length,
      done: people.filter(({ id }) => done.has(id)).length,
      handedOver: handedOver.some(({ accountId }) => accountId === account),
    }
  })
  const byName = (a: RaterProgress, b: RaterProgress) =>
    Number(a.name === null) - Number(b.name === null) || compareNames(a.name ?? '', b.name ?? '')
  const mayIssue = may(ctx.actor, 'notice.evaluation.issue', { wardId }).ok
  return ok({ period, raters: progress.sort(byName), waiting: handedOver.length, mayIssue })
}
