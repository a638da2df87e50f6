import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OpenDatabase } from '../../src/platform/database.ts'
import { inTransaction } from '../../src/platform/transaction.ts'
import { openOwnDatabase } from '../support/database.ts'

let opened: OpenDatabase
beforeAll(async () => {
  opened = await openOwnDatabase()
  await opened.prisma.$executeRawUnsafe('CREATE TABLE "Late" ("n" int)')
  await opened.prisma.$executeRawUnsafe(
    `CREATE FUNCTION "refuse_seven"() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN IF NEW."n" = 7 THEN RAISE EXCEPTION 'not seven'; END IF; RETURN NULL; END $$`,
  )
  await opened.prisma.$executeRawUnsafe(
    'CREATE CONSTRAINT TRIGGER "late" AFTER INSERT ON "Late" DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "refuse_seven"()',
  )
})
afterAll(() => opened.close())

const insert = (n: number) =>
  inTransaction(opened.prisma, async (tx) => {
    await tx.$executeRaw`INSERT INTO "Late" VALUES (${n})`
    return n
  })

it('what a constraint refuses at the commit reaches whoever wrote it, and the next transaction goes on', async () => {
  await expect(insert(7)).rejects.toThrow('not seven')
  expect(await insert(8)).toBe(8)
  expect(await opened.prisma.$queryRaw`SELECT "n" FROM "Late"`).toEqual([{ n: 8 }])
})
