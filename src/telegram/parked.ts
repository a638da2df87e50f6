import type { Update } from 'grammy/types'
import type { Database } from '../platform/database.ts'
import { withoutContent } from '../platform/log.ts'
import type { Queue } from '../platform/queue.ts'
import { allowedUpdates, orderingKey } from './door.ts'
import { jobId, parked, type UnfitUpdate, updates } from './queue.ts'

/** An update that failed every time. What was said in it is never shown, only what went wrong. */
export interface ParkedUpdate {
  id: string
  at: Date
  error: string
  /** What came is kept, so that it can be handled once more. */
  hasContent: boolean
}

/** Keeps the kind of an update that cannot be stored, and what was wrong with it: of what stood in it, nothing. */
export async function parkUnfit(queue: Queue, botId: number, { update, error }: UnfitUpdate): Promise<void> {
  const kind = allowedUpdates.find((one) => update[one] !== undefined) ?? 'unknown'
  const { message } = withoutContent(error)
  const id = Number.isSafeInteger(update.update_id) && update.update_id >= 0 ? jobId(botId, update.update_id) : null
  await queue.send(parked, { kind, error: { message } }, id === null ? {} : { id })
}

export async function parkedUpdates(database: Database): Promise<ParkedUpdate[]> {
  return database.$queryRaw<ParkedUpdate[]>`
    SELECT id::text AS "id", created_on AS "at", COALESCE(data->'error'->>'message', '?') AS "error",
      jsonb_exists(data, 'update') AS "hasContent"
    FROM pgboss.job WHERE name = ${parked} AND state = 'created' ORDER BY created_on, id`
}

/** Hands a parked update to the workers once more; false where it is gone. */
export async function redriveUpdate(queue: Queue, id: string): Promise<boolean> {
  const job = await queue.getJobById<{ update?: Update }>(parked, id)
  if (job?.state !== 'created' || job.data.update === undefined) return false
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
