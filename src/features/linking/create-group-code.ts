import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { inAudit } from './connect-group.ts'
import { createCode } from './create-code.ts'
import { leaveToConnect, type Place, type PlaceKey, placeOf } from './places.ts'

/** Makes the one-time code by which a group is connected to the branch, or to the ward itself, within a day. */
export async function createGroupCode(ctx: Context, key: PlaceKey): Promise<Result<{ code: string; place: Place }>> {
  const place = await placeOf(ctx.db, key)
  if (!place) return fail('linking.branchUnknown')
  const leave = leaveToConnect(ctx, place)
  if (!leave.ok) return leave
  const { wardId, branchId } = place
  const subject = branchId === null ? { wardId } : { wardId, organisationId: branchId }
  return ctx.transaction(async (tx) => {
    const code = await createCode(ctx, tx, 'group', subject)
    await ctx.audit(tx, 'code.created', { kind: 'group', ...inAudit(place) }, wardId)
    return ok({ code, place })
  })
}
