import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { Prisma } from '../../platform/prisma/client.ts'

/** An unconfirmed workbook holds people's data, so it is not kept for longer. */
const keptDays = 7
/** What the rows were before an import is people's data too. */
const undoneWithinDays = 30

/**
 * Puts a waiting workbook aside and forgets its rows. Idempotent. Fails with `registry.importConfirmed`. Asks no leave:
 * only whoever sent the workbook finds it.
 */
export async function discardImport(ctx: Context, input: { importId: number }): Promise<Result<true>> {
  const waiting = await ctx.db.registryImport.findUnique({ where: { id: input.importId } })
  if (!waiting) return fail('registry.importGone')
  if (waiting.uploadedBy !== ctx.actor.accountId) return fail('registry.importOfAnother')
  return ctx.transaction(async (tx) => {
    const { count } = await tx.registryImport.updateMany({
      where: { id: waiting.id, state: 'waiting' },
      data: { state: 'discarded', content: Prisma.DbNull, finishedAt: ctx.now() },
    })
    if (count === 0) {
      const { state } = await tx.registryImport.findUniqueOrThrow({ where: { id: waiting.id } })
      return state === 'confirmed' ? fail('registry.importConfirmed') : ok(true)
    }
    await ctx.audit(tx, 'registry.importDiscarded', { import: waiting.id }, waiting.wardId)
    return ok(true)
  })
}

/**
 * Forgets workbooks that nobody has confirmed for a week, and how to undo those confirmed a month ago. Asks no leave: the
 * clock calls it.
 */
export async function discardOldImports(ctx: Context, until: Date): Promise<void> {
  const before = (days: number) => new Date(until.getTime() - days * 86_400_000)
  await ctx.transaction(async (tx) => {
    await tx.registryImport.updateMany({
      where: { state: 'waiting', createdAt: { lt: before(keptDays) } },
      data: { state: 'discarded', content: Prisma.DbNull, finishedAt: ctx.now() },
    })
    await tx.registryImport.updateMany({
      where: { state: 'confirmed', finishedAt: { lt: before(undoneWithinDays) } },
      data: { undo: Prisma.DbNull },
    })
  })
}
