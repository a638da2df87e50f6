import { randomUUID } from 'node:crypto'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { inject } from 'vitest'
import { type Database, type OpenDatabase, openDatabase } from '../../src/platform/database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the PGlite dump that every database of a test on PGlite, and every program without a server, begins from. */
    snapshot: string
    /** A folder whose `pglite` holds the same on disk; to be copied. */
    preparedFolder: string
    /** Server address with `{name}` for the database's name, and the template's name; empty on PGlite. */
    postgres: string
    template: string
  }
}

/** A database of this test's own, with all tables: PGlite from the snapshot, or PostgreSQL from the template. */
export async function openTestDatabase(): Promise<OpenDatabase> {
  const server = inject('postgres')
  if (server === '') return pgliteOfThisWorker()
  const name = `lienchi_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `CREATE DATABASE "${name}" TEMPLATE "${inject('template')}"`)
  // No test cuts the server's power, so none waits for its disk.
  await onServer(server, `ALTER DATABASE "${name}" SET synchronous_commit = off`)
  const database = await openDatabase({ url: databaseUrl(server, name) })
  return {
    ...database,
    close: async () => {
      await database.close()
      await onServer(server, `DROP DATABASE "${name}" WITH (FORCE)`)
    },
  }
}

/** Databases of this worker that a test has given back, emptied. */
const free: OpenDatabase[] = []

/** PGlite takes two seconds of a core to open from the snapshot, and a tenth of that to be emptied: so it is used again. */
async function pgliteOfThisWorker(): Promise<OpenDatabase> {
  const database = free.pop() ?? (await openFromSnapshot())
  return {
    ...database,
    close: async () => {
      await empty(database.prisma)
      free.push(database)
    },
  }
}

function openFromSnapshot(): Promise<OpenDatabase> {
  return openDatabase({ snapshot: new Blob([readFileSync(inject('snapshot'))]) })
}

/** One that is gone when it is closed, for tests of what then happens. */
export function openOwnDatabase(): Promise<OpenDatabase> {
  return inject('postgres') === '' ? openFromSnapshot() : openTestDatabase()
}

/** Leaves what a fresh database has: tables without rows and numbers that begin at 1. The queue keeps what it knows of itself. */
async function empty(prisma: Database): Promise<void> {
  const tables = await prisma.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS "name" FROM pg_tables
    WHERE (schemaname = 'public' AND tablename <> '_prisma_migrations')
      OR (schemaname = 'pgboss' AND tablename NOT IN ('version', 'queue'))`
  await prisma.$transaction([
    // As the owner, past the triggers that keep the audit from being emptied.
    prisma.$executeRaw`SET LOCAL session_replication_role = replica`,
    prisma.$executeRawUnsafe(`TRUNCATE ${tables.map(({ name }) => name).join(', ')} RESTART IDENTITY CASCADE`),
  ])
}

/** The settings of a program in a process of its own: a database with all tables, for as many starts as it takes. */
export async function databaseForPrograms(): Promise<{ settings: Record<string, string>; drop(): Promise<void> }> {
  const server = inject('postgres')
  if (server === '') {
    const folder = dataFolder()
    return { settings: { DATA_DIR: folder }, drop: async () => rmSync(folder, { recursive: true, force: true }) }
  }
  const name = `lienchi_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `CREATE DATABASE "${name}" TEMPLATE "${inject('template')}"`)
  return {
    settings: { DATABASE_URL: databaseUrl(server, name) },
    drop: () => onServer(server, `DROP DATABASE "${name}" WITH (FORCE)`),
  }
}

/** A data folder for a program, with PGlite's tables already made: that saves seconds. */
export function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lien-chi-program-'))
  cpSync(join(inject('preparedFolder'), 'pglite'), join(folder, 'pglite'), { recursive: true })
  return folder
}

export function databaseUrl(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

export async function onServer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
