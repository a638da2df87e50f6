import type { Database } from '../platform/database.ts'
import { updates } from './queue.ts'

/** Whether an update could be taken now: it is due, the first of its person, and nothing of that person is under way. */
export async function hasTakeableUpdate(database: Database): Promise<boolean> {
  const rows = await database.$queryRaw<unknown[]>`
    SELECT 1 FROM (
      SELECT DISTINCT ON (singleton_key) singleton_key, start_after FROM pgboss.job
      WHERE name = ${updates} AND state IN ('created', 'retry')
      ORDER BY singleton_key, state DESC, created_on, id
    ) AS "head"
    WHERE start_after <= pgboss.job_now() AND NOT EXISTS (
      SELECT 1 FROM pgboss.job AS "running"
      WHERE "running".name = ${updates} AND "running".singleton_key = "head".singleton_key AND "running".state = 'active')
    LIMIT 1`
  return rows.length > 0
}
