import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { leaveFor } from './leave.ts'
import { asAppointedRole } from './roles.ts'
import type { AppointmentView } from './screens-appointments.ts'

/** The ward's open appointments, by the person's name where the account speaks for one. */
export async function listAppointments(ctx: Context): Promise<Result<AppointmentView[]>> {
  const { wardId } = ctx.actor
  if (wardId === null) return fail('access.denied', { action: 'ward.appoint' })
  const leave = leaveFor(ctx, 'ward.appoint', { wardId })
  if (!leave.ok) return leave
  const open = await ctx.db.appointment.findMany({
    where: { wardId, to: null },
    orderBy: [{ role: 'asc' }, { id: 'asc' }],
  })
  const links = await ctx.db.accountLink.findMany({
    where: { accountId: { in: open.map(({ accountId }) => accountId) }, endedAt: null },
    select: { accountId: true, person: { select: { fullName: true } } },
  })
  const names = new Map(links.map(({ accountId, person }) => [accountId, person.fullName]))
  return ok(
    open.flatMap(({ id, role, accountId, accountName }) => {
      const known = asAppointedRole(role)
      return known ? [{ id, role: known, name: names.get(accountId) ?? accountName }] : []
    }),
  )
}
