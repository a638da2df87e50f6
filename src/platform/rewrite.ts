import { Client } from 'pg'

/**
 * VACUUM FULL of these tables by each of the roles: PostgreSQL passes over a table that a role does not own, without an error.
 * Then a checkpoint, which not every role may ask for.
 */
export async function rewriteOnPostgres(urls: readonly string[], tables: readonly string[]): Promise<void> {
  for (const connectionString of urls) {
    const client = new Client({ connectionString })
    await client.connect()
    try {
      for (const table of tables) await client.query(`VACUUM FULL ${table}`)
      await client.query('CHECKPOINT').catch((error) => {
        if (!isForbidden(error)) throw error
      })
    } finally {
      await client.end()
    }
  }
}

/** 42501: insufficient_privilege. */
function isForbidden(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '42501'
}
