import { afterAll, describe, expect, inject, it } from 'vitest'
import { openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { openQueue } from '../../src/platform/queue.ts'
import { createUpdateQueues } from '../../src/telegram/queue.ts'
import { databaseUrl, onServer, openTestDatabase } from '../support/database.ts'

const tables = ['"SealedBallot"', 'pgboss.job']

describe('writing tables anew', () => {
  it('leaves nothing in their files of what was deleted', async () => {
    const database = await openTestDatabase()
    const { prisma } = database
    await prisma.$executeRaw`INSERT INTO "ClockTick" SELECT 'n' || n, now() FROM generate_series(1, 5000) n`
    await prisma.clockTick.deleteMany({})
    await database.rewrite('"ClockTick"')
    const [row] = await prisma.$queryRaw<{ bytes: number }[]>`SELECT pg_relation_size('"ClockTick"')::int AS bytes`
    expect(row?.bytes).toBe(0)
    await database.close()
  })
})

// PGlite has one role, and one connection.
if (inject('postgres') !== '') {
  it('what another transaction still sees is said to stand there still, and is gone once that has ended', async () => {
    const database = await openTestDatabase()
    const { prisma } = database
    await prisma.$executeRaw`INSERT INTO "ClockTick" SELECT 'n' || n, now() FROM generate_series(1, 10) n`
    const ended = Promise.withResolvers<void>()
    const looks = Promise.withResolvers<void>()
    const dump = prisma.$transaction(
      async (tx) => {
        await tx.$queryRaw`SELECT count(*) FROM "Ward"`
        looks.resolve()
        await ended.promise
      },
      { isolationLevel: 'RepeatableRead', timeout: 30_000 },
    )
    await looks.promise
    await prisma.clockTick.deleteMany({})
    await expect(database.rewrite('"ClockTick"')).rejects.toThrow(/10 deleted rows that another transaction still sees/)
    ended.resolve()
    await dump
    await database.rewrite('"ClockTick"')
    await database.close()
  })

  describe('where one role owns the tables and the program runs as another', () => {
    const server = inject('postgres')
    const name = `lienchi_rewritten_${process.pid}`
    const program = `${name}_program`
    const owner = `${name}_owner`
    const password = 'only-for-this-test'
    const urlOf = (role: string) => Object.assign(new URL(databaseUrl(server, name)), { username: role, password }).href
    afterAll(async () => {
      await onServer(server, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
      for (const role of [program, owner]) await onServer(server, `DROP ROLE IF EXISTS "${role}"`)
    })

    it('both are written anew, each by its owner; without the owner that is said instead of believed', async () => {
      for (const role of [program, owner]) {
        await onServer(server, `CREATE ROLE "${role}" LOGIN PASSWORD '${password}'`)
      }
      await onServer(server, `CREATE DATABASE "${name}" OWNER "${owner}"`)
      const both = await openDatabase({ url: urlOf(program), ownerUrl: urlOf(owner) })
      const queue = await openQueue(both, createLog('silent'))
      await createUpdateQueues(queue)
      await queue.stop({ graceful: false })
      await expect(both.rewrite(...tables)).resolves.toBeUndefined()
      await both.close()
      const alone = await openDatabase({ url: urlOf(program), migrate: false })
      await expect(alone.rewrite(...tables)).rejects.toThrow(/no role of DATABASE_URL.*"SealedBallot"/)
      await alone.close()
    })
  })
}
