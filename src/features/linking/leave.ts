import { type Action, may, type Target } from '../../domain/access.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'

/** No account stands behind the act: the program itself does it (the ward that is generated, the first start). */
export function isProgram(ctx: Context): boolean {
  return ctx.actor.accountId === null && ctx.actor.personId === null
}

/** Asks the table of permissions; the program itself needs no leave. */
export function leaveFor(ctx: Context, action: Action, target: Target): Result<true> {
  return isProgram(ctx) ? ok(true) : may(ctx.actor, action, target)
}
