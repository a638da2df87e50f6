import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type Branch, branchOf } from '../registry/index.ts'
import { createCode } from './create-code.ts'
import { leaveFor } from './leave.ts'

/** Makes the one-time code by which a group is connected to the branch within a day. */
export async function createGroupCode(
  ctx: Context,
  { branchId }: { branchId: number },
): Promise<Result<{ code: string; branch: Branch }>> {
  const branch = await branchOf(ctx.db, branchId)
  if (!branch) return fail('linking.branchUnknown')
  const leave = leaveFor(ctx, 'link.group', { wardId: branch.wardId, branchId })
  if (!leave.ok) return leave
  return ctx.transaction(async (tx) => {
    const code = await createCode(ctx, tx, 'group', { wardId: branch.wardId, organisationId: branchId })
    await ctx.audit(tx, 'code.created', { kind: 'group', branch: branchId }, branch.wardId)
    return ok({ code, branch })
  })
}
