import type { PersonalData } from '../../telegram/feature.ts'

/** A person's plans with what was said of them, by themselves and by the branch; and what they said of others' plans. */
export const plansData: PersonalData = {
  covers: ['SelfPlan', 'PlanProgress', 'PlanRemark'],
  collect: async (ctx, { personId }) => {
    if (personId === null) return []
    const [plans, progress, remarks] = await Promise.all([
      ctx.db.selfPlan.findMany({
        where: { OR: [{ personId }, { decidedById: personId }, { enteredById: personId }] },
        include: { items: { orderBy: { id: 'asc' } } },
        orderBy: { id: 'asc' },
      }),
      ctx.db.planProgress.findMany({
        where: { OR: [{ item: { plan: { personId } } }, { enteredById: personId }] },
        include: { item: true },
        orderBy: [{ month: 'asc' }, { itemId: 'asc' }],
      }),
      ctx.db.planRemark.findMany({
        where: { OR: [{ plan: { personId } }, { byId: personId }] },
        orderBy: { month: 'asc' },
      }),
    ])
    return [
      ...plans.map((plan) => ({
        what: plan.personId === personId ? ('plans:held.plan' as const) : ('plans:held.othersPlan' as const),
        at: plan.createdAt,
        text:
          plan.personId === personId
            ? [String(plan.year), ...plan.items.map(({ text }) => text), plan.remark, plan.summary]
                .filter(Boolean)
                .join('; ')
            : String(plan.year),
      })),
      ...progress.map(({ month, status, note, at, item }) => ({
        what: 'plans:held.progress' as const,
        at,
        text: [month, item.text, status, note].filter(Boolean).join('; '),
      })),
      ...remarks.map(({ month, text, at }) => ({ what: 'plans:held.remark' as const, at, text: `${month}; ${text}` })),
    ]
  },
}
