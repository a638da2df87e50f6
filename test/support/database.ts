import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
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
