import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { titleOf } from '../registry/index.ts'

/** In whose name, and in which post, something is issued. */
export interface Issuer {
  readonly personId: number
  readonly name: string
  readonly title: string
}

/**
 * The acting person with the post they hold today. Fails with `notices.noPost`: nothing is issued without one. Asks no
 * leave: it reads the post of whoever acts.
 */
export async function issuerOf(ctx: Context): Promise<Result<Issuer>> {
  const { personId, name } = ctx.actor
  if (personId === null || name === null) return fail('notices.noPost')
  const title = await titleOf(ctx.db, personId, ctx.today())
  return title === null ? fail('notices.noPost') : ok({ personId, name, title })
}
