import { may } from '../../../domain/access.ts'
import { monthOf } from '../../../domain/period.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import { isDuplicate } from '../../../platform/transaction.ts'
import { cadresOf } from '../find-cadres.ts'
import { type Rater, ratersOf } from './own-cadres.ts'

export interface CadreChoice {
  readonly personId: number
  readonly fullName: string
  readonly branchName: string | null
  readonly chosen: boolean
  /** The other leader who rates them. */
  readonly other: Rater | null
}

/** The ward's cadres, with whom the acting leader has chosen to rate. Fails with `notices.noCadres`. */
export async function viewCadreChoice(ctx: Context): Promise<Result<CadreChoice[]>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'notice.evaluation.issue', { wardId })
  if (!leave.ok) return leave
  const cadres = await cadresOf(ctx.db, wardId, { period: monthOf(ctx.today()), today: ctx.today() })
  if (cadres.length === 0) return fail('notices.noCadres')
  const raters = await ratersOf(ctx.db, wardId, ctx.today())
  return ok(
    cadres.map(({ id, fullName, branches: [branch] }) => {
      const rater = raters.get(id) ?? null
      const chosen = rater !== null && rater.id === ctx.actor.personId
      return { personId: id, fullName, branchName: branch?.name ?? null, chosen, other: chosen ? null : rater }
    }),
  )
}

/**
 * The acting leader takes somebody among those they rate, or out of them. Idempotent. Fails with `entries.gone`,
 * `entries.ratedByOther` {name, rater}: nobody is taken from a colleague who leads still.
 */
export async function chooseCadre(
  ctx: Context,
  { personId, chosen }: { personId: number; chosen: boolean },
): Promise<Result<CadreChoice[]>> {
  const choice = await viewCadreChoice(ctx)
  if (!choice.ok) return choice
  const cadre = choice.value.find((one) => one.personId === personId)
  const raterId = ctx.actor.personId
  if (!cadre || raterId === null) return fail('entries.gone')
  if (cadre.other) return fail('entries.ratedByOther', { name: cadre.fullName, rater: cadre.other.fullName })
  if (cadre.chosen === chosen) return choice
  const wardId = ctx.actor.wardId ?? 0
  try {
    await ctx.transaction(async (tx) => {
      // Also ends what somebody chose who leads no more.
      await tx.cadreRater.updateMany({ where: { personId, to: null }, data: { to: ctx.now() } })
      if (chosen) await tx.cadreRater.create({ data: { wardId, personId, raterId, from: ctx.now() } })
      await ctx.audit(tx, 'notice.raterChosen', { person: personId, chosen: Number(chosen) }, wardId)
    })
  } catch (error) {
    // A colleague chose them at the same moment.
    if (!isDuplicate(error)) throw error
  }
  return viewCadreChoice(ctx)
}
