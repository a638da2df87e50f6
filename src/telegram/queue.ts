import type { Update } from 'grammy/types'
import type { Database, Transaction } from '../platform/database.ts'
import type { Queue } from '../platform/queue.ts'
import { isDataError } from '../platform/sql-state.ts'
import { keepArrivalOrder } from './arrival-order.ts'
import { orderingKey } from './door.ts'
import { forgetWhenDone } from './forget-when-done.ts'
import { takeNoSamples } from './no-samples.ts'

export const updates = 'updates'
/** Updates that failed every time, for an operator to look at: kind and error, and the content until it is re-driven. */
export const parked = 'parked'
const days = 86_400
/** Seconds until an update that failed is tried again, at most. */
export const longestRetryPause = 60

/** Makes the two queues. `updates` is first in, first out for one person; other people run side by side. */
export async function createUpdateQueues(queue: Queue): Promise<void> {
  await queue.createQueue(updates, {
    policy: 'key_strict_fifo',
    // A job that reaches `failed` would block its key for ever, so none does: the worker parks it instead.
    retryLimit: 1_000_000,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: longestRetryPause,
    heartbeatSeconds: 10,
    retentionSeconds: 3650 * days,
    // Less than the week after which an idle bot's update numbers restart at random.
    deleteAfterSeconds: 6 * days,
  })
  await keepArrivalOrder(queue, updates)
  await forgetWhenDone(queue, updates)
  await takeNoSamples(queue)
  await queue.createQueue(parked, { retryLimit: 0, retentionSeconds: 3650 * days })
}

/** Stores a batch. An update stored before is a no-op, so a batch may be stored again after a crash. */
export async function storeUpdates(queue: Queue, botId: number, batch: readonly Update[]): Promise<void> {
  if (batch.length === 0) return
  await queue.insert(
    updates,
    batch.map((update) => ({
      id: jobId(botId, update.update_id),
      data: { ...update },
      singletonKey: orderingKey(update),
    })),
  )
}

/** An update that cannot be kept, and why. */
export interface UnfitUpdate {
  update: Update
  error: unknown
}

/**
 * Stores a batch, and where the database cannot hold something of it one update after another, in their order; answers with those
 * that it cannot hold. Throws what is no fault of an update: then the batch must come again.
 */
export async function storeWhatFits(queue: Queue, botId: number, batch: readonly Update[]): Promise<UnfitUpdate[]> {
  try {
    await storeUpdates(queue, botId, batch)
    return []
  } catch (error) {
    if (!isDataError(error)) throw error
    const [only, ...others] = batch
    if (only && others.length === 0) return [{ update: only, error }]
  }
  const unfit: UnfitUpdate[] = []
  for (const update of batch) unfit.push(...(await storeWhatFits(queue, botId, [update])))
  return unfit
}

/**
 * A UUID made from the bot's and the update's numbers. It makes a repeat a no-op and, since rows of one insert share
 * their time, keeps the order within a batch.
 */
export function jobId(botId: number, updateId: number): string {
  const bot = botId.toString(16).padStart(12, '0')
  const update = updateId.toString(16).padStart(18, '0')
  return `${bot.slice(0, 8)}-${bot.slice(8)}-8${update.slice(0, 3)}-8${update.slice(3, 6)}-${update.slice(6)}`
}

/** Resolves when no stored update waits or runs. */
export async function updatesIdle(database: Database): Promise<void> {
  while ((await openCount(database)) > 0) await new Promise((resolve) => setTimeout(resolve, 10))
}

async function openCount(database: Database): Promise<number> {
  const [row] = await database.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) AS "count" FROM pgboss.job WHERE name = ${updates} AND state IN ('created', 'retry', 'active')`
  return Number(row?.count ?? 0)
}

/** How many stored updates stand where, and for how many seconds the oldest of them. */
export async function queueState(
  database: Database,
): Promise<{ state: 'waiting' | 'running' | 'retrying' | 'parked'; count: number; oldest: number }[]> {
  const rows = await database.$queryRaw<{ name: string; state: string; count: number; oldest: number }[]>`
    SELECT name, state::text AS "state", count(*)::int AS "count",
      GREATEST(0, EXTRACT(EPOCH FROM now() - min(created_on)))::float AS "oldest"
    FROM pgboss.job
    WHERE (name = ${updates} AND state IN ('created', 'retry', 'active')) OR (name = ${parked} AND state = 'created')
    GROUP BY name, state`
  const find = (name: string, state: string) => rows.find((row) => row.name === name && row.state === state)
  const one = <State extends string>(state: State, row: { count: number; oldest: number } | undefined) => ({
    state,
    count: row?.count ?? 0,
    oldest: row?.oldest ?? 0,
  })
  return [
    one('waiting', find(updates, 'created')),
    one('running', find(updates, 'active')),
    one('retrying', find(updates, 'retry')),
    one('parked', find(parked, 'created')),
  ]
}

/**
 * Takes away what the queue still knows of these updates, named by their sources, and of parked ones whose press begins like
 * this. A finished row is kept to recognise a repeat; here its absence is what is wanted.
 */
export async function forgetUpdates(
  db: Database | Transaction,
  sources: readonly string[],
  pressed: string,
): Promise<void> {
  const ids = sources.flatMap((source) => {
    const [botId = '', updateId = ''] = source.split(':')
    return /^\d+:\d+$/.test(source) ? [jobId(Number(botId), Number(updateId))] : []
  })
  await db.$executeRaw`
    DELETE FROM pgboss.job WHERE name IN (${updates}, ${parked}) AND state <> 'active' AND id = ANY(${ids}::uuid[])`
  await db.$executeRaw`
    DELETE FROM pgboss.job WHERE name = ${parked}
      AND starts_with(data->'update'->'callback_query'->>'data', ${pressed})`
}
