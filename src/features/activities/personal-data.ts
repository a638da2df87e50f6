import type { PersonalData } from '../../telegram/feature.ts'

/** The activities that a person was called to, answered, attended, organised or sent photos of. */
export const activitiesData: PersonalData = {
  covers: ['Activity', 'ActivitySeries', 'ActivityCall', 'ActivityPhoto'],
  collect: async (ctx, { personId }) => {
    if (personId === null) return []
    const [calls, organised, series, photos] = await Promise.all([
      ctx.db.activityCall.findMany({
        where: { personId },
        include: { activity: true },
        orderBy: { activityId: 'asc' },
      }),
      ctx.db.activity.findMany({ where: { organiserId: personId }, orderBy: { id: 'asc' } }),
      ctx.db.activitySeries.findMany({ where: { organiserId: personId }, orderBy: { id: 'asc' } }),
      ctx.db.activityPhoto.findMany({ where: { sentById: personId }, include: { activity: true } }),
    ])
    const named = ({ title, place }: { title: string; place: string }) => `${title}; ${place}`
    return [
      ...calls.map(({ activity, attendedAt, joins }) => ({
        what: attendedAt
          ? ('activities:held.present' as const)
          : joins === null
            ? ('activities:held.called' as const)
            : joins
              ? ('activities:held.joins' as const)
              : ('activities:held.declines' as const),
        at: activity.startsAt,
        text: named(activity),
      })),
      ...organised.map((one) => ({ what: 'activities:held.organised' as const, at: one.startsAt, text: named(one) })),
      ...series.map((one) => ({ what: 'activities:held.organised' as const, at: one.createdAt, text: named(one) })),
      ...photos.map(({ at, activity }) => ({ what: 'activities:held.photo' as const, at, text: activity.title })),
    ]
  },
}
