import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { Prisma } from '../../platform/prisma/client.ts'
import { oneImportAtATime } from './confirm-import.ts'
import {
  digestOf,
  type ImportRecord,
  importRecord,
  overwrite,
  referencesTo,
  registryTables,
  remove,
} from './import/ledger.ts'

/**
 * Takes back an import, all of it, for who confirmed it: what it made goes, what it changed is as it was. Only while nothing
 * has happened to its rows since: no later change, and nothing more that refers to its people and branches. Idempotent.
 * Fails with `registry.importGone`, `registry.importOfAnother`, `registry.undoOver` or `registry.undoUsed`.
 */
export async function undoImport(ctx: Context, input: { importId: number }): Promise<Result<true>> {
  const row = await ctx.db.registryImport.findUnique({ where: { id: input.importId } })
  if (!row) return fail('registry.importGone')
  const leave = may(ctx.actor, 'registry.import', { wardId: row.wardId })
  if (!leave.ok) return leave
  if (row.uploadedBy !== (ctx.actor.accountId ?? 0n)) return fail('registry.importOfAnother')
  return ctx.transaction(async (tx) => {
    await oneImportAtATime(tx, row.wardId)
    const { state, undo } = await tx.registryImport.findUniqueOrThrow({ where: { id: row.id } })
    if (state === 'undone') return ok(true)
    if (state !== 'confirmed' || undo === null) return fail('registry.undoOver')
    const record = importRecord.parse(undo)
    if (await isUsed(tx, record)) return fail('registry.undoUsed')
    await takeBack(tx, record)
    await tx.registryImport.update({
      where: { id: row.id },
      data: { state: 'undone', undo: Prisma.DbNull },
    })
    await ctx.audit(tx, 'registry.importUndone', { import: row.id }, row.wardId)
    return ok(true)
  })
}

async function isUsed(tx: Transaction, record: ImportRecord): Promise<boolean> {
  if ((await digestOf(tx, record)) !== record.digest) return true
  const references = await referencesTo(tx, record)
  return Object.entries(references).some(([place, count]) => count !== (record.references[place] ?? 0))
}

async function takeBack(tx: Transaction, { created, before }: ImportRecord): Promise<void> {
  for (const table of registryTables.toReversed()) await remove(tx, table, created[table] ?? [])
  for (const table of registryTables) {
    const rows = before[table] ?? []
    await overwrite(
      tx,
      table,
      rows.filter(({ to }) => to !== null && to !== undefined),
    )
    await overwrite(
      tx,
      table,
      rows.filter(({ to }) => to === null || to === undefined),
    )
  }
}
