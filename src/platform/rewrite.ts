import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'

/** Tables that stand as they stood: none of our roles owns them. */
export class NotRewritten extends Error {
  constructor(tables: readonly string[]) {
    super(`not written anew, because no role of DATABASE_URL or DATABASE_MIGRATE_URL owns it: ${tables.join(', ')}`)
  }
}

/** What was deleted stands in the new files too, because a transaction that began before still sees it: a dump, a forgotten session. */
export class StillSeen extends Error {
  constructor(table: string, rows: number) {
    super(`written anew with ${rows} deleted rows that another transaction still sees: ${table}`)
  }
}

/** So often, half a second apart, it is tried until nobody sees what was deleted. */
const tries = 10

/**
 * VACUUM FULL of each of these tables by whichever of the roles owns it; the first role sees them all. PostgreSQL passes over a
 * table that a role does not own, without an error, so it is checked that each has a new file. Then a checkpoint, which not
 * every role may ask for. Throws {@link NotRewritten} and {@link StillSeen}.
 */
export async function rewriteOnPostgres(urls: readonly string[], tables: readonly string[]): Promise<void> {
  const [before, owners] = await withClient(urls[0] ?? '', async (client) => [
    await filesOf(client, tables),
    await ownersOf(client, tables),
  ])
  for (const url of urls) {
    await withClient(url, async (client) => {
      for (const [table, owner] of owners) {
        if (await actsAs(client, owner)) await writeAnew(client, table)
      }
    })
  }
  await withClient(urls[0] ?? '', async (client) => {
    const after = await filesOf(client, tables)
    const left = [...before].filter(([table, file]) => after.get(table) === file).map(([table]) => table)
    if (left.length > 0) throw new NotRewritten(left)
    await client.query('CHECKPOINT').catch((error) => {
      if (!isForbidden(error)) throw error
    })
  })
}

async function writeAnew(client: Client, table: string): Promise<void> {
  let seen = 0
  for (let nth = 0; nth < tries; nth++) {
    if (nth > 0) await delay(500)
    seen = await vacuum(client, table)
    if (seen === 0) return
  }
  throw new StillSeen(table, seen)
}

/** Answers with how many deleted rows had to be kept: the number with which the server's detail begins, in any language. */
async function vacuum(client: Client, table: string): Promise<number> {
  let kept = 0
  const hear = ({ detail }: { detail: string | undefined }) => {
    kept += Number(/^\d+/.exec(detail ?? '')?.[0] ?? 0)
  }
  client.on('notice', hear)
  await client.query(`VACUUM (FULL, VERBOSE) ${table}`)
  client.off('notice', hear)
  return kept
}

/** The file of each table, and of each part of one that is in parts. */
async function filesOf(client: Client, tables: readonly string[]): Promise<Map<string, number>> {
  const files = new Map<string, number>()
  for (const table of tables) {
    const { rows } = await client.query<{ name: string; file: number }>(
      `SELECT c.oid::regclass::text AS name, pg_relation_filenode(c.oid)::int AS file FROM pg_class c
       WHERE c.relkind = 'r' AND (c.oid = $1::regclass OR c.oid IN (SELECT relid FROM pg_partition_tree($1::regclass)))`,
      [table],
    )
    for (const { name, file } of rows) files.set(name, file)
  }
  return files
}

async function ownersOf(client: Client, tables: readonly string[]): Promise<Map<string, string>> {
  const owners = new Map<string, string>()
  for (const table of tables) {
    const { rows } = await client.query<{ owner: string }>(
      'SELECT relowner::regrole::text AS owner FROM pg_class WHERE oid = $1::regclass',
      [table],
    )
    owners.set(table, rows[0]?.owner ?? '')
  }
  return owners
}

async function actsAs(client: Client, owner: string): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>("SELECT pg_has_role($1::regrole, 'USAGE') AS is", [owner])
  return rows[0]?.is ?? false
}

async function withClient<T>(connectionString: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** 42501: insufficient_privilege. */
function isForbidden(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === '42501'
}
