import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'

/**
 * The folder in which PGlite keeps its files, made where there is none: beside it first, and renamed when it is whole. PGlite takes
 * a folder for a database as soon as one certain file is in it, so one whose making was broken off would never open again.
 */
export async function pgliteFolder(dataFolder: string): Promise<string> {
  const folder = join(dataFolder, 'pglite')
  if (existsSync(folder)) return folder
  const made = `${folder}.new`
  rmSync(made, { recursive: true, force: true })
  const pglite = await PGlite.create({ dataDir: made })
  await pglite.close()
  renameSync(made, folder)
  return folder
}
