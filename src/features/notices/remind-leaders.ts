import { dayAt } from '../../domain/dates.ts'
import { dayOfMonth, morningOf, morningsIn } from '../../domain/mornings.ts'
import { monthOf } from '../../domain/period.ts'
import type { Context } from '../../platform/context.ts'
import { privateChatsOf } from '../linking/index.ts'
import { holdingOn, leadingPosts } from '../registry/index.ts'
import { enteredIn, ratersOf } from './entry/own-cadres.ts'
import { cadresOf } from './find-cadres.ts'
import { resultsInForce } from './find-results.ts'
import { entryMessage } from './reminder-screens.ts'
import { type NoticeSettings, settingsOfWards } from './settings.ts'

/** The days of a month's rhythm on which leaders hear of it. */
const rhythm = ['entryDay', 'issueDay'] as const
/** A month's reminder that is later than this is the next month's affair. */
const lateDays = 7

/**
 * On the ward's day of entry tells each leader how many of those they rate have nothing entered yet, and on its day of issue
 * how many cadres have no result of the month; nobody who has none left. Each once a month, late after a time without the program. Asks no leave: the clock calls it.
 */
export async function remindLeaders(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  const oldest = dayAt(span.until).subtract({ days: lateDays })
  const mornings = morningsIn(span).filter((day) => Temporal.PlainDate.compare(day, oldest) >= 0)
  if (mornings.length === 0) return
  for (const [wardId, settings] of await settingsOfWards(ctx.db)) {
    for (const day of mornings) {
      for (const name of rhythm) if (isThatDay(settings, name, day)) await remind(ctx, wardId, name, day)
    }
  }
}

/** When leaders hear of it next, in whichever ward comes first. Asks no leave: it tells a moment only. */
export async function nextRhythm(ctx: Context): Promise<Date | null> {
  const months = [ctx.today().toPlainYearMonth(), ctx.today().toPlainYearMonth().add({ months: 1 })]
  const moments = [...(await settingsOfWards(ctx.db)).values()].flatMap((settings) =>
    rhythm.flatMap((name) =>
      settings[name] === 0 ? [] : months.map((month) => morningOf(dayOfMonth(month, settings[name]))),
    ),
  )
  const coming = moments.filter((moment) => moment > ctx.now()).sort((a, b) => a.getTime() - b.getTime())
  return coming[0] ?? null
}

function isThatDay(settings: NoticeSettings, name: (typeof rhythm)[number], day: Temporal.PlainDate): boolean {
  return settings[name] !== 0 && dayOfMonth(day.toPlainYearMonth(), settings[name]).equals(day)
}

async function remind(
  ctx: Context,
  wardId: number,
  name: (typeof rhythm)[number],
  day: Temporal.PlainDate,
): Promise<void> {
  const period = monthOf(day)
  const rated = new Set((await resultsInForce(ctx.db, wardId, period)).map(({ personId }) => personId))
  const missing = (await cadresOf(ctx.db, wardId, { period, today: ctx.today() })).filter(({ id }) => !rated.has(id))
  if (missing.length === 0) return
  const leaders = await ctx.db.position.findMany({
    where: { wardId, organisationId: null, post: { in: [...leadingPosts] }, ...holdingOn(ctx.today()) },
    distinct: ['personId'],
    select: { personId: true },
  })
  const raters = await ratersOf(ctx.db, wardId, ctx.today())
  const entered = await enteredIn(ctx.db, wardId, period)
  const leftTo = (leaderId: number): number => {
    if (name === 'issueDay') return missing.length
    const hasChosen = [...raters.values()].some(({ id }) => id === leaderId)
    const own = missing.filter(({ id }) => raters.get(id)?.id === (hasChosen ? leaderId : undefined))
    return own.filter(({ id }) => !entered.has(id)).length
  }
  await ctx.transaction(async (tx) => {
    const chats = await privateChatsOf(
      tx,
      leaders.map(({ personId }) => personId),
    )
    for (const [personId, chatId] of chats) {
      const left = leftTo(personId)
      if (left === 0) continue
      const message = entryMessage(ctx.texts, name, period, left)
      await ctx.deliver(tx, { chatId, message, key: `rhythm:${wardId}:${period}:${name}:${chatId}` })
    }
  })
}
