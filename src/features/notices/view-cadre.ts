import { may } from '../../domain/access.ts'
import { compareNames } from '../../domain/names.ts'
import { monthOf } from '../../domain/period.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type Candidate, cadresOf } from './find-cadres.ts'
import { type PersonResult, resultsOfPerson } from './person-results.ts'

export interface CadreView {
  readonly personId: number
  readonly name: string
  readonly results: readonly PersonResult[]
  /** The newest result on which the acting person may write the branch's remark. */
  readonly remarkable: PersonResult | null
}

/** The cadres whose both sides the acting person may see: a leader the ward's, a branch committee its own. */
async function listCadres(ctx: Context): Promise<Result<Candidate[]>> {
  const wardId = ctx.actor.wardId ?? 0
  const cadres = await cadresOf(ctx.db, wardId, { period: monthOf(ctx.today()), today: ctx.today() })
  const seen = cadres.filter(
    ({ branches: [branch] }) =>
      may(ctx.actor, 'notice.viewCadre', { wardId, ...(branch ? { branchId: branch.id } : {}) }).ok,
  )
  return seen.length > 0
    ? ok(seen.toSorted((a, b) => compareNames(a.fullName, b.fullName)))
    : fail('notices.noCadresHere')
}

/** The same as a list to look through: that it was read is recorded. */
export async function readCadres(ctx: Context): Promise<Result<Candidate[]>> {
  const listed = await listCadres(ctx)
  if (listed.ok) await ctx.auditRead('notice.cadresListed', { count: listed.value.length }, ctx.actor.wardId ?? 0)
  return listed
}

/**
 * Both sides of a cadre: the ward's results and what the branch says; that they were read is recorded.
 * A branch sees the results that were meant for it. Fails with `notices.noCadresHere`.
 */
export async function viewCadre(ctx: Context, { personId }: { personId: number }): Promise<Result<CadreView>> {
  const wardId = ctx.actor.wardId ?? 0
  const listed = await listCadres(ctx)
  if (!listed.ok) return listed
  const cadre = listed.value.find(({ id }) => id === personId)
  if (!cadre) return fail('notices.noCadresHere')
  const maySee = ({ readers }: PersonResult) =>
    may(ctx.actor, 'notice.viewCadre', { wardId }).ok ||
    readers.some((branchId) => may(ctx.actor, 'notice.viewCadre', { wardId, branchId }).ok)
  const results = (await resultsOfPerson(ctx.db, personId)).filter(maySee)
  const mayRemark = ({ branchId }: PersonResult) =>
    branchId !== null && may(ctx.actor, 'notice.remark', { wardId, branchId }).ok
  await ctx.transaction((tx) =>
    ctx.audit(tx, 'notice.cadreViewed', { person: personId, results: results.length }, wardId),
  )
  return ok({ personId, name: cadre.fullName, results, remarkable: results.find(mayRemark) ?? null })
}
