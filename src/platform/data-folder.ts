import { mkdirSync, readdirSync, type Stats, statSync } from 'node:fs'
import { join } from 'node:path'
import { DataFolderUnusable, troubleOf } from './data-folder-trouble.ts'
import { closedToUs, narrow, openToOthers, takeFromOthers } from './private-files.ts'

/** Where PGlite stands in the folder, and where it is made before it is whole. */
export const databaseFolder = 'pglite'
export const unfinishedDatabase = 'pglite.new'
export const filesFolder = 'files'
export const lockFiles = { lock: 'lock.sqlite', pid: 'lock.pid' } as const
export const sandboxMemory = 'sandbox.bin'

/** Everything that the program puts into its data folder. */
const ours: ReadonlySet<string> = new Set([
  databaseFolder,
  unfinishedDatabase,
  filesFolder,
  lockFiles.lock,
  `${lockFiles.lock}-journal`,
  lockFiles.pid,
  sandboxMemory,
  `${sandboxMemory}.new`,
])

/** Makes the folder where it is missing. Throws {@link DataFolderUnusable} where it cannot be ours. */
export function takeDataFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (!statSync(folder).isDirectory()) throw new DataFolderUnusable(folder, 'notAFolder')
    const names = readdirSync(folder)
    const strange = names.filter((name) => isStrange(name))
    if (strange.length > 0 && strange.length === names.filter((name) => !isAlwaysThere(name)).length) {
      throw new DataFolderUnusable(folder, 'foreign')
    }
  } catch (error) {
    throw troubleOf(folder, error)
  }
}

/**
 * Takes the rights of other users off the folder and what is ours in it. The folder itself is left as it is where it also holds
 * folders of others: somebody may have named a place of the system.
 * Throws {@link DataFolderUnusable} where something that the database needs is closed to this process.
 */
export function closeDataFolder(folder: string): void {
  const needed = pathsOf(folder, (name) => ours.has(name) && name !== filesFolder)
  if (needed.some((path) => closedToUs(path).length > 0)) throw new DataFolderUnusable(folder, 'noAccess')
  const strange = pathsOf(folder, isStrange)
  const hasFoldersOfOthers = strange.some((path) => stateOf(path)?.isDirectory())
  for (const path of pathsOf(folder, (name) => ours.has(name))) takeFromOthers(path)
  if (hasFoldersOfOthers) return
  for (const path of strange) takeFromOthers(path)
  narrow(folder, stateOf(folder)?.mode ?? 0)
}

/** The folder, and what is ours in it, where other users of the machine still have a right in it. */
export function leftOpen(folder: string): string[] {
  const itself = process.platform !== 'win32' && ((stateOf(folder)?.mode ?? 0) & 0o077) !== 0
  return [...(itself ? [folder] : []), ...pathsOf(folder, (name) => ours.has(name)).flatMap(openToOthers)]
}

function pathsOf(folder: string, isMeant: (name: string) => boolean): string[] {
  return readdirSync(folder)
    .filter(isMeant)
    .map((name) => join(folder, name))
}

function isStrange(name: string): boolean {
  return !ours.has(name) && !isAlwaysThere(name)
}

/** What file systems and desktops put into folders by themselves. */
function isAlwaysThere(name: string): boolean {
  return name.startsWith('.') || name === 'lost+found'
}

function stateOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false })
}
