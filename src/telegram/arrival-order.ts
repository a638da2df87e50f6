import type { Queue } from '../platform/queue.ts'

/**
 * Lets nothing but arrival decide the order of one key's jobs. Of a key's jobs whose `start_after` has come pg-boss hands out
 * the one with the lowest `created_on`, and both are the database's clock: set back between two inserts (a time server, a
 * machine that was moved) it lets the later message overtake the earlier one that still waits. So a job never gets an earlier
 * time than those that wait for its key, and all are due at once. Made once; processes that start together wait for each other.
 */
export async function keepArrivalOrder(queue: Queue, name: string): Promise<void> {
  await queue.getDb().executeSql(`
    DO $do$
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('lienchi arrival order'));
      IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'lienchi_arrival_order') THEN
        CREATE OR REPLACE FUNCTION pgboss.lienchi_arrival_order() RETURNS trigger AS $fn$
        BEGIN
          NEW.created_on := GREATEST(NEW.created_on, (
            SELECT max(created_on) + interval '1 microsecond' FROM pgboss.job
            WHERE name = NEW.name AND singleton_key = NEW.singleton_key AND state < 'active'));
          NEW.start_after := 'epoch';
          RETURN NEW;
        END
        $fn$ LANGUAGE plpgsql;
        CREATE TRIGGER lienchi_arrival_order BEFORE INSERT ON pgboss.job FOR EACH ROW
          WHEN (NEW.name = '${name}' AND NEW.state = 'created') EXECUTE FUNCTION pgboss.lienchi_arrival_order();
      END IF;
    END
    $do$`)
}
