import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { showCode } from './codes.ts'
import { createCode } from './create-code.ts'

/** Whether anybody keeps a registry yet: a start code is printed only where nobody does. */
export async function hasOfficer(db: Database | Transaction): Promise<boolean> {
  return (await db.appointment.findFirst({ where: { role: 'officer', to: null } })) !== null
}

/**
 * Makes the one-time code that turns its sender into the first officer, as it is printed (`ABCD-2345`). Only its hash is
 * kept, so every start prints a new one and ends the one before. Asks no leave: the program makes it at its start, for
 * whoever administers the machine.
 */
export async function createStartCode(ctx: Context): Promise<string> {
  const code = await ctx.transaction(async (tx) => {
    const open = { kind: 'start', usedAt: null, expiresAt: { gt: ctx.now() } }
    await tx.accessCode.updateMany({ where: open, data: { expiresAt: ctx.now() } })
    await ctx.audit(tx, 'code.created', { kind: 'start' })
    return createCode(ctx, tx, 'start', {})
  })
  return showCode(code)
}
