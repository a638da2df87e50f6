import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { createCode } from './create-code.ts'
import { leaveFor } from './leave.ts'
import type { AppointedRole } from './roles.ts'

/** Makes the one-time code that appoints whoever sends it and accepts the notice on personal data. */
export async function createAppointmentCode(
  ctx: Context,
  { role }: { role: AppointedRole },
): Promise<Result<{ code: string }>> {
  const { wardId } = ctx.actor
  if (wardId === null) return fail('access.denied', { action: 'ward.appoint' })
  const leave = leaveFor(ctx, 'ward.appoint', { wardId })
  if (!leave.ok) return leave
  return ctx.transaction(async (tx) => {
    const code = await createCode(ctx, tx, role, { wardId })
    await ctx.audit(tx, 'code.created', { kind: role }, wardId)
    return ok({ code })
  })
}
