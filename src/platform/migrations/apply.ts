import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaFilter } from '@prisma/schema-engine-wasm'
import { openSchemaEngine } from './engine.ts'

export const migrationsFolder: string = join(import.meta.dirname, '../../../prisma/migrations')

/** Everything of pg-boss lives in a schema of its own that Prisma never looks at. */
export const schemaFilter: SchemaFilter = { externalTables: [], externalEnums: [] }

/** The migrations on disk, oldest first, in the engine's own shape. */
export function readMigrations(): MigrationList {
  const lockfile = 'migration_lock.toml'
  const names = existsSync(migrationsFolder)
    ? readdirSync(migrationsFolder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
        .sort()
    : []
  return {
    baseDir: migrationsFolder,
    lockfile: { path: lockfile, content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: names.map((name) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(migrationsFolder, name, 'migration.sql'), 'utf8') },
      },
    })),
  }
}

/** Applies what the database lacks and records it in `_prisma_migrations`, as `prisma migrate deploy` would. */
export async function applyMigrations(adapter: SqlMigrationAwareDriverAdapterFactory): Promise<string[]> {
  const engine = await openSchemaEngine(adapter)
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: readMigrations(),
      filters: schemaFilter,
    })
    return appliedMigrationNames
  } finally {
    engine.free()
  }
}
