import { randomUUID } from 'node:crypto'
import { passing } from './checkpoints.ts'
import { monotonic } from './clock.ts'
import type { Context } from './context.ts'
import type { Database } from './database.ts'
import type { Heartbeat } from './heartbeat.ts'
import { createLease } from './lease.ts'
import type { Log } from './log.ts'
import { everyMinute } from './minutes.ts'
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

export const tickName = 'minute'
const renewMilliseconds = 2000
/** A process that died in mid-tick is known as dead after some seconds; what fell due meanwhile need not wait for the minute. */
const lookAgainMilliseconds = 2000
/** A span so short, when the lease was looked at again: whoever held it has just done what fell due. */
const justDone = 30_000
/** Clocks of several machines differ by moments, which nobody needs to hear of. */
const worthSaying = 5000

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
  /** The clock shows an earlier time than the last tick was stored under: set back by so many milliseconds. */
  onSetBack?: (milliseconds: number) => void
  /** Beats with every piece of work, also where another process does it. */
  heartbeat?: Heartbeat
  /** A tick has come to its end, or failed. */
  onEnd?: (isDone: boolean) => void
  /** Measures spans, in milliseconds. */
  realTime?: () => number
}

/**
 * One tick with every full minute, and one at the start, as soon as nobody else holds the lease. Ticks may be missed, so a tick
 * only asks what fell due since the last one that was stored, however long ago; the span is stored as done when every feature
 * has answered. Of several processes the holder of the lease does it. Where it dies in the middle the whole span is asked again:
 * what fell due is written under keys of its own.
 *
 * A clock that shows an earlier time than the last tick was set back, by minutes or, after a wrong year, by years. The count goes
 * on from there at once: what lies between falls due a second time and has its effect once, what was put there meanwhile falls
 * due in time, and nothing waits until the clock is back where it was.
 */
export function startSchedule(parts: ScheduleParts): Schedule {
  const { database, context, dues, log, onTick, onSetBack, onEnd, heartbeat, realTime = monotonic } = parts
  const lease = createLease(database, 'clock', randomUUID(), realTime)
  let running: Promise<void> = Promise.resolve()
  const stopping = new AbortController()
  let again: NodeJS.Timeout | undefined
  let stopped = false

  const once = async (isAgain: boolean) => {
    clearTimeout(again)
    heartbeat?.beat()
    if ((await lease.hold()) === null) {
      if (!stopped) again = setTimeout(() => tick(true), lookAgainMilliseconds)
      return
    }
    const renewal = setInterval(() => void lease.hold().catch(() => {}), renewMilliseconds)
    try {
      const until = context().now()
      const at = await lastTick(database, until)
      if (at > until) await setBack(at, until)
      const span = { since: at < until ? at : until, until }
      if (at.getTime() === until.getTime() || (isAgain && length(span) < justDone)) return
      passing('tick.opened')
      for (const due of dues) {
        passing('tick.asking')
        await due(context(), span, stopping.signal)
        if (stopping.signal.aborted) return
        heartbeat?.beat()
      }
      passing('tick.asked')
      if (await closeSpan(database, span)) onTick?.(span)
      passing('tick.closed')
    } finally {
      clearInterval(renewal)
      await lease.release()
    }
  }

  const setBack = async (at: Date, until: Date) => {
    const milliseconds = at.getTime() - until.getTime()
    await moveTick(database, at, until)
    if (milliseconds < worthSaying) return
    log.error({ seconds: Math.round(milliseconds / 1000), lastTick: at, now: until }, 'the clock was set back')
    onSetBack?.(milliseconds)
  }

  const tick = (isAgain = false) => {
    running = running
      .then(() => once(isAgain))
      .then(
        () => onEnd?.(true),
        (error) => {
          log.error({ err: error }, 'tick')
          onEnd?.(false)
        },
      )
    return running
  }
  const minutes = everyMinute(() => void tick())
  void tick()
  return {
    tick: () => tick(),
    stop: async () => {
      stopped = true
      clearTimeout(again)
      stopping.abort()
      await minutes.stop()
      await running
      clearTimeout(again)
      heartbeat?.end()
    },
  }
}

function length({ since, until }: Span): number {
  return until.getTime() - since.getTime()
}

/** When the last tick was. The first of all begins the count and has nothing behind it. */
async function lastTick(database: Database, now: Date): Promise<Date> {
  const row = await database.clockTick.findUnique({ where: { name: tickName } })
  if (row) return row.at
  try {
    await database.clockTick.create({ data: { name: tickName, at: now } })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  return now
}

/** Stores the span as done, unless another process has done so meanwhile. */
function closeSpan(database: Database, { since, until }: Span): Promise<boolean> {
  return moveTick(database, since, until)
}

async function moveTick(database: Database, from: Date, to: Date): Promise<boolean> {
  const { count } = await database.clockTick.updateMany({ where: { name: tickName, at: from }, data: { at: to } })
  return count === 1
}
