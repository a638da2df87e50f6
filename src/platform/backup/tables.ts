import type { Transaction } from '../database.ts'

/**
 * What a backup never holds: sealed ballots, which name their people (a ballot that was under way is void after a restore), and
 * the leases of processes. The queue stands in a schema of its own and is left out with them.
 */
export const leftOut: readonly string[] = ['SealedBallot', 'CourierLease']

/** The tables that a backup holds, by name. */
export async function savedTables(tx: Transaction): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT tablename::text AS "name" FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`
  return rows
    .map(({ name }) => name)
    .filter((name) => !leftOut.includes(name))
    .sort()
}

/** The migrations that the database has had, by name: two databases with the same ones have the same tables. */
export async function appliedMigrations(tx: Transaction): Promise<string[]> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT migration_name::text AS "name" FROM "_prisma_migrations" WHERE finished_at IS NOT NULL`
  return rows.map(({ name }) => name).sort()
}

const batch = 1000

/**
 * A table's rows as lines of JSON, some at a time. The database writes them itself, in an order that depends on nothing but the
 * rows, so that the same rows always read the same: on PGlite and on PostgreSQL, before and after a restore.
 */
export async function* linesOf(tx: Transaction, table: string): AsyncGenerator<string> {
  await tx.$executeRaw`SET LOCAL TIME ZONE 'UTC'`
  await tx.$executeRawUnsafe(`
    DECLARE saved NO SCROLL CURSOR FOR
    SELECT line FROM (SELECT to_jsonb(t)::text AS line FROM ${quoted(table)} t) lines ORDER BY line COLLATE "C"`)
  for (;;) {
    const rows = await tx.$queryRawUnsafe<{ line: string }[]>(`FETCH ${batch} FROM saved`)
    if (rows.length > 0) yield rows.map(({ line }) => `${line}\n`).join('')
    if (rows.length < batch) break
  }
  await tx.$executeRawUnsafe('CLOSE saved')
}

/** Names come from the database's own catalogue, or from a file that was checked against it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
