import type { Database } from '../platform/database.ts'
import { createTrouble, type Illness, illnesses, keepLooking } from '../platform/health.ts'
import { createHeartbeat, type Heartbeat } from '../platform/heartbeat.ts'
import { watchLoopLag } from '../platform/loop-lag.ts'
import type { Metrics } from '../platform/metrics.ts'
import { hasTakeableUpdate } from './backlog.ts'
import type { Courier } from './courier.ts'
import type { Failure } from './failures.ts'
import type { Budget } from './pace.ts'

/** What the parts tell of their work, and what follows from it: whether the program does what it is there for. */
export interface Vitals {
  readonly beats: {
    readonly courier: Heartbeat
    readonly worker: Heartbeat
    readonly intake: Heartbeat
    readonly clock: Heartbeat
  }
  /** Telegram was asked for updates, and has answered or not. */
  polled(isAnswered: boolean): void
  /** What came was stored, or could not be. */
  received(isStored: boolean): void
  /** An update was taken from the queue. */
  taken(): void
  /** What became of a sending. */
  settled(outcome: 'sent' | Failure['kind']): void
  /** A tick has come to its end, or failed. */
  ticked(isDone: boolean): void
  /** Looks every few seconds at what waits. */
  watch(courier: Courier): void
  /** None, as long as all is well. */
  illnesses(): Illness[]
  stop(): Promise<void>
}

export interface VitalsParts {
  database: Database
  metrics: Metrics
  budget: Budget
  /** Whether the program polls; behind a webhook there is no loop for it. */
  polls: boolean
  /** How many milliseconds something may go wrong in a row before it is an illness: a minute. */
  longestTrouble?: number
}

/** The loops beat with every round that succeeds; a poll takes half a minute, a call that hangs a whole one, a tick may take minutes. */
const silences = { courier: 60_000, worker: 60_000, intake: 120_000, clock: 300_000 }
const lookMilliseconds = 5000
/** A loop that is held for so long holds everybody. */
const longestLag = 10_000
/** Ticks come once a minute: three in a row. */
const ticksInTrouble = 3
/** Sendings that did not come to Telegram, or not for certain. */
const unanswered: ReadonlySet<string> = new Set(['notSent', 'unknown', 'shutOut'] satisfies Failure['kind'][])

export function createVitals({ database, metrics, budget, polls, longestTrouble = 60_000 }: VitalsParts): Vitals {
  const beats = {
    courier: createHeartbeat('courier', silences.courier),
    worker: createHeartbeat('worker', silences.worker),
    intake: createHeartbeat('intake', silences.intake),
    clock: createHeartbeat('clock', silences.clock),
  }
  const trouble = {
    polling: createTrouble(longestTrouble),
    storing: createTrouble(longestTrouble),
    taking: createTrouble(longestTrouble),
    sending: createTrouble(longestTrouble),
    ticking: createTrouble(ticksInTrouble * longestTrouble),
  }
  const lag = watchLoopLag()
  let stopLooking = async () => {}

  const isIll: Record<Illness, () => boolean> = {
    courierSilent: () => !beats.courier.isAlive(),
    workerSilent: () => !beats.worker.isAlive(),
    intakeSilent: () => polls && !beats.intake.isAlive(),
    clockSilent: () => !beats.clock.isAlive() || trouble.ticking.isLasting(),
    intakeFailing: () => !budget.isShut && trouble.polling.isLasting(),
    shutOut: () => budget.isShut,
    notStored: () => trouble.storing.isLasting(),
    updatesWaiting: () => !budget.isShut && trouble.taking.isLasting(),
    deliveriesWaiting: () => !budget.isShut && trouble.sending.isLasting(),
    loopBlocked: () => lag.longest() > longestLag,
  }
  metrics.gauge('lienchi_ill', 'Why the program does not do its work, 1 for each reason that holds', () =>
    illnesses.map((reason) => ({ labels: { reason }, value: Number(isIll[reason]()) })),
  )
  metrics.gauge('lienchi_event_loop_lag_seconds', 'Longest time within a minute in which nobody was answered', () => [
    { value: lag.longest() / 1000 },
  ])

  return {
    beats,
    polled: (isAnswered) => (isAnswered ? trouble.polling.good() : trouble.polling.bad()),
    received: (isStored) => (isStored ? trouble.storing.good() : trouble.storing.bad()),
    taken: () => trouble.taking.good(),
    settled: (outcome) => (unanswered.has(outcome) ? trouble.sending.bad() : trouble.sending.good()),
    ticked: (isDone) => (isDone ? trouble.ticking.good() : trouble.ticking.bad()),
    watch: (courier) => {
      stopLooking = keepLooking(Math.min(lookMilliseconds, longestTrouble / 4), async () => {
        if (await hasTakeableUpdate(database)) trouble.taking.bad()
        else trouble.taking.good()
        const backlog = await courier.backlog()
        if (backlog === 'ready') trouble.sending.bad()
        if (backlog === 'none') trouble.sending.good()
      })
    },
    illnesses: () => illnesses.filter((reason) => isIll[reason]()),
    stop: async () => {
      await stopLooking()
      lag.stop()
    },
  }
}
