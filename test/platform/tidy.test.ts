import { expect, inject, it } from 'vitest'
import { createContext, nobody, type Services } from '../../src/platform/context.ts'
import type { Database } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { loadTexts } from '../../src/platform/texts.ts'
import { nightlyTidier } from '../../src/platform/tidy.ts'
import { openTestDatabase } from '../support/database.ts'

const fill = (prisma: Database) => prisma.$executeRaw`
  INSERT INTO "CodeFailure" ("accountId", "at") SELECT n, now() FROM generate_series(1, 1000) AS n`
const size = async (prisma: Database) => {
  const [row] = await prisma.$queryRaw<{ size: bigint }[]>`SELECT pg_relation_size('"CodeFailure"') AS "size"`
  return row?.size ?? 0n
}

/** A server with its own cleaner at work. */
const byItself = async (prisma: Database) => {
  if (inject('postgres') === '') return false
  const [row] = await prisma.$queryRaw<{ on: boolean }[]>`SELECT current_setting('autovacuum')::boolean AS "on"`
  return row?.on ?? false
}

it('what was deleted makes room for what comes from the next night on, by us or by the server', async () => {
  const database = await openTestDatabase()
  const { prisma } = database
  const services: Services = {
    database: prisma,
    clock: { now: () => new Date() },
    log: createLog('silent'),
    texts: loadTexts(),
    onCommit: () => {},
  }
  const ctx = createContext(services, nobody, null)
  const tidy = nightlyTidier(database, 8192)
  // 02:59 to 03:00 in Viet Nam; the noon before is not the time for it.
  const night = { since: new Date('2026-11-23T19:59:00Z'), until: new Date('2026-11-23T20:00:00Z') }
  const noon = { since: new Date('2026-11-23T04:59:00Z'), until: new Date('2026-11-23T05:00:00Z') }
  if (await byItself(prisma)) {
    await prisma.$executeRaw`ALTER TABLE "CodeFailure" SET (autovacuum_enabled = off)`
    await fill(prisma)
    await prisma.codeFailure.deleteMany()
    const once = await size(prisma)
    await tidy(ctx, night)
    expect(await size(prisma)).toBe(once)
    return database.close()
  }
  await fill(prisma)
  const once = await size(prisma)
  await prisma.codeFailure.deleteMany()
  await tidy(ctx, noon)
  await fill(prisma)
  expect(await size(prisma)).toBeGreaterThan(once)
  await prisma.codeFailure.deleteMany()
  await tidy(ctx, night)
  await fill(prisma)
  await fill(prisma)
  expect(await size(prisma)).toBeLessThanOrEqual(2n * once)
  await database.close()
})
