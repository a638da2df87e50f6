import type { PersonalData } from '../../telegram/feature.ts'

/** A person's ways from branch to branch, as the ward has followed them. */
export const transfersData: PersonalData = {
  covers: ['Transfer'],
  exempt: { TransferPlan: 'names who of the office has made it; each person in it has a transfer, which is given out' },
  collect: async (ctx, { personId }) => {
    if (personId === null) return []
    const transfers = await ctx.db.transfer.findMany({
      where: { personId },
      include: { from: { select: { name: true } }, to: { select: { name: true } } },
      orderBy: { id: 'asc' },
    })
    return transfers.map(({ kind, state, from, to, toName, instrumentNumber, feesPaidThrough, reason, createdAt }) => ({
      what: 'transfers:held' as const,
      at: createdAt,
      text: [
        ctx.texts.find(`transfers:kinds.${kind}`) ?? kind,
        `${from.name} → ${to?.name ?? toName ?? ''}`,
        ctx.texts.find(`transfers:states.${state}`) ?? state,
        instrumentNumber,
        feesPaidThrough,
        reason,
      ]
        .filter(Boolean)
        .join('; '),
    }))
  },
}
