import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { Prisma } from '../../platform/prisma/client.ts'
import { compareWithRegister } from './import/compare.ts'
import type { ImportRecord } from './import/ledger.ts'
import { type Counts, changeCount } from './import/plan.ts'
import { loadRegister } from './import/register.ts'
import { registryRows } from './import/rows.ts'
import { writePlan } from './import/write-plan.ts'

export type ConfirmedImport =
  | { kind: 'written'; importId: number; counts: Counts }
  /** Confirmed before: nothing is written a second time. */
  | { kind: 'already'; at: Date }

/**
 * Writes a checked workbook into the register, all of it or nothing. Only who sent it confirms it, and it is checked again
 * against the register as it is now. Fails with `registry.importGone`, `registry.importPutAside` or
 * `registry.registerChanged` (problems that were not there at the preview).
 */
export async function confirmImport(ctx: Context, input: { importId: number }): Promise<Result<ConfirmedImport>> {
  const waiting = await ctx.db.registryImport.findUnique({ where: { id: input.importId } })
  if (!waiting) return fail('registry.importGone')
  const leave = may(ctx.actor, 'registry.import', { wardId: waiting.wardId })
  if (!leave.ok) return leave
  if (waiting.uploadedBy !== (ctx.actor.accountId ?? 0n)) return fail('registry.importOfAnother')
  return ctx.transaction(async (tx) => {
    await oneImportAtATime(tx, waiting.wardId)
    const current = await tx.registryImport.findUniqueOrThrow({ where: { id: waiting.id } })
    if (current.state === 'confirmed') return ok({ kind: 'already', at: current.finishedAt ?? current.createdAt })
    if (current.state !== 'waiting') return fail('registry.importPutAside')
    const register = await loadRegister(tx, waiting.wardId)
    const compared = compareWithRegister(registryRows.parse(current.content), register, ctx.today())
    if (compared.problems.length > 0) return fail('registry.registerChanged', { count: compared.problems.length })
    const undo = await writePlan(tx, waiting.wardId, compared.plan, register, ctx.now())
    await tx.registryImport.update({
      where: { id: waiting.id },
      data: { state: 'confirmed', content: Prisma.DbNull, undo: storable(undo), finishedAt: ctx.now() },
    })
    const rows = changeCount(compared.counts)
    await ctx.audit(tx, 'registry.imported', { import: waiting.id, rows }, waiting.wardId)
    return ok({ kind: 'written', importId: waiting.id, counts: compared.counts })
  })
}

/** Two officers' imports follow one another: each is compared with what the one before has written. */
export async function oneImportAtATime(tx: Transaction, wardId: number): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "Ward" WHERE "id" = ${wardId} FOR UPDATE`
}

function storable(undo: ImportRecord): Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify(undo))
}
