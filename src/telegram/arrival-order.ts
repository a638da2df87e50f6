import type { Queue } from '../platform/queue.ts'
import { addQueueTrigger } from './queue-trigger.ts'

/**
 * Lets nothing but arrival decide the order of one key's jobs. Of a key's jobs whose `start_after` has come pg-boss hands out
 * the one with the lowest `created_on`, and both are the database's clock: set back between two inserts (a time server, a
 * machine that was moved) it lets the later message overtake the earlier one that still waits. So a job never gets an earlier
 * time than those that wait for its key, and all are due at once.
 */
export function keepArrivalOrder(queue: Queue, name: string): Promise<void> {
  return addQueueTrigger(queue, name, {
    name: 'lienchi_arrival_order',
    on: 'INSERT',
    when: "NEW.state = 'created'",
    does: `
          NEW.created_on := GREATEST(NEW.created_on, (
            SELECT max(created_on) + interval '1 microsecond' FROM pgboss.job
            WHERE name = NEW.name AND singleton_key = NEW.singleton_key AND state < 'active'));
          NEW.start_after := 'epoch';`,
  })
}
