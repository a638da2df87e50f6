import type { Queue } from '../platform/queue.ts'

/**
 * Lets a job forget its content in the very statement that completes it; its number stays for the repeat check. Made once;
 * processes that start together wait for each other.
 */
export async function forgetWhenDone(queue: Queue, name: string): Promise<void> {
  await queue.getDb().executeSql(`
    DO $do$
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('lienchi forget when done'));
      IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = 'lienchi_forget_when_done') THEN
        CREATE OR REPLACE FUNCTION pgboss.lienchi_forget_when_done() RETURNS trigger AS $fn$
        BEGIN
          NEW.data := NULL;
          RETURN NEW;
        END
        $fn$ LANGUAGE plpgsql;
        CREATE TRIGGER lienchi_forget_when_done BEFORE UPDATE ON pgboss.job FOR EACH ROW
          WHEN (NEW.name = '${name}' AND NEW.state = 'completed') EXECUTE FUNCTION pgboss.lienchi_forget_when_done();
      END IF;
    END
    $do$`)
}
