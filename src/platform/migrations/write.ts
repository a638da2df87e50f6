import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { openSchemaEngine } from './engine.ts'
import { listForEngine, schemaFilter } from './for-engine.ts'
import { migrationsFolder } from './read.ts'

/** `npm run migration -- <name>`: writes what the schema files have and the migrations lack as a new migration. */
const name = process.argv[2]
if (!name) throw new Error('name the migration: npm run migration -- add-something')

const schemaFolder = join(import.meta.dirname, '../../../prisma/schema')
const files = readdirSync(schemaFolder)
  .filter((file) => file.endsWith('.prisma'))
  .map((file) => ({ path: file, content: readFileSync(join(schemaFolder, file), 'utf8') }))

const pglite = await PGlite.create()
const engine = await openSchemaEngine(
  new PrismaPGlite(pglite),
  files.map((file) => [file.path, file.content]),
)
const { stdout } = await engine.diff({
  from: { tag: 'migrations', ...listForEngine() },
  to: { tag: 'schemaDatamodel', files },
  script: true,
  exitCode: null,
  filters: schemaFilter,
})
engine.free()
await pglite.close()

if (!stdout || stdout.includes('This is an empty migration')) {
  console.log('Nothing to write: the migrations already say what the schema says.')
} else {
  const stamp = Temporal.Now.instant().toString().replace(/\D/g, '').slice(0, 14)
  const folder = join(migrationsFolder, `${stamp}_${name}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'migration.sql'), stdout)
  writeFileSync(join(migrationsFolder, 'migration_lock.toml'), 'provider = "postgresql"\n')
  console.log(`Wrote ${folder}`)
}
