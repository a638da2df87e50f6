import { PGlite } from '@electric-sql/pglite'
import { PrismaPg } from '@prisma/adapter-pg'
import { Pool } from 'pg'
import { type ConstructorOptions, fromPglite } from 'pg-boss'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { withCheckedCommits } from './checked-commits.ts'
import { passing } from './checkpoints.ts'
import { closeDataFolder } from './data-folder.ts'
import { lockDataFolder } from './data-folder-lock.ts'
import { grantToProgram } from './grants.ts'
import { type Listening, listenOnPostgres } from './listening.ts'
import { applyMigrations, refuseNewer } from './migrations/apply.ts'
import { alone, type Session } from './migrations/session.ts'
import { openPgliteFolder } from './pglite-folder.ts'
import { type Prisma, PrismaClient } from './prisma/client.ts'
import { rewriteOnPostgres } from './rewrite.ts'
import { pgliteSession, withPostgresSession } from './sessions.ts'
import { nameStatements } from './statement-names.ts'

export type Database = PrismaClient
export type Transaction = Prisma.TransactionClient

export interface OpenDatabase {
  readonly kind: 'pglite' | 'postgresql'
  readonly prisma: Database
  /** What pg-boss needs to run on this database. */
  readonly queueOptions: ConstructorOptions
  /** Hears what any process on this database says; absent where there can be only one. */
  readonly listen?: (channel: string, hear: (words: string) => void) => Listening
  /** Writes tables anew, so that their files keep nothing that was deleted; at the end, where it may, the log forgets sooner. */
  rewrite(...tables: readonly string[]): Promise<void>
  /** How many updates may be handled at once: PGlite has one connection. */
  readonly workers: number
  close(): Promise<void>
}

/**
 * Opens PostgreSQL at `url`, or PGlite in `folder`, and brings the tables up to date, as their owner where `ownerUrl` names
 * one: the role of `url` then gets what the program needs and no more.
 * With `migrate: false` the tables stay as they are (for tools beside a running program).
 * With `snapshot`, PGlite starts in memory from that dump instead (for tests).
 * Throws DataFolderInUse where another process holds the folder, DataFolderUnusable where nothing can be opened there, DatabaseIsNewer
 * where a newer version made the tables, and what {@link applyMigrations} throws; then nothing was changed.
 */
export async function openDatabase(
  source:
    | { url: string; ownerUrl?: string | null; migrate?: false }
    | { folder: string; migrate?: false }
    | { snapshot: Blob }
    | { memory: true },
): Promise<OpenDatabase> {
  if ('url' in source) return openPostgres(source.url, source.ownerUrl ?? null, source.migrate ?? true)
  if ('snapshot' in source) return openPglite(await PGlite.create({ loadDataDir: source.snapshot }), () => {}, false)
  if ('memory' in source) return openPglite(await PGlite.create(), () => {}, true)
  const lock = lockDataFolder(source.folder)
  try {
    closeDataFolder(source.folder)
    return await openPglite(await openPgliteFolder(source.folder), () => lock.release(), source.migrate ?? true)
  } catch (error) {
    lock.release()
    throw error
  }
}

async function openPostgres(url: string, ownerUrl: string | null, migrate: boolean): Promise<OpenDatabase> {
  await withPostgresSession(ownerUrl ?? url, async (session) => {
    await prepare(session, migrate)
    // Two programs that grant at the same moment would be in each other's way.
    if (ownerUrl !== null)
      await alone(session, () => grantToProgram(session, decodeURIComponent(new URL(url).username)))
  })
  const pool = new Pool({ connectionString: url, max: 12 })
  // A connection that breaks at rest is replaced by the next one that is needed; unheard, it would end the process.
  pool.on('error', () => {})
  const adapter = new PrismaPg(pool, { statementNameGenerator: nameStatements() })
  const prisma = new PrismaClient({ adapter })
  return {
    kind: 'postgresql',
    prisma,
    queueOptions: { connectionString: url, max: 6 },
    rewrite: (...tables) => rewriteOnPostgres(ownerUrl === null ? [url] : [url, ownerUrl], tables),
    listen: (channel, hear) => listenOnPostgres(url, channel, hear),
    // More than there are connections: many of them wait for Telegram.
    workers: 64,
    close: async () => {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

async function openPglite(pglite: PGlite, release: () => void, migrate: boolean): Promise<OpenDatabase> {
  const end = async () => {
    await pglite.close()
    release()
  }
  try {
    await prepare(pgliteSession(pglite), migrate)
  } catch (error) {
    await end()
    throw error
  }
  const prisma = new PrismaClient({ adapter: withCheckedCommits(new PrismaPGlite(pglite)) })
  return {
    kind: 'pglite',
    prisma,
    queueOptions: { db: fromPglite(pglite), backend: 'pglite' },
    rewrite: async (...tables) => {
      for (const table of tables) await pglite.exec(`VACUUM FULL ${table}`)
    },
    workers: 4,
    close: async () => {
      await prisma.$disconnect()
      await end()
    },
  }
}

/** Brings the tables up to date, or leaves them as they are and only makes sure that no newer version made them. */
async function prepare(session: Session, migrate: boolean): Promise<void> {
  if (!migrate) return refuseNewer(session)
  passing('start.migrating')
  await applyMigrations(session)
  passing('start.migrated')
}
