import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, expect, inject, it } from 'vitest'
import { migrationCheckpoints } from '../../src/platform/checkpoints.ts'
import { applyMigrations } from '../../src/platform/migrations/apply.ts'
import { readMigrations } from '../../src/platform/migrations/read.ts'
import type { Session } from '../../src/platform/migrations/session.ts'
import { pgliteSession } from '../../src/platform/sessions.ts'
import { catalogOf, rowsOf } from '../support/catalog.ts'
import { migrateUntil } from '../support/doomed-migrations.ts'
import { killPrograms, startProgram } from '../support/program.ts'
import { bareSource, type Source, withSession } from '../support/sessions.ts'
import { fill, type Rule, rulesOf, type Vocabulary, vocabularyOf } from './plausible-rows.ts'
import { randomFrom } from './random.ts'

const all = readMigrations()
const place = inject('postgres') === '' ? 'PGlite' : 'PostgreSQL'
/** How many of the next migrations' rules a row obeys already, as rows of a program of that time did. */
const foresight = 3
const ends: (() => unknown)[] = []
afterAll(async () => {
  await killPrograms()
  for (const end of ends.reverse()) await end()
})

it(`killed at every moment of every migration, with rows in the tables, the next start goes on, and tables and rows end as those of a start that nobody killed (${place})`, {
  timeout: 3_600_000,
}, async () => {
  const rows = await rowsForEachState()
  const straight = await newSource()
  for (const index of all.keys()) await withSession(straight, (session) => step(session, index, rows))
  const expected = await stateOf(straight)
  const tables = Object.entries(expected.rows)
  const empty = tables.filter(([, lines]) => lines.length === 0).map(([name]) => name)
  expect(empty.length, `without rows: ${empty.join(', ')}`).toBeLessThan(tables.length / 10)

  const killed = await newSource()
  const compiled = mkdtempSync(join(tmpdir(), 'lien-chi-compiled-'))
  ends.push(() => rmSync(compiled, { recursive: true }))
  let kills = 0
  for (const [index, { name }] of all.entries()) {
    for (const moment of ['migration.begun', 'inside', ...migrationCheckpoints.slice(1)]) {
      const { signal, output } = await migrateUntil(killed, moment, { NODE_COMPILE_CACHE: compiled })
      expect(signal, `${name}, killed at ${moment}: ${output}`).toBe('SIGKILL')
      kills++
      // Whoever kills from outside may come when it is done.
      if (moment === 'inside' && (await withSession(killed, appliedCount)) > index) break
    }
    await withSession(killed, async (session) => {
      expect(await appliedCount(session), name).toBe(index + 1)
      for (const statement of rows[index] ?? []) await session.run(statement)
    })
  }
  const found = await stateOf(killed)
  expect(found.catalog).toEqual(expected.catalog)
  expect(found.rows).toEqual(expected.rows)

  const settings = 'url' in killed ? { DATABASE_URL: killed.url } : { DATA_DIR: killed.folder }
  const program = startProgram(settings)
  await program.address()
  program.child.kill('SIGTERM')
  expect((await program.ends()).code).toBe(0)
  const count = Object.values(expected.rows).flat().length
  console.log(`${place}: ${kills} kills in ${all.length} migrations, ${count} rows, none in ${empty.join(', ')}`)
})

async function newSource(): Promise<Source> {
  const { source, drop } = await bareSource()
  ends.push(drop)
  return source
}

async function step(session: Session, index: number, rows: readonly string[][]): Promise<void> {
  await applyMigrations(session, all.slice(0, index + 1))
  for (const statement of rows[index] ?? []) await session.run(statement)
}

function stateOf(source: Source): Promise<{ catalog: string[]; rows: Record<string, string[]> }> {
  return withSession(source, async (session) => ({ catalog: await catalogOf(session), rows: await rowsOf(session) }))
}

async function appliedCount(session: Session): Promise<number> {
  const [found] = await session.ask(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS "is"`)
  if (found?.is !== true) return 0
  const [row] = await session.ask(
    'SELECT count(*)::int AS "count" FROM _prisma_migrations WHERE finished_at IS NOT NULL',
  )
  return Number(row?.count)
}

/** The statements that put rows into the tables after each migration; they go through all migrations that follow. */
async function rowsForEachState(): Promise<string[][]> {
  let words: Vocabulary = new Map()
  const rules: Rule[][] = []
  await inMemory(async (session) => {
    for (const index of all.keys()) {
      await applyMigrations(session, all.slice(0, index + 1))
      words = await vocabularyOf(session, words)
      rules.push(await rulesOf(session))
    }
  })
  const rows: string[][] = []
  await inMemory(async (session) => {
    const random = randomFrom(1)
    for (const index of all.keys()) {
      await applyMigrations(session, all.slice(0, index + 1))
      rows.push(await fill(session, words, rules.slice(index + 1, index + 1 + foresight).flat(), random))
    }
  })
  return rows
}

async function inMemory(work: (session: Session) => Promise<void>): Promise<void> {
  const pglite = await PGlite.create()
  await work(pgliteSession(pglite))
  await pglite.close()
}
