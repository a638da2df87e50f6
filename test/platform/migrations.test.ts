import { readFileSync } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { PrismaPGlite } from 'pglite-prisma-adapter'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest'
import { migrationCheckpoints } from '../../src/platform/checkpoints.ts'
import { applyMigrations, refuseNewer } from '../../src/platform/migrations/apply.ts'
import { openSchemaEngine } from '../../src/platform/migrations/engine.ts'
import { explainUnmigrated } from '../../src/platform/migrations/explain.ts'
import { listForEngine, schemaFilter } from '../../src/platform/migrations/for-engine.ts'
import { type Migration, readMigrations } from '../../src/platform/migrations/read.ts'
import type { Session } from '../../src/platform/migrations/session.ts'
import { pgliteSession } from '../../src/platform/sessions.ts'
import { loadTexts } from '../../src/platform/texts.ts'
import { migrationProblems } from '../check/migrations.ts'
import { catalogOf, rowsOf } from '../support/catalog.ts'
import { migrateUntil } from '../support/doomed-migrations.ts'
import { killPrograms } from '../support/program.ts'
import { bareSource, empty, type Source, withSession } from '../support/sessions.ts'

let session: Session
let source: Source | null = null
let snapshot: PGlite
const ends: (() => unknown)[] = []
beforeAll(async () => {
  snapshot = await PGlite.create({ loadDataDir: new Blob([readFileSync(inject('snapshot'))]) })
  ends.push(() => snapshot.close())
  if (inject('postgres') === '') {
    session = pgliteSession(snapshot)
    return
  }
  const bare = await bareSource()
  source = bare.source
  ends.push(bare.drop)
  const opened = Promise.withResolvers<Session>()
  const over = Promise.withResolvers<void>()
  const closed = withSession(bare.source, async (one) => {
    opened.resolve(one)
    await over.promise
  })
  session = await opened.promise
  ends.push(async () => {
    over.resolve()
    await closed
  })
})
afterAll(async () => {
  for (const end of ends.reverse()) await end()
})

const migration = (name: string, script: string): Migration => ({ name, script, checksum: name.padEnd(64, '0') })
const first = migration('1_people', 'CREATE TABLE people (name TEXT NOT NULL)')
const second = migration('2_ages', `ALTER TABLE people ADD COLUMN age INT; INSERT INTO people VALUES ('An', 70)`)
const names = async () => (await session.ask('SELECT name, age FROM people')).map(({ name }) => name)
const finished = async () => {
  const rows = await session.ask(
    'SELECT migration_name AS "name" FROM _prisma_migrations WHERE finished_at IS NOT NULL',
  )
  return rows.map(({ name }) => name).sort()
}
const begunByAnOlderVersion = ({ name, checksum }: Migration) =>
  session.ask(
    'INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES (gen_random_uuid()::text, $1, $2)',
    [checksum, name],
  )
/** What the next start finds and makes of it. */
async function upToDate(one: Session) {
  await applyMigrations(one)
  return [await catalogOf(one), await rowsOf(one)]
}
/** What a start makes of nothing that nobody kills. */
let made: ReturnType<typeof upToDate> | undefined
const straight = () => {
  made ??= empty(session).then(() => upToDate(session))
  return made
}
const sentence = (error: unknown) => explainUnmigrated(error, loadTexts())
const refused = (work: Promise<unknown>) =>
  work.then(
    () => Promise.reject(new Error('not refused')),
    (error: unknown) => error,
  )

describe('the database of the tests', () => {
  it("has what Prisma's own engine would have made and recorded", async () => {
    const engine = await openSchemaEngine(new PrismaPGlite(snapshot))
    const list = { migrationsList: listForEngine(), filters: schemaFilter }
    expect(await engine.diagnoseMigrationHistory({ ...list, optInToShadowDatabase: false })).toEqual({
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    })
    expect(await engine.applyMigrations(list)).toEqual({ appliedMigrationNames: [] })
    engine.free()
  })
})

