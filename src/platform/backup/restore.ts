import { fail, ok, type Result } from '../../domain/result.ts'
import type { Database, Transaction } from '../database.ts'
import type { Backup } from './read.ts'
import { appliedMigrations, leftOut, linesOf, quoted, savedTables } from './tables.ts'
import { eachLine } from './write.ts'

const limits = { maxWait: 60_000, timeout: 3_600_000 }
const batch = 1000

/**
 * How far behind the highest number in the backup numbers go on. What was numbered after the backup is gone, but its buttons still
 * stand in chats: none of them may come to mean something else.
 */
export const numbersLeftFree = 1_000_000

/** The database has rows, or tables of another version of the program. */
class Refused extends Error {
  readonly result: Result<never>
  constructor(result: Result<never>) {
    super('not restored')
    this.result = result
  }
}

/**
 * Puts a backup into an empty database, whole or not at all, and checks that every table reads as it did when it was saved. Then
 * `after` runs in the same transaction. The database's role must own the tables.
 * Fails with `start.backup.notEmpty`, `start.backup.otherVersion`.
 */
export async function restoreBackup(
  database: Database,
  backup: Backup,
  after: (tx: Transaction) => Promise<void>,
): Promise<Result<true>> {
  try {
    await database.$transaction(async (tx) => {
      await refuseUnfit(tx, backup)
      const put = await withoutGuards(tx)
      for (const { name } of backup.manifest.tables) await load(tx, name, backup.lines(name))
      await put.back()
      await setNumbers(tx)
      for (const { name, rows, sha256 } of backup.manifest.tables) {
        const found = await eachLine(linesOf(tx, name))
        if (found.rows !== rows || found.sha256 !== sha256) throw new Error(`${name} does not read as it was saved`)
      }
      await after(tx)
    }, limits)
    return ok(true)
  } catch (error) {
    if (error instanceof Refused) return error.result
    throw error
  }
}

async function refuseUnfit(tx: Transaction, { manifest }: Backup): Promise<void> {
  const migrations = await appliedMigrations(tx)
  const names = await savedTables(tx)
  const same = [migrations, names].join() === [manifest.migrations, manifest.tables.map(({ name }) => name)].join()
  if (!same) throw new Refused(fail('start.backup.otherVersion', { version: manifest.program }))
  for (const name of [...names, ...leftOut]) {
    const [row] = await tx.$queryRawUnsafe<{ some: boolean }[]>(`SELECT EXISTS (SELECT 1 FROM ${quoted(name)}) AS some`)
    if (row?.some) throw new Refused(fail('start.backup.notEmpty'))
  }
}

/** Rows are put in as they were, in any order: foreign keys are made anew afterwards, over all of them, and triggers rest. */
async function withoutGuards(tx: Transaction): Promise<{ back(): Promise<void> }> {
  const keys = await tx.$queryRaw<{ table: string; name: string; definition: string }[]>`
    SELECT c.conrelid::regclass::text AS "table", c.conname::text AS "name", pg_get_constraintdef(c.oid) AS "definition"
    FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
    WHERE c.contype = 'f' AND n.nspname = 'public' ORDER BY 1, 2`
  const tables = [...(await savedTables(tx)), ...leftOut]
  for (const { table, name } of keys) await tx.$executeRawUnsafe(`ALTER TABLE ${table} DROP CONSTRAINT ${quoted(name)}`)
  for (const name of tables) await tx.$executeRawUnsafe(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`)
  return {
    back: async () => {
      for (const { table, name, definition } of keys) {
        await tx.$executeRawUnsafe(`ALTER TABLE ${table} ADD CONSTRAINT ${quoted(name)} ${definition}`)
      }
      for (const name of tables) await tx.$executeRawUnsafe(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`)
    },
  }
}

async function load(tx: Transaction, table: string, pieces: AsyncIterable<string>): Promise<void> {
  let waiting: string[] = []
  const put = async () => {
    await tx.$executeRawUnsafe(
      `INSERT INTO ${quoted(table)} SELECT * FROM jsonb_populate_recordset(NULL::${quoted(table)}, $1::jsonb)`,
      `[${waiting.join(',')}]`,
    )
    waiting = []
  }
  for await (const line of wholeLines(pieces)) {
    waiting.push(line)
    if (waiting.length === batch) await put()
  }
  if (waiting.length > 0) await put()
}

async function* wholeLines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of pieces) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter((line) => line !== '')
  }
  if (rest !== '') yield rest
}

async function setNumbers(tx: Transaction): Promise<void> {
  const columns = await tx.$queryRaw<{ table: string; column: string; sequence: string }[]>`
    SELECT d.refobjid::regclass::text AS "table", a.attname::text AS "column", d.objid::regclass::text AS "sequence"
    FROM pg_depend d
    JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
    JOIN pg_namespace n ON n.oid = s.relnamespace AND n.nspname = 'public'
    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.deptype IN ('a', 'i') AND d.classid = 'pg_class'::regclass`
  for (const { table, column, sequence } of columns) {
    await tx.$executeRawUnsafe(
      `SELECT setval('${sequence}', (SELECT COALESCE(max(${quoted(column)}), 0) + ${numbersLeftFree} FROM ${table}))`,
    )
  }
}
