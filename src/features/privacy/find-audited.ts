import { may } from '../../domain/access.ts'
import { parseDate } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import { titleKey } from '../../domain/vocabulary.ts'
import type { Context } from '../../platform/context.ts'
import { branchesOf, findMembers } from '../registry/index.ts'
import type { AuditFilter } from './view-audit.ts'

export interface Audited {
  label: string
  filter: AuditFilter
}

/**
 * What a day, the name or number of a person, or the name of a branch means in the record: one filter, or several to choose
 * from. Fails with `privacy.nothingFound`.
 */
export async function findAudited(ctx: Context, query: string): Promise<Result<Audited[]>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'audit.view', { wardId })
  if (!leave.ok) return leave
  const day = parseDate(query)
  if (day.ok && day.value.kind === 'day') return ok([{ label: query, filter: { by: 'day', on: day.value.date } }])
  const key = ` ${titleKey(query)} `
  const branches = (await branchesOf(ctx.db, wardId, ctx.today())).filter(
    ({ name, code }) => ` ${titleKey(name)} `.includes(key) || ` ${titleKey(code)} ` === key,
  )
  const people = await findMembers(ctx.db, { wardId }, query, ctx.today())
  const found: Audited[] = [
    ...branches.map(({ id, name }) => ({ label: name, filter: { by: 'branch' as const, id } })),
    ...people.map(({ id, fullName, branchName }) => ({
      label: `${fullName}, ${branchName}`,
      filter: { by: 'person' as const, id },
    })),
  ]
  return found.length === 0 ? fail('privacy.nothingFound', { query: query.slice(0, 40) }) : ok(found)
}
