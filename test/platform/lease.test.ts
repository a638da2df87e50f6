import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OpenDatabase } from '../../src/platform/database.ts'
import { breakLeases, createLease } from '../../src/platform/lease.ts'
import { openTestDatabase } from '../support/database.ts'

let database: OpenDatabase
beforeAll(async () => {
  database = await openTestDatabase()
})
afterAll(() => database.close())

/** Two processes that want the same, each with a clock of its own that only goes on. */
function two(name: string) {
  const time = { ours: 1000, theirs: 500_000 }
  const { prisma } = database
  const ours = createLease(prisma, name, 'ours', () => time.ours)
  const theirs = createLease(prisma, name, 'theirs', () => time.theirs)
  return { time, ours, theirs }
}

/** The clock of the database goes so far back, as far as a stored moment can tell. */
async function setBack(name: string, minutes: number): Promise<void> {
  const { prisma } = database
  await prisma.$executeRaw`ALTER TABLE "CourierLease" DISABLE TRIGGER USER`
  await prisma.$executeRaw`
    UPDATE "CourierLease" SET "until" = "until" + make_interval(mins => ${minutes}) WHERE "name" = ${name}`
  await prisma.$executeRaw`ALTER TABLE "CourierLease" ENABLE TRIGGER USER`
}

it('a holder that shows signs keeps the lease, also when the clock of the database jumps forward', async () => {
  const { time, ours, theirs } = two('kept')
  const fence = await ours.hold()
  expect(fence).not.toBeNull()
  for (let second = 0; second < 12; second += 4) {
    expect(await ours.hold()).toBe(fence)
    await setBack('kept', -10)
    expect(await theirs.hold()).toBeNull()
    time.theirs += 4000
  }
  expect(theirs.isHolderAlive()).toBe(true)
})

it('a dead holder loses the lease after six seconds of whoever waits, also when the clock of the database was set back', async () => {
  const { time, ours, theirs } = two('dead')
  const fence = (await ours.hold()) ?? 0
  await setBack('dead', 10)
  // However long it has been dead: only what is seen counts.
  expect(await theirs.hold()).toBeNull()
  time.theirs += 5999
  expect(await theirs.hold()).toBeNull()
  time.theirs += 1
  expect(await theirs.hold()).toBe(fence + 1)
  expect(await ours.hold()).toBeNull()
})

it('a holder that shows a sign in the last moment is not overtaken', async () => {
  const { time, ours, theirs } = two('last')
  const fence = await ours.hold()
  expect(await theirs.hold()).toBeNull()
  time.theirs += 6000
  expect(await ours.hold()).toBe(fence)
  expect(await theirs.hold()).toBeNull()
})

it('what is given up, or broken by a process that is alone, is free at once, under a number that grows', async () => {
  const { ours, theirs } = two('given')
  const fence = (await ours.hold()) ?? 0
  await ours.release()
  expect(await theirs.hold()).toBe(fence + 1)
  await breakLeases(database.prisma)
  expect(await ours.hold()).toBe(fence + 2)
})

it("two that reach for a dead holder's lease at once do not both get it", async () => {
  const { time, ours, theirs } = two('race')
  await createLease(database.prisma, 'race', 'third').hold()
  await Promise.all([ours.hold(), theirs.hold()])
  time.ours += 6000
  time.theirs += 6000
  const held = await Promise.all([ours.hold(), theirs.hold()])
  expect(held.filter((fence) => fence !== null)).toHaveLength(1)
})

it("a program of the version before, which renews by the clock, and one of this see each other's signs", async () => {
  const { prisma } = database
  /** What that version runs. */
  const earlier = async () => {
    const rows = await prisma.$queryRaw<{ fence: number }[]>`
      INSERT INTO "CourierLease" AS "held" ("name", "holder", "fence", "until")
      VALUES ('mixed', 'earlier', 1, now() + make_interval(secs => 6))
      ON CONFLICT ("name") DO UPDATE SET
        "fence" = CASE WHEN "held"."holder" = 'earlier' THEN "held"."fence" ELSE "held"."fence" + 1 END,
        "holder" = 'earlier',
        "until" = now() + make_interval(secs => 6)
      WHERE "held"."holder" = 'earlier' OR "held"."until" < now()
      RETURNING "fence"`
    return rows[0]?.fence ?? null
  }
  const { time, ours } = two('mixed')
  expect(await earlier()).toBe(1)
  for (let second = 0; second < 12; second += 2) {
    expect(await earlier()).toBe(1)
    expect(await ours.hold()).toBeNull()
    time.ours += 2000
  }
  time.ours += 6000
  expect(await ours.hold()).toBe(2)
  expect(await earlier()).toBeNull()
  await ours.release()
  expect(await earlier()).toBe(3)
})
