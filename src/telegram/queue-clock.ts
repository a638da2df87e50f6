import type { Database } from '../platform/database.ts'
import { longestRetryPause, updates } from './queue.ts'

/**
 * Puts right what the queue stamped before the clock of the database was set back. pg-boss compares stamps with that clock: an
 * update that waits for its next try, and with it all later ones of that person, would wait until the clock is back where it was,
 * after a wrong year for years; what a process left when it died would count as alive for as long; and nobody would be
 * supervised. What cannot lie in the future is put to now. Asked with every tick.
 */
export async function mendQueueClock(database: Database): Promise<void> {
  await database.$executeRaw`
    UPDATE pgboss.job SET
      start_after = CASE WHEN state = 'retry' THEN pgboss.job_now() ELSE start_after END,
      heartbeat_on = LEAST(heartbeat_on, pgboss.job_now())
    WHERE name = ${updates} AND (
      (state = 'retry' AND start_after > pgboss.job_now() + make_interval(secs => ${longestRetryPause}))
      OR (state = 'active' AND heartbeat_on > pgboss.job_now() + interval '1 second'))`
  await database.$executeRaw`
    UPDATE pgboss.queue SET
      monitor_on = LEAST(monitor_on, pgboss.job_now()),
      monitor_claim_on = LEAST(monitor_claim_on, pgboss.job_now()),
      maintain_on = LEAST(maintain_on, pgboss.job_now())
    WHERE GREATEST(monitor_on, monitor_claim_on, maintain_on) > pgboss.job_now() + interval '1 second'`
}
