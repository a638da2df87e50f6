import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { lockFiles, takeDataFolder } from './data-folder.ts'
import { troubleOf } from './data-folder-trouble.ts'

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
 * Takes the folder for this process, or throws {@link DataFolderInUse}, or DataFolderUnusable where no process could take it.
 *
 * PGlite does not lock its folder: two processes on it lose acknowledged rows without an error. The lock is an open
 * exclusive transaction of SQLite on a file of its own: the operating system drops it when the process dies, however
 * it dies, so no stale lock is ever left behind.
 */
export function lockDataFolder(folder: string): DataFolderLock {
  takeDataFolder(folder)
  const pidFile = join(folder, lockFiles.pid)
  const database = openLock(folder)
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
    writeFileSync(pidFile, String(process.pid), { mode: 0o600 })
  } catch (error) {
    database.close()
    if (resultOf(error) === busy) throw new DataFolderInUse(folder, readPid(pidFile))
    throw troubleOf(folder, error, 'noAccess')
  }
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

/** SQLite's own number for a file that another holds (SQLITE_BUSY). */
const busy = 5

function openLock(folder: string): DatabaseSync {
  try {
    return new DatabaseSync(join(folder, lockFiles.lock))
  } catch (error) {
    throw troubleOf(folder, error, 'noAccess')
  }
}

function resultOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'errcode' in error ? error.errcode : null
}

function readPid(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return null
  }
}
