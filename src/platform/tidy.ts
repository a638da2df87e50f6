import { setImmediate as turn } from 'node:timers/promises'
import { morningsIn } from '../domain/mornings.ts'
import type { OpenDatabase } from './database.ts'
import type { Due } from './schedule.ts'

/** When nobody waits: a large table takes PGlite, and with it the program, a second or two. */
const hour = 3
/** Fewer dead rows than that are not worth it. */
const worthRows = 1000

/**
 * Each night gives the room of deleted and rewritten rows back to their tables. A PostgreSQL server does so by itself; PGlite has
 * no process beside the program that could, and its folder would only ever grow.
 */
export function nightlyTidier({ kind, prisma }: Pick<OpenDatabase, 'kind' | 'prisma'>): Due {
  return async (_, span, signal) => {
    if (kind !== 'pglite' || morningsIn(span, hour).length === 0) return
    const tables = await prisma.$queryRaw<{ name: string }[]>`
      SELECT format('%I.%I', schemaname, relname) AS "name" FROM pg_stat_user_tables
      WHERE n_dead_tup >= ${worthRows} AND n_dead_tup * 10 >= n_live_tup`
    for (const { name } of tables) {
      if (signal?.aborted) return
      await prisma.$executeRawUnsafe(`VACUUM (ANALYZE) ${name}`)
      await turn()
    }
  }
}
