import { randomUUID } from 'node:crypto'
import { schedule } from 'node-cron'
import { passing } from './checkpoints.ts'
import type { Context } from './context.ts'
import type { Database } from './database.ts'
import { createLease } from './lease.ts'
import type { Log } from './log.ts'
import { isDuplicate } from './transaction.ts'

export interface Span {
  since: Date
  until: Date
}

/**
 * What a feature does for a span of time. The program ends when `signal` is given: whoever works in pieces leaves the rest, the
 * span is asked again.
 */
export type Due = (context: Context, span: Span, signal?: AbortSignal) => Promise<void>

const tickName = 'minute'
const renewMilliseconds = 2000
/** A process that died in mid-tick holds the lease for some seconds more; what fell due meanwhile need not wait for the minute. */
const tryAgainMilliseconds = 3000

export interface Schedule {
  /** Does now what fell due since the stored last tick. */
  tick(): Promise<void>
  stop(): Promise<void>
}

export interface ScheduleParts {
  database: Database
  context: () => Context
  dues: readonly Due[]
  log: Log
  /** A span has been done. */
  onTick?: (span: Span) => void
}

/**
 * One tick a minute, and one at the start, as soon as nobody else holds the lease. node-cron keeps nothing and may miss ticks, so a tick only asks what fell due since
 * the last one that was stored, however long ago; the span is stored as done when every feature has answered. Of several
 * processes the holder of the lease does it. Where it dies in the middle the whole span is asked again: what fell due is
 * written under keys of its own.
 */
export function startSchedule({ database, context, dues, log, onTick }: ScheduleParts): Schedule {
  const lease = createLease(database, 'clock', randomUUID())
  let running: Promise<void> = Promise.resolve()

  const stopping = new AbortController()
  let again: NodeJS.Timeout | undefined
  let isFirst = true

  const once = async () => {
    if ((await lease.hold()) === null) {
      clearTimeout(again)
      if (isFirst) again = setTimeout(tick, tryAgainMilliseconds)
      return
    }
    isFirst = false
    const renewal = setInterval(() => void lease.hold().catch(() => {}), renewMilliseconds)
    try {
      const span = await openSpan(database, context().now())
      if (span === null) return
      passing('tick.opened')
      for (const due of dues) {
        passing('tick.asking')
        await due(context(), span, stopping.signal)
        if (stopping.signal.aborted) return
      }
      passing('tick.asked')
      if (await closeSpan(database, span)) onTick?.(span)
      passing('tick.closed')
    } finally {
      clearInterval(renewal)
      await lease.release()
    }
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
  void tick()
  return {
    tick,
    stop: async () => {
      isFirst = false
      clearTimeout(again)
      stopping.abort()
      await task.stop()
      await running
    },
  }
}

/** What has not been done yet; null where nothing has. The first tick of all begins the count and has nothing behind it. */
async function openSpan(database: Database, until: Date): Promise<Span | null> {
  const row = await database.clockTick.findUnique({ where: { name: tickName } })
  if (row) return row.at < until ? { since: row.at, until } : null
  try {
    await database.clockTick.create({ data: { name: tickName, at: until } })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  return null
}

/** Stores the span as done, unless another process has done so meanwhile. */
async function closeSpan(database: Database, { since, until }: Span): Promise<boolean> {
  const { count } = await database.clockTick.updateMany({ where: { name: tickName, at: since }, data: { at: until } })
  return count === 1
}
