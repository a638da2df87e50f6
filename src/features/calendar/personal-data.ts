import type { PersonalData } from '../../telegram/feature.ts'

/** Which days off an officer's account has entered. */
export const calendarData: PersonalData = {
  covers: ['DayOff'],
  collect: async (ctx, { accountIds }) => {
    const entered = await ctx.db.dayOff.findMany({
      where: { addedBy: { in: [...accountIds] } },
      orderBy: { id: 'asc' },
    })
    return entered.map(({ name, from }) => ({ what: 'calendar:held.entered' as const, at: from, text: name }))
  },
}
