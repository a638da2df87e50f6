import { ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type Branch, branchesOf } from '../registry/index.ts'
import { openDraft } from './drafts.ts'

export interface BranchChoice {
  readonly issueId: number
  readonly branches: readonly (Branch & { readonly chosen: boolean })[]
}

/** The branches of the ward with those that a draft is meant for. Fails as {@link openDraft} does. */
export async function branchChoice(ctx: Context, { issueId }: { issueId: number }): Promise<Result<BranchChoice>> {
  const draft = await openDraft(ctx, { issueId, kind: 'plain' })
  if (!draft.ok) return draft
  const branches = await branchesOf(ctx.db, draft.value.wardId, ctx.today())
  const targets = await ctx.db.noticeTarget.findMany({ where: { issueId }, select: { branchId: true } })
  const chosen = new Set(targets.map(({ branchId }) => branchId))
  return ok({ issueId, branches: branches.map((branch) => ({ ...branch, chosen: chosen.has(branch.id) })) })
}

/** Says for some branches, or for all, whether the draft is meant for them. Idempotent. Other wards' branches are left out. */
export async function chooseBranches(
  ctx: Context,
  { issueId, branchIds, chosen }: { issueId: number; branchIds: readonly number[] | 'all'; chosen: boolean },
): Promise<Result<BranchChoice>> {
  const choice = await branchChoice(ctx, { issueId })
  if (!choice.ok) return choice
  const meant = choice.value.branches.map(({ id }) => id).filter((id) => branchIds === 'all' || branchIds.includes(id))
  if (chosen) {
    const data = meant.map((branchId) => ({ issueId, branchId }))
    await ctx.db.noticeTarget.createMany({ data, skipDuplicates: true })
  } else {
    await ctx.db.noticeTarget.deleteMany({ where: { issueId, branchId: { in: meant } } })
  }
  return branchChoice(ctx, { issueId })
}
