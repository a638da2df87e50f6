import { randomUUID } from 'node:crypto'
import { DatabaseIsForeign, DatabaseIsNewer } from './errors.ts'
import type { Migration } from './read.ts'
import type { Session } from './session.ts'

/** Where Prisma records migrations, column for column. */
const table = `
  CREATE TABLE "_prisma_migrations" (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`

/** What the database says of the migrations that it has had. */
export interface Records {
  readonly finished: ReadonlySet<string>
  /** Begun by an older version of this program, which was killed before it could record their end. */
  readonly unfinished: ReadonlySet<string>
}

/** Reads the records, or null where there are none yet. Throws {@link DatabaseIsNewer} where one is not among the known. */
export async function readRecords(session: Session, known: readonly Migration[]): Promise<Records | null> {
  const [found] = await session.ask(`SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS "is"`)
  if (found?.is !== true) return null
  const rows = await session.ask(`
    SELECT migration_name::text AS "name", finished_at IS NOT NULL AS "finished" FROM "_prisma_migrations"
    WHERE rolled_back_at IS NULL`)
  const names = (isFinished: boolean) =>
    new Set(rows.filter(({ finished }) => finished === isFinished).map(({ name }) => String(name)))
  const records = { finished: names(true), unfinished: names(false) }
  const here = new Set(known.map(({ name }) => name))
  const newest = [...records.finished, ...records.unfinished]
    .filter((name) => !here.has(name))
    .sort()
    .at(-1)
  if (newest !== undefined) throw new DatabaseIsNewer(newest)
  return records
}

/** Makes the table of records in a database without tables. Throws {@link DatabaseIsForeign} where there are some. */
export async function beginRecords(session: Session): Promise<Records> {
  const foreign = await session.ask(`
    SELECT 1 FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    LIMIT 1`)
  if (foreign.length > 0) throw new DatabaseIsForeign('the database has tables that no migration made')
  await session.run(table)
  return { finished: new Set(), unfinished: new Set() }
}

/** Records a migration as done, in the transaction that did it. */
export async function record(session: Session, { name, checksum }: Migration): Promise<void> {
  await session.ask(
    'DELETE FROM "_prisma_migrations" WHERE migration_name = $1 AND finished_at IS NULL AND rolled_back_at IS NULL',
    [name],
  )
  await session.ask(
    `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  )
}
