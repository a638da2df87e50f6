import { statfsSync } from 'node:fs'

/**
 * Why a data folder cannot be used: it is no folder; this process may not write in it or in something of ours in it; its disk is full;
 * it holds things of others and nothing of ours; what it holds is damaged; it was written by another version of PGlite.
 */
export type FolderTrouble = 'notAFolder' | 'noAccess' | 'full' | 'foreign' | 'damaged' | 'otherVersion'

export class DataFolderUnusable extends Error {
  readonly folder: string
  readonly trouble: FolderTrouble
  constructor(folder: string, trouble: FolderTrouble, cause?: unknown) {
    super(`data folder ${folder} cannot be used: ${trouble}`, { cause })
    this.folder = folder
    this.trouble = trouble
  }
}

/** The trouble that an error of the file system, of PGlite or of its tables stands for. What is known already stays what it is. */
export function troubleOf(folder: string, error: unknown, otherwise: FolderTrouble = 'damaged'): DataFolderUnusable {
  if (error instanceof DataFolderUnusable) return error
  const code = codeOf(error)
  if (code === 'ENOSPC' || code === 'EDQUOT') return new DataFolderUnusable(folder, 'full', error)
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return new DataFolderUnusable(folder, 'noAccess', error)
  if (['ENOTDIR', 'EEXIST', 'ELOOP', 'ENAMETOOLONG', 'ENOENT'].includes(code)) {
    return new DataFolderUnusable(folder, 'notAFolder', error)
  }
  return new DataFolderUnusable(folder, isFull(folder) ? 'full' : otherwise, error)
}

/** PostgreSQL's codes for a page or index that is damaged, a file that is missing, and a disk that fails or is full. */
const damages: ReadonlySet<string> = new Set(['XX001', 'XX002', '58P01', '58030', '53100'])

/** The same in words, since the engine of migrations passes on nothing else. */
const damageWords =
  /invalid page in block|could not (?:open|read|access) (?:file|block|directory)|No space left on device/

/** Whether an error, or what it came from, says that PGlite's own files are at fault. */
export function isDamage(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 6) return false
  if (error instanceof Error && (isPanic(error) || damageWords.test(error.message))) return true
  if (damages.has(codeOf(error))) return true
  return ['cause', 'meta', 'driverAdapterError', 'originalCode', 'code'].some((name) => {
    const inner: unknown = Reflect.get(error, name)
    return typeof inner === 'string' ? damages.has(inner) : isDamage(inner, depth + 1)
  })
}

/** PostgreSQL ends itself where it cannot go on; compiled to WebAssembly that is a trap. */
function isPanic({ name, message }: Error): boolean {
  return name === 'RuntimeError' && message.startsWith('Aborted(')
}

/** Less than PGlite needs for one more file of its log, in bytes. */
const leastRoom = 16 * 1024 * 1024

function isFull(folder: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize < leastRoom
  } catch {
    return false
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
