import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One step from the tables of one version to those of the next. */
export interface Migration {
  /** The name of its folder; migrations are applied in the order of their names. */
  readonly name: string
  readonly script: string
  /** SHA-256 of the script, in hex, as Prisma counts it. */
  readonly checksum: string
}

export const migrationsFolder: string = join(import.meta.dirname, '../../../prisma/migrations')

/** The migrations that this version of the program knows, oldest first. */
export function readMigrations(): Migration[] {
  if (!existsSync(migrationsFolder)) return []
  return readdirSync(migrationsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const script = readFileSync(join(migrationsFolder, name, 'migration.sql'), 'utf8')
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') }
    })
}
