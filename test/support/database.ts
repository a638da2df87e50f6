import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Client } from 'pg'
import { inject } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/platform/database.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the PGlite dump that every database of a test begins from; empty on PostgreSQL. */
    snapshot: string
    /** Server address with `{name}` for the database's name, and the template's name; empty on PGlite. */
    postgres: string
    template: string
  }
}

/** A database of this test's own, with all tables: PGlite from the snapshot, or PostgreSQL from the template. */
export async function openTestDatabase(): Promise<OpenDatabase> {
  const server = inject('postgres')
  if (server === '') return openDatabase({ snapshot: new Blob([readFileSync(inject('snapshot'))]) })
  const name = `lienchi_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `CREATE DATABASE "${name}" TEMPLATE "${inject('template')}"`)
  const database = await openDatabase({ url: databaseUrl(server, name) })
  return {
    ...database,
    close: async () => {
      await database.close()
      await onServer(server, `DROP DATABASE "${name}" WITH (FORCE)`)
    },
  }
}

/** The settings of a program in a process of its own: a database with all tables, for as many starts as it takes. */
export async function databaseForPrograms(): Promise<{ settings: Record<string, string>; drop(): Promise<void> }> {
  const server = inject('postgres')
  if (server === '') {
    const folder = await dataFolder()
    return { settings: { DATA_DIR: folder }, drop: async () => rmSync(folder, { recursive: true, force: true }) }
  }
  const name = `lienchi_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `CREATE DATABASE "${name}" TEMPLATE "${inject('template')}"`)
  return {
    settings: { DATABASE_URL: databaseUrl(server, name) },
    drop: () => onServer(server, `DROP DATABASE "${name}" WITH (FORCE)`),
  }
}

/** A data folder for a program, with PGlite's tables already made where the tests have their snapshot: that saves seconds. */
export async function dataFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'lien-chi-program-'))
  if (inject('snapshot') !== '') {
    const loadDataDir = new Blob([readFileSync(inject('snapshot'))])
    const pglite = await PGlite.create({ dataDir: join(folder, 'pglite'), loadDataDir })
    await pglite.close()
  }
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
