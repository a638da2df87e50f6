import type { Update } from 'grammy/types'
import type { JobWithMetadata } from 'pg-boss'
import { passing } from '../platform/checkpoints.ts'
import type { Database, OpenDatabase, Transaction } from '../platform/database.ts'
import type { Log } from '../platform/log.ts'
import { withoutContent } from '../platform/log.ts'
import type { Queue } from '../platform/queue.ts'
import { keepArrivalOrder } from './arrival-order.ts'
import { orderingKey } from './door.ts'

export const updates = 'updates'
/** Updates that failed every time, for an operator to look at: kind and error, and the content until it is re-driven. */
export const parked = 'parked'
const attemptsBeforeParking = 5
const days = 86_400

/** Makes the two queues. `updates` is first in, first out for one person; other people run side by side. */
export async function createUpdateQueues(queue: Queue): Promise<void> {
  await queue.createQueue(updates, {
    policy: 'key_strict_fifo',
    notify: true,
    // A job that reaches `failed` would block its key for ever, so none does: the worker parks it instead.
    retryLimit: 1_000_000,
    retryDelay: 1,
    retryBackoff: true,
    retryDelayMax: 60,
    heartbeatSeconds: 10,
    retentionSeconds: 3650 * days,
    // Less than the week after which an idle bot's update numbers restart at random.
    deleteAfterSeconds: 6 * days,
  })
  await keepArrivalOrder(queue, updates)
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

/**
 * A UUID made from the bot's and the update's numbers. It makes a repeat a no-op and, since rows of one insert share
 * their time, keeps the order within a batch.
 */
export function jobId(botId: number, updateId: number): string {
  const bot = botId.toString(16).padStart(12, '0')
  const update = updateId.toString(16).padStart(18, '0')
  return `${bot.slice(0, 8)}-${bot.slice(8)}-8${update.slice(0, 3)}-8${update.slice(3, 6)}-${update.slice(6)}`
}

export interface UpdateWorker {
  stop(): Promise<void>
}

export interface WorkerParts {
  queue: Queue
  database: OpenDatabase
  log: Log
  handle(update: Update): Promise<void>
  /** Tells the person that something went wrong, once per update. */
  apologise(update: Update, reference: string): Promise<void>
  onHandled?(outcome: 'done' | 'failed' | 'parked', seconds: number): void
}

/** Handles what is stored, a few people at a time. */
export async function startUpdateWorker(parts: WorkerParts): Promise<UpdateWorker> {
  const { queue, database, log } = parts
  // Alone on its folder: whatever was being handled when the last process died is free again.
  if (database.kind === 'pglite') await releaseActive(database.prisma)
  // Beside others: what has shown no sign of life for ten seconds is free, at once and not only with the first round.
  else await queue.supervise(updates)
  const handle = async (job: JobWithMetadata<Update | null> | undefined) => {
    // A finished update has no content left: its completion was lost, its effect was not.
    if (!job || isFinished(job.data)) return
    passing('update.taken')
    const startedAt = performance.now()
    const tell = (outcome: 'done' | 'failed' | 'parked') =>
      parts.onHandled?.(outcome, (performance.now() - startedAt) / 1000)
    if (job.retryCount > attemptsBeforeParking) {
      await park(parts, job.id, job.data, job.output)
      return tell('parked')
    }
    try {
      await parts.handle(job.data)
    } catch (error) {
      tell('failed')
      passing('update.failed')
      log.error({ err: error, update: job.id, attempt: job.retryCount }, 'update failed')
      if (job.retryCount === 0) await parts.apologise(job.data, job.id.slice(-6)).catch(() => {})
      // The queue keeps an error with all its fields, and those of a refused call hold the message.
      throw withoutContent(error)
    }
    passing('update.handled')
    log.debug({ update: job.id, milliseconds: Math.round(performance.now() - startedAt) }, 'update handled')
    await eraseContent(database.prisma, job.id)
    passing('update.erased')
    tell('done')
  }
  for (let nth = 0; nth < database.workers; nth++) await startWorker(queue, handle)
  return { stop: () => queue.offWork(updates, { wait: true }) }
}

/**
 * One worker, which looks for the next job as soon as it has finished one. pg-boss wakes workers only when a job is put in:
 * a person's second message, free once the first is done, would wait for the next round of polling.
 */
async function startWorker(
  queue: Queue,
  handle: (job: JobWithMetadata<Update | null> | undefined) => Promise<void>,
): Promise<void> {
  let id: string | null = null
  const lookAgain = () => {
    if (id !== null) queue.notifyWorker(id)
  }
  id = await queue.work(
    updates,
    { includeMetadata: true, batchSize: 1, pollingIntervalSeconds: 0.5, notifyPollingIntervalSeconds: 0.5 },
    async ([job]: JobWithMetadata<Update | null>[]) => {
      try {
        await handle(job)
      } finally {
        lookAgain()
      }
    },
  )
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
      EXTRACT(EPOCH FROM now() - min(created_on))::float AS "oldest"
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

/** Keeps the update's number for the repeat check and forgets what was said. */
async function eraseContent(database: Database, id: string): Promise<void> {
  await database.$executeRaw`UPDATE pgboss.job SET data = NULL WHERE name = ${updates} AND id = ${id}::uuid`
}

async function releaseActive(database: Database): Promise<void> {
  await database.$executeRaw`UPDATE pgboss.job SET state = 'retry' WHERE name = ${updates} AND state = 'active'`
}

async function park({ queue, database, log }: WorkerParts, id: string, update: Update, error: unknown): Promise<void> {
  passing('update.parking')
  await queue.send(parked, { update, error }, { id })
  passing('update.parkedStored')
  await eraseContent(database.prisma, id)
  passing('update.parked')
  log.error({ update: id }, 'update parked')
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
    DELETE FROM pgboss.job WHERE name IN (${updates}, ${parked}) AND state <> 'active' AND id::text = ANY(${ids})`
  await db.$executeRaw`
    DELETE FROM pgboss.job WHERE name = ${parked}
      AND starts_with(data->'update'->'callback_query'->>'data', ${pressed})`
}

function isFinished(data: Update | null): data is null {
  return data === null || data.update_id === undefined
}
