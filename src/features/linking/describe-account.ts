import type { Context } from '../../platform/context.ts'
import { memberOf } from '../registry/index.ts'
import { asAppointedRole } from './roles.ts'
import type { OwnData } from './screens-consent.ts'

/**
 * What is held about the account that asks: its link, its appointments, its consent. Asks no leave: everybody reads their
 * own data.
 */
export async function describeAccount(ctx: Context, accountName: string): Promise<OwnData> {
  const { accountId } = ctx.actor
  if (accountId === null) throw new Error('only an account asks what is held about it')
  const link = await ctx.db.accountLink.findFirst({ where: { accountId, endedAt: null }, include: { person: true } })
  const member = link && (await memberOf(ctx.db, link.personId, ctx.today()))
  const appointments = await ctx.db.appointment.findMany({
    where: { accountId, to: null },
    include: { ward: true },
    orderBy: { id: 'asc' },
  })
  const consented = [link, ...appointments].find((row) => row?.consentAt)
  return {
    accountName,
    person: link && { fullName: link.person.fullName, branchName: member?.branchName ?? null },
    appointments: appointments.flatMap(({ role, ward }) => {
      const known = asAppointedRole(role)
      return known ? [{ role: known, wardName: ward.name }] : []
    }),
    consent:
      consented?.consentAt && consented.consentVersion
        ? { version: consented.consentVersion, at: consented.consentAt }
        : null,
  }
}
