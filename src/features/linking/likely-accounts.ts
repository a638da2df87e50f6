import type { Context } from '../../platform/context.ts'
import { holdingOn, leadingPosts } from '../registry/index.ts'

/**
 * The accounts most likely to be in a branch's group: those known inside, members of now and before, holders of its posts.
 * Asks no leave: nobody is shown them.
 */
export async function accountsNear(
  ctx: Context,
  { chatId, branchId }: { chatId: bigint; branchId: number },
): Promise<bigint[]> {
  const inside = await ctx.db.groupAccount.findMany({ where: { chatId, endedAt: null }, select: { accountId: true } })
  const links = await ctx.db.accountLink.findMany({
    where: {
      endedAt: null,
      consentAt: { not: null },
      person: {
        OR: [
          { memberships: { some: { organisationId: branchId } } },
          { positions: { some: { organisationId: branchId, ...holdingOn(ctx.today()) } } },
        ],
      },
    },
    select: { accountId: true },
  })
  return [...inside, ...links].map(({ accountId }) => accountId)
}

/** The accounts of those who may be in any group of the branch's ward: its leaders and officers. Asks no leave: nobody is shown them. */
export async function accountsOfWard(ctx: Context, branchId: number): Promise<bigint[]> {
  const { wardId } = await ctx.db.organisation.findUniqueOrThrow({ where: { id: branchId }, select: { wardId: true } })
  const officers = await ctx.db.appointment.findMany({
    where: { wardId, role: 'officer', to: null },
    select: { accountId: true },
  })
  const leaders = await ctx.db.accountLink.findMany({
    where: {
      endedAt: null,
      consentAt: { not: null },
      person: {
        wardId,
        positions: { some: { organisationId: null, post: { in: [...leadingPosts] }, ...holdingOn(ctx.today()) } },
      },
    },
    select: { accountId: true },
  })
  return [...officers, ...leaders].map(({ accountId }) => accountId)
}
