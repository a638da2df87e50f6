import type { MigrationList, SchemaFilter } from '@prisma/schema-engine-wasm'
import { migrationsFolder, readMigrations } from './read.ts'

/** Everything of pg-boss lives in a schema of its own that Prisma never looks at. */
export const schemaFilter: SchemaFilter = { externalTables: [], externalEnums: [] }

/** The migrations on disk in the shape of Prisma's own engine, which writes new ones. */
export function listForEngine(): MigrationList {
  return {
    baseDir: migrationsFolder,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: readMigrations().map(({ name, script }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: script } },
    })),
  }
}
