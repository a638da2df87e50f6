import type { Context } from '../../platform/context.ts'
import { consentVersion } from './consent.ts'
import { isProgram } from './leave.ts'

export interface SeedLink {
  personId: number
  accountId: bigint
  accountName: string
}

/**
 * Links many accounts with consent at once, for the ward that the program generates: the rows that accepted invitations
 * leave, without telling anybody. Throws for anybody but the program itself. Asks no leave: the program calls it for the
 * ward that it generates.
 */
export async function seedLinks(ctx: Context, { links }: { links: readonly SeedLink[] }): Promise<void> {
  if (!isProgram(ctx)) throw new Error('only the program itself links in bulk')
  const at = { linkedAt: ctx.now(), consentVersion, consentAt: ctx.now() }
  await ctx.transaction(async (tx) => {
    const rows = await tx.accountLink.createManyAndReturn({
      data: links.map((link) => ({ ...link, ...at })),
      select: { id: true, personId: true, person: { select: { wardId: true } } },
    })
    for (const [wardId, linked] of Map.groupBy(rows, ({ person }) => person.wardId)) {
      const subjects = linked.map(({ id, personId }) => ({ person: personId, link: id, consent: consentVersion }))
      await ctx.audit(tx, 'account.linked', subjects, wardId)
    }
  })
}
