import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type PersonResult, resultsOfPerson } from './person-results.ts'

/** The acting person's own results in force, newest first. Fails with `notices.noOwnResults`. */
export async function viewOwnResults(ctx: Context): Promise<Result<PersonResult[]>> {
  const { personId, wardId } = ctx.actor
  if (personId === null) return fail('notices.noOwnResults')
  const leave = may(ctx.actor, 'notice.viewDetail', { wardId: wardId ?? 0, personId })
  if (!leave.ok) return leave
  const results = await resultsOfPerson(ctx.db, personId)
  return results.length > 0 ? ok(results) : fail('notices.noOwnResults')
}
