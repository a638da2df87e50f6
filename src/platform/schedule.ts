import { schedule } from 'node-cron'
import type { Context } from './context.ts'
import type { Log } from './log.ts'

/** What a feature does for a span of time. */
export type Due = (context: Context, span: { since: Date; until: Date }) => Promise<void>

const tickName = 'minute'

export interface Schedule {
  /** Does now what fell due since the stored last tick. */
  tick(): Promise<void>
  stop(): Promise<void>
}

/**
 * One tick a minute. node-cron keeps nothing and may miss ticks, so a tick only asks what fell due since the last one that
 * was stored, however long ago; the span is stored as done when every feature has answered.
 */
export function startSchedule(context: () => Context, dues: readonly Due[], log: Log): Schedule {
  let running: Promise<void> = Promise.resolve()
  const once = async () => {
    const ctx = context()
    const until = ctx.now()
    const row = await ctx.db.clockTick.findUnique({ where: { name: tickName } })
    const since = row?.at ?? until
    if (row && since >= until) return
    for (const due of dues) await due(ctx, { since, until })
    await ctx.db.clockTick.upsert({
      where: { name: tickName },
      create: { name: tickName, at: until },
      update: { at: until },
    })
  }
  const tick = () => {
    running = running.then(once).catch((error) => log.error({ err: error }, 'tick'))
    return running
  }
  const task = schedule('* * * * *', tick, {
    timezone: 'Asia/Ho_Chi_Minh',
    // A missed tick is nothing to warn of: the next one asks for the whole span.
    suppressMissedWarning: true,
  })
  return {
    tick,
    stop: async () => {
      await task.stop()
      await running
    },
  }
}
