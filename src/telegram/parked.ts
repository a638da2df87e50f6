import type { Update } from 'grammy/types'
import type { Database } from '../platform/database.ts'
import type { Queue } from '../platform/queue.ts'
import { orderingKey } from './door.ts'
import { parked, updates } from './queue.ts'

/** An update that failed every time. What was said in it is never shown, only what went wrong. */
export interface ParkedUpdate {
  id: string
  at: Date
  error: string
}

export async function parkedUpdates(database: Database): Promise<ParkedUpdate[]> {
  return database.$queryRaw<ParkedUpdate[]>`
    SELECT id::text AS "id", created_on AS "at", COALESCE(data->'error'->>'message', '?') AS "error"
    FROM pgboss.job WHERE name = ${parked} AND state = 'created' ORDER BY created_on, id`
}

/** Hands a parked update to the workers once more; false where it is gone. */
export async function redriveUpdate(queue: Queue, id: string): Promise<boolean> {
  const job = await queue.getJobById<{ update: Update }>(parked, id)
  if (job?.state !== 'created') return false
  const { update } = job.data
  // Its own number is free again once the finished row is gone, so a repeat of the update stays a no-op.
  await queue.deleteJob(updates, id)
  await queue.insert(updates, [{ id, data: { ...update }, singletonKey: orderingKey(update) }])
  await queue.deleteJob(parked, id)
  return true
}

/** What nobody has decided for a week is erased: it holds what was said. Asked with every tick; times are the queue's own, real ones. */
export async function eraseOldParked(database: Database): Promise<void> {
  await database.$executeRaw`
    DELETE FROM pgboss.job WHERE name = ${parked} AND created_on < now() - interval '7 days'`
}

export async function dropParkedUpdate(queue: Queue, id: string): Promise<void> {
  await queue.deleteJob(parked, id)
}
