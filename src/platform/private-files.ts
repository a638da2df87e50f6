import { accessSync, chmodSync, constants, lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Rights of the group and of all others. */
const others = 0o077

/** From now on files and folders that this process makes belong to its user alone. Windows keeps rights another way. */
export function keepFilesPrivate(): void {
  process.umask(others)
}

/**
 * Takes the rights of all other users off a file, or off a folder and everything in it, where that is possible. Links are left
 * alone: what they lead to is not ours. The owner's own rights stay as they are.
 */
export function takeFromOthers(path: string): void {
  for (const { path: at, mode } of found(path)) if ((mode & others) !== 0) narrow(at, mode)
}

/** The files and folders at or below that path in which other users have any right. */
export function openToOthers(path: string): string[] {
  if (process.platform === 'win32') return []
  return found(path).flatMap(({ path: at, mode }) => ((mode & others) === 0 ? [] : [at]))
}

/** The files and folders at or below that path that this process may not both read and write. */
export function closedToUs(path: string): string[] {
  return found(path).flatMap(({ path: at }) => (isOpenToUs(at) ? [] : [at]))
}

/** What stands at that path and below it, folders before what is in them. What vanishes meanwhile is left out. */
function found(path: string): { path: string; mode: number }[] {
  const state = lstatSync(path, { throwIfNoEntry: false })
  if (state === undefined || state.isSymbolicLink()) return []
  const itself = { path, mode: state.mode & 0o7777 }
  return state.isDirectory() ? [itself, ...namesIn(path).flatMap((name) => found(join(path, name)))] : [itself]
}

/** A folder that cannot be read has no names; that it is closed is said of itself. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Only the owner of a file may do so, and not every file system keeps rights: {@link openToOthers} says what stayed open. */
export function narrow(path: string, mode: number): void {
  if (process.platform === 'win32') return
  try {
    chmodSync(path, mode & 0o7777 & ~others)
  } catch {}
}

function isOpenToUs(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined
  }
}
