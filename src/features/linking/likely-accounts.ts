import type { Context } from '../../platform/context.ts'
import { holdingOn, leadingPosts } from '../registry/index.ts'
import type { Place } from './places.ts'

/**
 * The accounts most likely to be in a place's group: those known inside; of a branch, members of now and before and holders
 * of its posts; of the ward, whoever holds or held a post of it. Asks no leave: nobody is shown them.
 */
export async function accountsNear(
  ctx: Context,
  { chatId, branchId, wardId }: Place & { chatId: bigint },
): Promise<bigint[]> {
  const inside = await ctx.db.groupAccount.findMany({ where: { chatId, endedAt: null }, select: { accountId: true } })
  const links = await ctx.db.accountLink.findMany({
    where: {
      endedAt: null,
      consentAt: { not: null },
      person:
        branchId === null
          ? { positions: { some: { wardId, organisationId: null } } }
          : {
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

/** The accounts of those who may be in any group of the ward: its leaders and officers. Asks no leave: nobody is shown them. */
export async function accountsOfWard(ctx: Context, wardId: number): Promise<bigint[]> {
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
