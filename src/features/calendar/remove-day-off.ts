import { may } from '../../domain/access.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'

/** Takes a stretch out of the ward's table; one that is out already stays out. */
export async function removeDayOff(ctx: Context, dayOffId: number): Promise<Result<true>> {
  const row = await ctx.db.dayOff.findUnique({ where: { id: dayOffId } })
  if (!row) return ok(true)
  const leave = may(ctx.actor, 'calendar.edit', { wardId: row.wardId })
  if (!leave.ok) return leave
  return ctx.transaction(async (tx) => {
    await tx.dayOff.deleteMany({ where: { id: dayOffId } })
    await ctx.audit(tx, 'calendar.removed', { dayOff: dayOffId }, row.wardId)
    return ok(true)
  })
}
