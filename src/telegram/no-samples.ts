import type { Queue } from '../platform/queue.ts'

/**
 * Has the database take no samples of what jobs carry: its statistics would keep them on disk after the jobs have forgotten
 * them, sealed ballots with the presses that brought them too. Only whoever owns the tables may say so; one that another role owns
 * is passed over.
 */
export async function takeNoSamples(queue: Queue): Promise<void> {
  await queue.getDb().executeSql(`
    DO $do$
    DECLARE
      jobs regclass;
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('lienchi takes no samples'));
      FOR jobs IN
        SELECT "attrelid"::regclass FROM pg_attribute JOIN pg_class ON pg_class.oid = "attrelid"
        WHERE "attname" = 'data' AND COALESCE("attstattarget", -1) <> 0 AND pg_has_role("relowner", 'USAGE')
          AND ("attrelid" = 'pgboss.job'::regclass
            OR "attrelid" IN (SELECT "inhrelid" FROM pg_inherits WHERE "inhparent" = 'pgboss.job'::regclass))
      LOOP
        EXECUTE format('ALTER TABLE %s ALTER COLUMN "data" SET STATISTICS 0', jobs);
      END LOOP;
    END
    $do$`)
}
