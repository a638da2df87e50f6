import type { Api } from 'grammy'
import type { Services } from '../platform/context.ts'
import type { Metrics, Sample } from '../platform/metrics.ts'
import type { Received } from './intake.ts'
import { queueState } from './queue.ts'

/** What the parts of the bot report while they run. */
export interface Measures {
  received(by: 'polling' | 'webhook', outcome: Received, count: number): void
  handled(outcome: 'done' | 'failed' | 'parked', seconds: number): void
  delivery(outcome: string): void
  ticked(span: { since: Date; until: Date }): void
  /** A tick has found the clock set back. */
  setBack(): void
  /** What fell due and was no longer worth sending. */
  skipped(what: string, count: number): void
}

const handlerSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
/** A tick whose span is longer came late: the one before it was missed. */
const lateAfterMilliseconds = 2 * 60_000

/** Names what is counted, and looks up what stands in the database when somebody asks. */
export function createMeasures(metrics: Metrics, services: Pick<Services, 'database' | 'clock'>, api: Api): Measures {
  const { database, clock } = services
  const received = metrics.counter('lienchi_updates_received_total', 'Updates from Telegram, by way and outcome')
  const handled = metrics.histogram('lienchi_update_seconds', 'Handling of one update, by outcome', handlerSeconds)
  const deliveries = metrics.counter('lienchi_deliveries_total', 'Deliveries tried by this process, by outcome')
  const ticks = metrics.counter('lienchi_ticks_total', 'Spans of the clock done by this process')
  const lateTicks = metrics.counter('lienchi_ticks_late_total', 'Spans that were longer than two minutes')
  const setBacks = metrics.counter(
    'lienchi_clock_set_back_total',
    'Ticks that found the clock earlier than the last one',
  )
  const skipped = metrics.counter('lienchi_skipped_total', 'What fell due and came too late to be sent, by kind')
  const calls = metrics.counter('lienchi_telegram_calls_total', 'Calls to the Bot API, by method and outcome')
  const refusals = metrics.counter(
    'lienchi_presses_refused_total',
    'Presses answered with a window: refused or too old',
  )

  api.config.use(async (previous, method, payload, signal) => {
    if ('show_alert' in payload && payload.show_alert === true) refusals.add()
    try {
      const answer = await previous(method, payload, signal)
      calls.add({ method, outcome: answer.ok ? 'ok' : String(answer.error_code) })
      return answer
    } catch (error) {
      calls.add({ method, outcome: 'broken' })
      throw error
    }
  })

  metrics.gauge('lienchi_updates', 'Updates in the queue, by state', async () =>
    (await queueState(database)).map(({ state, count }) => ({ labels: { state }, value: count })),
  )
  metrics.gauge('lienchi_updates_oldest_seconds', 'Age of the oldest update in the queue, by state', async () =>
    (await queueState(database)).map(({ state, oldest }) => ({ labels: { state }, value: oldest })),
  )
  const waiting = () =>
    database.delivery.groupBy({
      by: ['state'],
      where: { state: { in: ['waiting', 'sending', 'failed', 'unknown'] } },
      _count: true,
      _min: { createdAt: true },
    })
  metrics.gauge('lienchi_deliveries', 'Deliveries that are not done, by state', async () =>
    (await waiting()).map(({ state, _count }) => ({ labels: { state }, value: _count })),
  )
  metrics.gauge('lienchi_deliveries_oldest_seconds', 'Age of the oldest delivery not done, by state', async () =>
    (await waiting()).flatMap(({ state, _min }): Sample[] => {
      const age = _min.createdAt === null ? 0 : Math.max(0, clock.now().getTime() - _min.createdAt.getTime())
      return [{ labels: { state }, value: age / 1000 }]
    }),
  )
  metrics.gauge('lienchi_tick_age_seconds', 'Time since the end of the last span that was done', async () =>
    (await database.clockTick.findMany()).map(({ at }) => ({ value: (clock.now().getTime() - at.getTime()) / 1000 })),
  )

  return {
    received: (by, outcome, count) => received.add({ by, outcome }, count),
    handled: (outcome, seconds) => handled.observe(seconds, { outcome }),
    delivery: (outcome) => deliveries.add({ outcome }),
    setBack: () => setBacks.add(),
    skipped: (what, count) => skipped.add({ what }, count),
    ticked: ({ since, until }) => {
      ticks.add()
      if (until.getTime() - since.getTime() > lateAfterMilliseconds) lateTicks.add()
    },
  }
}