describe('migrations', () => {
  beforeEach(() => empty(session))

  it('are applied once, in the order of their names', async () => {
    expect(await applyMigrations(session, [first])).toEqual(['1_people'])
    expect(await applyMigrations(session, [first, second])).toEqual(['2_ages'])
    expect(await applyMigrations(session, [first, second])).toEqual([])
    expect(await names()).toEqual(['An'])
  })

  it('that the database refuses are named and undone whole, those before stand, and a mended one is applied', async () => {
    const wrong = { ...second, script: `${second.script}; ALTER TABLE people ADD CHECK (age < 60)` }
    const error = await refused(applyMigrations(session, [first, wrong]))
    expect(sentence(error)).toMatch(
      /bước cập nhật dữ liệu 2_ages bị cơ sở dữ liệu từ chối \(23514.*không có gì dở dang/,
    )
    expect(await finished()).toEqual(['1_people'])
    expect(await session.ask('SELECT * FROM people')).toEqual([])
    expect(await applyMigrations(session, [first, second])).toEqual(['2_ages'])
  })

  it('whose rules are put off to the commit are refused and named all the same', async () => {
    const wrong = {
      ...second,
      script: `ALTER TABLE people ADD UNIQUE (name) DEFERRABLE INITIALLY DEFERRED; INSERT INTO people VALUES ('An'), ('An')`,
    }
    expect(sentence(await refused(applyMigrations(session, [first, wrong])))).toContain('2_ages')
    expect(await finished()).toEqual(['1_people'])
  })

  it('refused for a value say nothing of that value', async () => {
    await applyMigrations(session, [first])
    await session.run(`INSERT INTO people VALUES ('Nguyễn Thị Sinh')`)
    const wrong = { ...second, script: 'ALTER TABLE people ALTER COLUMN name TYPE INT USING name::int' }
    const said = sentence(await refused(applyMigrations(session, [first, wrong])))
    expect(said).toContain('22P02')
    expect(said).not.toContain('Sinh')
  })

  it('that this version does not know stop it with a sentence, tools too, and nothing is changed', async () => {
    await applyMigrations(session, [first, second])
    const before = [await catalogOf(session), await rowsOf(session)]
    const third = migration('0_slipped_in', 'DROP TABLE people')
    const error = await refused(applyMigrations(session, [third, first]))
    expect(sentence(error)).toMatch(/phiên bản mới hơn.*2_ages.*Hãy chạy đúng phiên bản mới đó.*khôi phục bản sao lưu/)
    expect(await refused(refuseNewer(session, [first]))).toEqual(error)
    await session.run('UPDATE _prisma_migrations SET finished_at = NULL')
    expect(await refused(applyMigrations(session, [third, first]))).toEqual(error)
    await session.run('UPDATE _prisma_migrations SET finished_at = now()')
    expect([await catalogOf(session), await rowsOf(session)]).toEqual(before)
  })

  it('do not begin among the tables of another program', async () => {
    await session.run('CREATE TABLE theirs (id INT)')
    expect(sentence(await refused(applyMigrations(session, [first])))).toContain('bảng của chương trình khác')
    expect(await session.ask(`SELECT to_regclass('_prisma_migrations') AS "is"`)).toEqual([{ is: null }])
  })

  it('that an older version, killed, left begun or done without its record are each finished, and the next follow', async () => {
    const all = readMigrations().filter(({ name }) => name < '20261130')
    for (const [index, one] of all.entries()) {
      if (index > 0) await begunByAnOlderVersion(one)
      expect(await applyMigrations(session, all.slice(0, index + 1))).toEqual([one.name])
      await session.ask('UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = $1', [one.name])
      expect(await applyMigrations(session, all.slice(0, index + 1)), `${one.name}, done`).toEqual([one.name])
    }
    expect(await finished()).toEqual(all.map(({ name }) => name))
    expect(await upToDate(session)).toEqual(await straight())
  })
})

describe('a start that is killed', () => {
  // On PGlite, which takes a second to open, at one moment; `test/chaos/migrations.test.ts` kills at each of every migration.
  const moments = inject('postgres') === '' ? ['migration.recorded'] : migrationCheckpoints

  it('inside a migration is followed by one that ends with the tables of a start that nobody killed', async () => {
    const { source: killed, drop } = await bareSource()
    ends.push(killPrograms, drop)
    for (const moment of moments) {
      expect(await migrateUntil(killed, moment)).toMatchObject({ signal: 'SIGKILL', output: '' })
    }
    expect(await withSession(killed, upToDate)).toEqual(await straight())
  }, 120_000)
})

describe('a migration that could not be one transaction', () => {
  it('is found by the check, and what only looks like it is not', () => {
    const found = (script: string) => migrationProblems([migration('m', script)]).length
    expect(found('CREATE INDEX CONCURRENTLY i ON t (a)')).toBe(1)
    expect(found('BEGIN; SELECT 1; COMMIT;')).toBe(2)
    expect(found(`SELECT 1;\n-- Then.\nVACUUM t`)).toBe(1)
    expect(found(`ALTER TYPE "mood" ADD VALUE 'calm'`)).toBe(1)
    expect(found(`SET work_mem = '1GB'`)).toBe(1)
    expect(found(`CREATE FUNCTION f() RETURNS trigger AS $$ BEGIN RETURN NEW; END $$ LANGUAGE plpgsql`)).toBe(0)
    expect(found(`INSERT INTO t VALUES ('; VACUUM t;'); -- ; COMMIT;`)).toBe(0)
    expect(found(`UPDATE t SET a = 1; SET CONSTRAINTS ALL IMMEDIATE`)).toBe(0)
  })
})

// On PGlite there is one connection.
if (inject('postgres') !== '') {
  describe('two programs that start at once', () => {
    beforeEach(() => empty(session))
    const slow = migration('1_slow', `${first.script}; SELECT pg_sleep(0.5)`)
    const place = () => source ?? { url: '' }

    it('apply each migration once between them', async () => {
      const both = await Promise.all([
        applyMigrations(session, [slow, second]),
        withSession(place(), (other) => applyMigrations(other, [slow, second])),
      ])
      expect(both.flat().sort()).toEqual(['1_slow', '2_ages'])
      expect(await names()).toEqual(['An'])
    })

    it('one that dies inside a migration leaves nothing of it, and no lock', async () => {
      const dying = refused(withSession(place(), (other) => applyMigrations(other, [slow])))
      const holders = `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
      await expect.poll(() => session.ask(holders)).toHaveLength(1)
      await session.run(`SELECT pg_terminate_backend(pid) FROM (${holders}) held`)
      await dying
      expect(await applyMigrations(session, [slow, second])).toEqual(['1_slow', '2_ages'])
    })

    it('says so when another program holds the database, and leaves it as it is', async () => {
      await applyMigrations(session, [first])
      await withSession(place(), async (reader) => {
        await reader.run('BEGIN; SELECT * FROM people')
        const error = await refused(applyMigrations(session, [first, second], 0.2))
        expect(sentence(error)).toMatch(/một chương trình khác vẫn đang cập nhật hoặc đang đọc/)
        await reader.run('ROLLBACK')
      })
      expect(await applyMigrations(session, [first, second])).toEqual(['2_ages'])
    })
  })
}
