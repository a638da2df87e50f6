import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { NodeFS } from '@electric-sql/pglite/nodefs'
import { databaseFolder, unfinishedDatabase } from './data-folder.ts'
import { DataFolderUnusable, troubleOf } from './data-folder-trouble.ts'

/** The major version of PostgreSQL that PGlite carries, as it writes it into its folder. */
const version = '18'

/**
 * Opens PGlite in the data folder. A new one is made beside its place and moved there when it is whole, so that a start that is ended
 * in the middle leaves nothing that looks like a database. Throws {@link DataFolderUnusable}.
 */
export async function openPgliteFolder(folder: string): Promise<PGlite> {
  const place = join(folder, databaseFolder)
  try {
    if (isEmpty(place)) await make(folder, place)
    refuseUnfit(folder, place)
    return await PGlite.create({ fs: new PrivateFolder(place) })
  } catch (error) {
    throw troubleOf(folder, error)
  }
}

async function make(folder: string, place: string): Promise<void> {
  const unfinished = join(folder, unfinishedDatabase)
  // It never became a database: nobody has written anything into it.
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  await (await PGlite.create({ fs: new PrivateFolder(unfinished) })).close()
  if (existsSync(place)) rmdirSync(place)
  renameSync(unfinished, place)
}

/** PGlite makes a new database over one whose version it does not find: that must never happen to one that has rows. */
function refuseUnfit(folder: string, place: string): void {
  const file = join(place, 'PG_VERSION')
  if (!existsSync(file)) throw new DataFolderUnusable(folder, 'damaged')
  const written = readFileSync(file, 'utf8').trim()
  if (written !== version) throw new DataFolderUnusable(folder, /^\d+$/.test(written) ? 'otherVersion' : 'damaged')
}

function isEmpty(place: string): boolean {
  return !existsSync(place) || readdirSync(place).length === 0
}

/**
 * PGlite asks for 0666 on every file it makes, past the process's mask, so the wish is cut where it is carried out: write-ahead log
 * and tables are for this user alone.
 */
class PrivateFolder extends NodeFS {
  override async init(...[pglite, options]: Parameters<NodeFS['init']>): ReturnType<NodeFS['init']> {
    const { emscriptenOpts } = await super.init(pglite, options)
    const preRun = [...(emscriptenOpts.preRun ?? []), ({ NODEFS }: { NODEFS: object }) => cutModes(NODEFS)]
    return { emscriptenOpts: { ...emscriptenOpts, preRun } }
  }
}

interface Operations {
  setattr(node: unknown, change: { mode?: number }): void
}

function cutModes(system: object): void {
  if (!hasOperations(system)) throw new Error('PGlite keeps its files another way than this program knows')
  const operations = system.node_ops
  const { setattr } = operations
  operations.setattr = (node, change) =>
    setattr(node, change.mode === undefined ? change : { ...change, mode: change.mode & ~0o077 })
}

function hasOperations(system: object): system is { node_ops: Operations } {
  if (!('node_ops' in system) || typeof system.node_ops !== 'object' || system.node_ops === null) return false
  return 'setattr' in system.node_ops && typeof system.node_ops.setattr === 'function'
}
