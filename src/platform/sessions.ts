import type { PGlite } from '@electric-sql/pglite'
import { Client } from 'pg'
import type { Session } from './migrations/session.ts'

/** PGlite's only connection, before anything else uses it. */
export function pgliteSession(pglite: PGlite): Session {
  return {
    run: (script) => pglite.exec(script),
    ask: async (statement, values = []) => (await pglite.query<Record<string, unknown>>(statement, [...values])).rows,
  }
}

/** Opens a connection of its own to PostgreSQL, for `work` only. */
export async function withPostgresSession<T>(url: string, work: (session: Session) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  // A connection that breaks refuses the statement under way; unheard, it would end the process.
  client.on('error', () => {})
  await client.connect()
  try {
    // The server undoes the transaction of a machine that has vanished after half a minute, not after two hours.
    await client.query('SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4')
    return await work({
      run: (script) => client.query(script),
      ask: async (statement, values = []) => (await client.query(statement, [...values])).rows,
    })
  } finally {
    await client.end()
  }
}
