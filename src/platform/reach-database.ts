import { Client } from 'pg'

const patienceMilliseconds = 10_000

/**
 * What passes by itself: no way to the server (its name may not be known yet on a machine that is starting), a server that is
 * starting, ending or full (PostgreSQL, appendix A: classes 08, 53, 57P). A wrong password, role or database does not.
 */
const passing =
  /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EPIPE|08\w{3}|53\w{3}|57P0[1-3])$/

/** Connects once, and throws what the server or the way to it says. */
export async function touchDatabase(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: patienceMilliseconds })
  // Unheard, one that breaks between two words would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
  } finally {
    await client.end().catch(() => {})
  }
}

export function mayPassAtDatabase(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  // `pg` gives these no code.
  return passing.test(code) || (error instanceof Error && /timeout|terminated/i.test(error.message))
}
