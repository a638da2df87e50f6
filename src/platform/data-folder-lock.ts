import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Another program holds the data folder. `pid` is the holder's, where it could still write it down. */
export class DataFolderInUse extends Error {
  readonly folder: string
  readonly pid: string | null
  constructor(folder: string, pid: string | null) {
    super(`data folder ${folder} is in use by process ${pid ?? '?'}`)
    this.folder = folder
    this.pid = pid
  }
}

export interface DataFolderLock {
  /** May be called again. */
  release(): void
}

/**
 * Takes the folder for this process, or throws {@link DataFolderInUse}.
 *
 * PGlite does not lock its folder: two processes on it lose acknowledged rows without an error. The lock is an open
 * exclusive transaction of SQLite on a file of its own: the operating system drops it when the process dies, however
 * it dies, so no stale lock is ever left behind.
 */
export function lockDataFolder(folder: string): DataFolderLock {
  mkdirSync(folder, { recursive: true })
  const pidFile = join(folder, 'lock.pid')
  const database = new DatabaseSync(join(folder, 'lock.sqlite'))
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
  } catch {
    database.close()
    throw new DataFolderInUse(folder, readPid(pidFile))
  }
  writeFileSync(pidFile, String(process.pid))
  held.add(database)
  return {
    release: () => {
      held.delete(database)
      if (database.isOpen) database.close()
    },
  }
}

/** A lock that nobody refers to would be collected, and with it given up. */
const held = new Set<DatabaseSync>()

function readPid(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}
