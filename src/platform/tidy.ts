import { setImmediate as turn } from 'node:timers/promises'
import { morningsIn } from '../domain/mornings.ts'
import type { Database, OpenDatabase } from './database.ts'
import type { Due } from './schedule.ts'

/** When nobody waits: a large table takes PGlite, and with it the program, a second or two. */
const hour = 3
/** What is smaller is not worth it. What of a table is dead is not asked: after a crash PGlite does not know. */
const worthBytes = 512 * 1024

/**
 * Each night gives the room of deleted and rewritten rows back to their tables. A PostgreSQL server does so by itself unless it
 * is set not to; PGlite has no process beside the program that could, and its folder would only ever grow.
 */
export function nightlyTidier({ kind, prisma }: Pick<OpenDatabase, 'kind' | 'prisma'>, fromBytes = worthBytes): Due {
  return async (_, span, signal) => {
    if (morningsIn(span, hour).length === 0 || (kind === 'postgresql' && (await tidiesItself(prisma)))) return
    const tables = await prisma.$queryRaw<{ name: string }[]>`
      SELECT oid::regclass::text AS "name" FROM pg_class
      WHERE relkind = 'r' AND relnamespace::regnamespace::text IN ('public', 'pgboss')
        AND pg_relation_size(oid) >= ${fromBytes}`
    for (const { name } of tables) {
      if (signal?.aborted) return
      await prisma.$executeRawUnsafe(`VACUUM (ANALYZE) ${name}`)
      await turn()
    }
  }
}

async function tidiesItself(prisma: Database): Promise<boolean> {
  const rows = await prisma.$queryRaw<{ autovacuum: boolean }[]>`
    SELECT current_setting('autovacuum')::boolean AS "autovacuum"`
  return rows.some(({ autovacuum }) => autovacuum)
}
