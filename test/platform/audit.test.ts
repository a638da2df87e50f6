import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { sealHash } from '../../src/domain/audit-chain.ts'
import { auditSealer, chainedRow } from '../../src/platform/audit-seals.ts'
import { type Context, createContext, nobody, type Services } from '../../src/platform/context.ts'
import { type OpenDatabase, openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { openQueue } from '../../src/platform/queue.ts'
import { loadTexts } from '../../src/platform/texts.ts'
import { verifyAudit } from '../../src/platform/verify-audit.ts'
import { createUpdateQueues } from '../../src/telegram/queue.ts'
import { databaseUrl, onServer, openTestDatabase } from '../support/database.ts'

let database: OpenDatabase
const sealAudit = auditSealer()
let now = new Date('2026-11-23T02:00:10Z')
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

function context(): Context {
  const services: Services = {
    database: database.prisma,
    clock: { now: () => now },
    log: createLog('silent'),
    texts: loadTexts(),
    onCommit: () => {},
  }
  return createContext(services, nobody, null)
}

const record = (subject: number, action = 'task.assigned') =>
  context().transaction((tx) => context().audit(tx, action, { task: subject }))

async function nextMinute(minutes = 1): Promise<void> {
  const since = now
  now = new Date(now.getTime() + minutes * 60_000)
  await sealAudit(context(), { since, until: now })
}

const state = () => verifyAudit(database.prisma, now)

/** What the owner of the database can do and nobody else: past the triggers. */
async function tamper(statement: string): Promise<void> {
  await database.prisma.$transaction([
    database.prisma.$executeRaw`SET LOCAL session_replication_role = replica`,
    database.prisma.$executeRawUnsafe(statement),
  ])
}

describe('the audit', () => {
  it.each(['AuditEntry', 'AuditSeal', 'AuditSealEntry'])('%s is only ever added to', async (table) => {
    await record(1)
    await nextMinute()
    const column = table === 'AuditEntry' ? '"action" = \'x\'' : '"number" = 9'
    for (const statement of [
      `UPDATE "${table}" SET ${column}`,
      `DELETE FROM "${table}"`,
      `TRUNCATE "${table}" CASCADE`,
    ]) {
      await expect(database.prisma.$executeRawUnsafe(statement), statement).rejects.toThrow('only ever added to')
    }
  })

  it('takes ids and codes, and no text that could name somebody', async () => {
    const named = context().transaction((tx) => context().audit(tx, 'x', { who: 'Nguyễn Văn A' }))
    await expect(named).rejects.toThrow('was given a text')
  })

  it('seals each completed minute over the one before it, and a running minute not yet', async () => {
    const before = await state()
    await record(2)
    now = new Date(now.getTime() + 60_000)
    await record(3)
    await sealAudit(context(), { since: now, until: now })
    expect(await state()).toMatchObject({ seals: before.seals + 1, rows: before.rows + 1, broken: null, unsealed: 0 })
    await nextMinute()
    await nextMinute()
    expect(await state()).toMatchObject({ seals: before.seals + 2, rows: before.rows + 2, broken: null })
  })

  it('seals a row that was committed after its minute was sealed as a further seal of that minute', async () => {
    const minute = now
    await record(4)
    await nextMinute()
    const before = await state()
    await database.prisma.auditEntry.create({ data: { at: minute, action: 'task.assigned', subject: { task: 5 } } })
    await nextMinute()
    expect(await state()).toMatchObject({ seals: before.seals + 1, rows: before.rows + 1, broken: null })
  })

  it('seals what has piled up a piece at a time, goes on with the next tick, and calls none of it broken', async () => {
    const before = await state()
    await pileUp(120)
    const piecemeal = auditSealer({ atOnce: 50, milliseconds: 0 })
    let { rows, unsealed } = before
    for (let tick = 1; tick <= 4 || unsealed > 0; tick++) {
      await piecemeal(context(), { since: now, until: now })
      const after = await state()
      expect(after.rows - rows).toBeLessThanOrEqual(50)
      expect(after).toMatchObject({ unsealed: before.rows + 120 - after.rows, broken: null })
      ;({ rows, unsealed } = after)
      expect(tick).toBeLessThan(10)
    }
    expect(rows).toBe(before.rows + 120)
  })

  it('leaves the rest between two pieces when the program ends, and goes on there', async () => {
    const before = await state()
    await pileUp(120)
    const piecemeal = auditSealer({ atOnce: before.rows + 50 })
    await piecemeal(context(), { since: now, until: now }, AbortSignal.abort())
    expect(await state()).toMatchObject({ rows: before.rows + 50, unsealed: 70, broken: null })
    await piecemeal(context(), { since: now, until: now })
    expect(await state()).toMatchObject({ rows: before.rows + 120, unsealed: 0, broken: null })
  })

  it('comes back to a minute that was not over when the look passed it, however much is sealed behind it since', async () => {
    const before = await state()
    const minute = now
    await pileUp(20, minute)
    const piecemeal = auditSealer({ atOnce: before.rows + 10 })
    await piecemeal(context(), { since: now, until: now }, AbortSignal.abort())
    now = new Date(now.getTime() + 60_000)
    await database.prisma.$executeRaw`SELECT setval('"AuditEntry_id_seq"', currval('"AuditEntry_id_seq"') + 20000)`
    await pileUp(5)
    for (let tick = 1; tick <= 2; tick++) await piecemeal(context(), { since: now, until: now })
    expect(await state()).toMatchObject({ rows: before.rows + 25, unsealed: 0, broken: null })
  })

  it('still holds under a seal of more rows than are read at once', async () => {
    await pileUp(120)
    const { prisma } = database
    const rows = await prisma.auditEntry.findMany({ orderBy: { id: 'desc' }, take: 120 })
    const last = await prisma.auditSeal.findFirstOrThrow({ orderBy: { number: 'desc' } })
    const minute = new Date(rows[0]?.at ?? 0)
    const of = { number: last.number + 1, minute: minute.getTime() }
    const hash = sealHash(last.hash, of, rows.map(chainedRow))
    await prisma.auditSeal.create({ data: { number: of.number, minute, sealedAt: now, hash } })
    await prisma.auditSealEntry.createMany({ data: rows.map(({ id }) => ({ entryId: id, number: of.number })) })
    const inPieces = () => verifyAudit(prisma, now, 25)
    expect(await inPieces()).toMatchObject({ seals: of.number, broken: null, unsealed: 0 })
    await tamper(`UPDATE "AuditEntry" SET "wardId" = 7 WHERE "id" = ${rows[60]?.id}`)
    expect((await inPieces()).broken?.number).toBe(of.number)
    await tamper(`UPDATE "AuditEntry" SET "wardId" = NULL WHERE "id" = ${rows[60]?.id}`)
    expect((await inPieces()).broken).toBeNull()
  })

  it('finds a row far behind the newest one with the next hour', async () => {
    const before = await state()
    await database.prisma.$executeRaw`INSERT INTO "AuditEntry" ("id", "at", "action", "subject")
      SELECT 1000000 + n, ${now}, 'task.assigned', '{}' FROM generate_series(1, 3) AS n`
    await nextMinute()
    await record(6)
    await nextMinute()
    expect((await state()).rows).toBe(before.rows + 3)
    await nextMinute(60)
    expect(await state()).toMatchObject({ rows: before.rows + 4, unsealed: 0, broken: null })
  })

  it('names rows that no seal holds although their minute is long over', async () => {
    await database.prisma.auditEntry.create({
      data: { at: new Date(now.getTime() - 600_000), action: 'x', subject: {} },
    })
    expect((await state()).unsealed).toBe(1)
    await nextMinute()
  })

  it.each([
    ['a changed row', 'UPDATE "AuditEntry" SET "action" = \'task.accepted\' WHERE "id" = 1'],
    ['a row of another person', 'UPDATE "AuditEntry" SET "actorPersonId" = 99 WHERE "id" = 1'],
    ['a missing row', 'DELETE FROM "AuditEntry" WHERE "id" = 1'],
    ['a row taken out with its place', 'DELETE FROM "AuditSealEntry" WHERE "entryId" = 1'],
    ['a row slipped into a sealed minute', 'UPDATE "AuditSealEntry" SET "number" = 1 WHERE "number" = 2'],
    ['a missing seal', 'DELETE FROM "AuditSeal" WHERE "number" = 1'],
  ])('betrays %s and names the first broken minute', async (_, statement) => {
    expect((await state()).broken).toBeNull()
    const kept = await copies()
    await tamper(statement)
    const { broken } = await state()
    expect(broken?.number).toBeLessThanOrEqual(2)
    expect(broken?.minute.getUTCSeconds()).toBe(0)
    await restore(kept)
  })
})

/** So many rows of one minute. */
async function pileUp(
  count: number,
  at = new Date(Math.floor(now.getTime() / 60_000) * 60_000 - 600_000),
): Promise<void> {
  await database.prisma.$executeRaw`INSERT INTO "AuditEntry" ("at", "action", "subject")
    SELECT ${at}, 'task.assigned', jsonb_build_object('task', n) FROM generate_series(1, ${count}::int) AS n`
}

/** The three tables as they are, to put them back after a break. */
async function copies() {
  const { prisma } = database
  return Promise.all([prisma.auditEntry.findMany(), prisma.auditSeal.findMany(), prisma.auditSealEntry.findMany()])
}

async function restore([entries, seals, sealed]: Awaited<ReturnType<typeof copies>>): Promise<void> {
  const { prisma } = database
  await prisma.$transaction([
    prisma.$executeRaw`SET LOCAL session_replication_role = replica`,
    prisma.$executeRaw`TRUNCATE "AuditEntry", "AuditSealEntry", "AuditSeal"`,
    prisma.auditEntry.createMany({ data: entries.map((row) => ({ ...row, subject: row.subject ?? {} })) }),
    prisma.auditSeal.createMany({ data: seals }),
    prisma.auditSealEntry.createMany({ data: sealed }),
  ])
}

// PGlite has one role and no password; who owns what is a matter of a server.
if (inject('postgres') !== '') {
  describe('a program that does not own its tables', () => {
    const server = inject('postgres')
    const name = `lienchi_owned_${process.pid}`
    const program = `${name}_program`
    afterAll(async () => {
      await onServer(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
      await onServer(server, `DROP ROLE IF EXISTS "${program}"`)
    })

    it('runs with its queue, adds to the audit, and can neither change it nor put its triggers out of action', async () => {
      await onServer(server, `CREATE DATABASE "${name}"`)
      await onServer(server, `CREATE ROLE "${program}" LOGIN PASSWORD 'only-for-this-test'`)
      const ownerUrl = databaseUrl(server, name)
      const own = new URL(ownerUrl)
      own.username = program
      own.password = 'only-for-this-test'
      for (let start = 1; start <= 2; start++) {
        const opened = await openDatabase({ url: own.href, ownerUrl })
        const queue = await openQueue(opened, createLog('silent'))
        await createUpdateQueues(queue)
        await queue.stop({ graceful: false })
        const { prisma } = opened
        await prisma.ward.create({ data: { name: 'Đảng bộ phường Thử', createdAt: now } })
        await prisma.auditEntry.create({ data: { at: now, action: 'x', subject: {} } })
        for (const statement of [
          'UPDATE "AuditEntry" SET "action" = \'y\'',
          'DELETE FROM "AuditSeal"',
          'TRUNCATE "AuditSealEntry"',
          'ALTER TABLE "AuditEntry" DISABLE TRIGGER ALL',
          'DROP TRIGGER "audit_only_added_to" ON "AuditEntry"',
          'SET session_replication_role = replica',
          'CREATE OR REPLACE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$',
          'SELECT * FROM "_prisma_migrations"',
        ]) {
          await expect(prisma.$executeRawUnsafe(statement), statement).rejects.toThrow(
            /permission denied|must be owner/,
          )
        }
        await opened.close()
      }
    })
  })
}
