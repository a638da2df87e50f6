import { PgBoss } from 'pg-boss'
import type { OpenDatabase } from './database.ts'
import type { Log } from './log.ts'

export type Queue = PgBoss

/**
 * Opens pg-boss in the same database. It always runs on real time and carries no business time; its own cron is off.
 * Its tables stand in the schema `pgboss`, its rows go after days: business records live in our own tables.
 */
export async function openQueue(database: OpenDatabase, log: Log): Promise<Queue> {
  const boss = new PgBoss({
    ...database.queueOptions,
    schedule: false,
    registerInstance: false,
    // Both: a pass comes only as often as the slower of the two, and by default that is once a minute.
    superviseIntervalSeconds: 5,
    monitorIntervalSeconds: 5,
    openTelemetry: { enabled: false },
  })
  boss.on('error', (error) => log.error({ err: error }, 'queue'))
  boss.on('warning', (warning) => log.warn({ warning: warning.message }, 'queue'))
  await boss.start()
  return boss
}
