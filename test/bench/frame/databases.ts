import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { type OpenDatabase, openDatabase } from '../../../src/platform/database.ts'
import { createLog } from '../../../src/platform/log.ts'
import { openQueue } from '../../../src/platform/queue.ts'
import { createUpdateQueues } from '../../../src/telegram/queue.ts'

/** The server that benchmarks on PostgreSQL run on: the one of the tests. */
const server = process.env.TEST_DATABASE_URL ?? ''

export type Kind = 'PostgreSQL' | 'PGlite'

/** The databases there are. Where no server is named that is said, once, and PostgreSQL is left out. */
export function kinds(wanted: readonly Kind[] = ['PostgreSQL', 'PGlite']): Kind[] {
  if (server !== '' || !wanted.includes('PostgreSQL')) return [...wanted]
  console.log('  TEST_DATABASE_URL names no server: PostgreSQL is left out')
  return wanted.filter((kind) => kind !== 'PostgreSQL')
}

/** A database of a benchmark's own, with all tables, for one program after another. */
export interface BenchDatabase {
  readonly kind: Kind
  /** What tells a program of it. */
  readonly settings: Record<string, string>
  /** Opens it in this process, does something and closes it again. */
  use<T>(work: (database: OpenDatabase) => Promise<T>): Promise<T>
  drop(): Promise<void>
}

export async function createDatabase(kind: Kind): Promise<BenchDatabase> {
  const { source, settings, drop } = kind === 'PostgreSQL' ? await onServer() : inFolder()
  const use: BenchDatabase['use'] = async (work) => {
    const database = await openDatabase(source)
    try {
      return await work(database)
    } finally {
      await database.close()
    }
  }
  await use(async (database) => {
    const queue = await openQueue(database, createLog('silent'))
    await createUpdateQueues(queue)
    await queue.stop({ graceful: false })
  })
  return { kind, settings, use, drop }
}

function inFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'lien-chi-bench-'))
  return {
    source: { folder },
    settings: { DATA_DIR: folder },
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

async function onServer() {
  const name = `lienchi_bench_${randomUUID().replaceAll('-', '')}`
  await ask(`CREATE DATABASE "${name}"`)
  const url = new URL(server)
  url.pathname = `/${name}`
  const folder = mkdtempSync(join(tmpdir(), 'lien-chi-bench-'))
  return {
    source: { url: url.href },
    settings: { DATABASE_URL: url.href, DATA_DIR: folder },
    drop: async () => {
      await ask(`DROP DATABASE "${name}" WITH (FORCE)`)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** "PostgreSQL 15.20", or null where no server is named. */
export async function serverVersion(): Promise<string | null> {
  if (server === '') return null
  const [row] = await ask('SHOW server_version')
  return `PostgreSQL ${String(row?.server_version).split(' ')[0]}`
}

async function ask(statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}
