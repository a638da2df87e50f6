import { type Migration, readMigrations } from '../../src/platform/migrations/read.ts'

/** Comments, texts, quoted names and bodies of functions: what stands in them is no statement of the script. */
const quoted = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|(\$\w*\$)[\s\S]*?\1/g

/** What begins or ends a transaction, cannot run in one, cannot be used in the one that makes it, or outlives it. */
const forbidden = [
  /^(BEGIN|START TRANSACTION|COMMIT|END|ROLLBACK|ABORT|SAVEPOINT|RELEASE|PREPARE TRANSACTION)\b/i,
  /^(VACUUM|CREATE DATABASE|DROP DATABASE|ALTER DATABASE|ALTER SYSTEM|CREATE TABLESPACE|DROP TABLESPACE|CREATE SUBSCRIPTION)\b/i,
  /\bCONCURRENTLY\b/i,
  /^ALTER TYPE\b.*\bADD VALUE\b/i,
  /^SET (?!LOCAL\b|CONSTRAINTS\b)/i,
]

/** A migration is one transaction with its record (`docs/decisions/005`): it may hold nothing that breaks that. */
export function migrationProblems(migrations: readonly Migration[] = readMigrations()): string[] {
  return migrations.flatMap(({ name, script }) =>
    script
      .replace(quoted, (part) => (part.startsWith('"') ? 'quoted' : ' '))
      .split(';')
      .map((statement) => statement.replace(/\s+/g, ' ').trim())
      .filter((statement) => forbidden.some((pattern) => pattern.test(statement)))
      .map((statement) => `prisma/migrations/${name}: not in a transaction: ${statement.slice(0, 60)}`),
  )
}
