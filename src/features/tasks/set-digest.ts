import { branchesWhereMay, may } from '../../domain/access.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type Branch, branchOf } from '../registry/index.ts'

export interface Digest {
  hour: number
  every: 'day' | 'week'
}

/** When the branch's group reads what is open: the hour, each day or each Monday; null for never. */
export async function setDigest(ctx: Context, branchId: number, digest: Digest | null): Promise<Result<true>> {
  const branch = await branchOf(ctx.db, branchId)
  const wardId = branch?.wardId ?? 0
  const leave = may(ctx.actor, 'task.review', { wardId, branchId })
  if (!leave.ok) return leave
  return ctx.transaction(async (tx) => {
    if (digest === null) await tx.taskDigest.deleteMany({ where: { branchId } })
    else await tx.taskDigest.upsert({ where: { branchId }, create: { branchId, ...digest }, update: digest })
    await ctx.audit(tx, 'task.digestSet', { branch: branchId, hour: digest?.hour ?? null }, wardId)
    return ok(true)
  })
}

/** When the branch's group reads it now, for whoever may change that. */
export async function digestOf(ctx: Context, branchId: number): Promise<Result<Digest | null>> {
  const branch = await branchOf(ctx.db, branchId)
  const leave = may(ctx.actor, 'task.review', { wardId: branch?.wardId ?? 0, branchId })
  if (!leave.ok) return leave
  const row = await ctx.db.taskDigest.findUnique({ where: { branchId } })
  return ok(row && { hour: row.hour, every: row.every === 'week' ? 'week' : 'day' })
}

/** The branches for whose groups the actor may set it. */
export async function branchesWithDigest(ctx: Context): Promise<Branch[]> {
  const branches: Branch[] = []
  for (const id of branchesWhereMay(ctx.actor, 'task.review')) {
    const branch = await branchOf(ctx.db, id)
    if (branch) branches.push(branch)
  }
  return branches
}
