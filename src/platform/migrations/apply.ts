import { passing } from '../checkpoints.ts'
import { refusal, sqlState } from './errors.ts'
import { type Migration, readMigrations } from './read.ts'
import { beginRecords, type Records, readRecords, record } from './records.ts'
import { alone, type Session } from './session.ts'

/**
 * Brings the tables up to date and answers with the names of what was applied. Each migration and its record in
 * `_prisma_migrations` are one transaction: killed at any moment, it is done or it never was, and the next start goes on.
 * What an older version left unfinished is finished first. Throws `DatabaseIsNewer`, `DatabaseIsForeign`, `DatabaseHeld`,
 * `NotTheOwner`, `MigrationFailed`, each with nothing half-done.
 */
export async function applyMigrations(
  session: Session,
  known: readonly Migration[] = readMigrations(),
  patience?: number,
): Promise<string[]> {
  const applied: string[] = []
  for (;;) {
    const name = await alone(session, () => applyNext(session, known), patience)
    if (name === null) return applied
    passing('migration.committed')
    applied.push(name)
  }
}

/**
 * Throws `DatabaseIsNewer` where the tables are those of a newer version, for a tool that leaves them as they are. A role that may not
 * read the records learns nothing from them.
 */
export async function refuseNewer(session: Session, known: readonly Migration[] = readMigrations()): Promise<void> {
  const [may] = await session.ask(`SELECT has_table_privilege(to_regclass('"_prisma_migrations"'), 'SELECT') AS "read"`)
  if (may?.read === true) await readRecords(session, known)
}

/** Applies the oldest migration that the database lacks, or answers null. Read anew for each: another program may have done it. */
async function applyNext(session: Session, known: readonly Migration[]): Promise<string | null> {
  const records = await findRecords(session, known).catch(refuse('_prisma_migrations'))
  const next = known.find(({ name }) => !records.finished.has(name))
  if (next === undefined) return null
  passing('migration.begun')
  await apply(session, next, records).catch(refuse(next.name))
  passing('migration.scripted')
  await record(session, next)
  passing('migration.recorded')
  return next.name
}

async function findRecords(session: Session, known: readonly Migration[]): Promise<Records> {
  return (await readRecords(session, known)) ?? (await beginRecords(session))
}

async function apply(session: Session, { name, script }: Migration, { unfinished }: Records): Promise<void> {
  if (!unfinished.has(name)) {
    await session.run(script)
    // What a rule put off to the commit is refused now, while it is known whose it is.
    await session.run('SET CONSTRAINTS ALL IMMEDIATE')
    return
  }
  // An older version recorded the beginning, ran the script whole or not at all, and recorded the end: which of them was missed
  // shows when the script is run again.
  await session.run('SAVEPOINT again')
  try {
    await session.run(script)
  } catch (error) {
    if (!isAlreadyDone(error)) throw error
    await session.run('ROLLBACK TO SAVEPOINT again')
  }
}

/**
 * What is already there cannot be made again, and what is gone cannot be dropped again: duplicate_table, duplicate_object,
 * duplicate_column, duplicate_function, undefined_object. Each migration that an older version can have left unfinished is
 * refused so, or does the same a second time: a test runs them all twice.
 */
function isAlreadyDone(error: unknown): boolean {
  return ['42P07', '42710', '42701', '42723', '42704'].includes(sqlState(error) ?? '')
}

function refuse(migration: string): (error: unknown) => never {
  return (error) => {
    throw refusal(migration, error)
  }
}
