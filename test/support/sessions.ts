import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { inject } from 'vitest'
import type { Session } from '../../src/platform/migrations/session.ts'
import { pgliteSession, withPostgresSession } from '../../src/platform/sessions.ts'
import { databaseUrl, dataFolder, onServer } from './database.ts'

/** Where a database is: what `openDatabase` and a program in a process of its own open. */
export type Source = { url: string } | { folder: string }

/** A place for a database in which nothing is; on PGlite with `made: true` a database without tables. */
export async function bareSource({ made = true } = {}): Promise<{ source: Source; drop(): Promise<void> }> {
  const server = inject('postgres')
  if (server === '') {
    const folder = made ? dataFolder() : mkdtempSync(join(tmpdir(), 'lien-chi-bare-'))
    if (made) await withSession({ folder }, empty)
    return { source: { folder }, drop: async () => rmSync(folder, { recursive: true, force: true }) }
  }
  const name = `lienchi_${randomUUID().replaceAll('-', '')}`
  await onServer(server, `CREATE DATABASE "${name}"`)
  return {
    source: { url: databaseUrl(server, name) },
    drop: () => onServer(server, `DROP DATABASE "${name}" WITH (FORCE)`),
  }
}

/** One connection to it, for `work` only; on PGlite no program may have it open. */
export async function withSession<T>(source: Source, work: (session: Session) => Promise<T>): Promise<T> {
  if ('url' in source) return withPostgresSession(source.url, work)
  const pglite = await PGlite.create({ dataDir: join(source.folder, 'pglite') })
  try {
    return await work(pgliteSession(pglite))
  } finally {
    await pglite.close()
  }
}

/** Takes away every table of ours and of the queue. */
export async function empty(session: Session): Promise<void> {
  await session.run('DROP SCHEMA IF EXISTS pgboss CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public')
}
