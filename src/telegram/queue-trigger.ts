import type { Queue } from '../platform/queue.ts'

export interface QueueTrigger {
  /** In small letters and `_`: it names trigger and function. */
  name: string
  on: 'INSERT' | 'UPDATE'
  /** When it acts, beside that the job is one of this queue. */
  when: string
  /** What it makes of `NEW`, in PL/pgSQL. */
  does: string
}

/** Puts a trigger on the jobs of one queue. Made once; processes that start together wait for each other. */
export async function addQueueTrigger(
  queue: Queue,
  queueName: string,
  { name, on, when, does }: QueueTrigger,
): Promise<void> {
  await queue.getDb().executeSql(`
    DO $do$
    BEGIN
      PERFORM pg_advisory_xact_lock(hashtext('${name.replaceAll('_', ' ')}'));
      IF NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = '${name}') THEN
        CREATE OR REPLACE FUNCTION pgboss.${name}() RETURNS trigger AS $fn$
        BEGIN
          ${does}
          RETURN NEW;
        END
        $fn$ LANGUAGE plpgsql;
        CREATE TRIGGER ${name} BEFORE ${on} ON pgboss.job FOR EACH ROW
          WHEN (NEW.name = '${queueName}' AND ${when}) EXECUTE FUNCTION pgboss.${name}();
      END IF;
    END
    $do$`)
}
