import { afterAll, beforeAll, expect, it } from 'vitest'
import type { OpenDatabase } from '../../../src/platform/database.ts'
import { createKeyPair } from '../../../src/platform/sealing.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { openTestDatabase } from '../../support/database.ts'
import { oneBranch } from './kit.ts'
import { Branch } from './sealed-polls.ts'

let test: TestApp
let database: OpenDatabase
let branch: Branch
beforeAll(async () => {
  database = await openTestDatabase()
  test = await startTestApp({ database })
  branch = new Branch(test, await oneBranch(test))
})
afterAll(() => test.stop())

it('the key of a box is not replaced, neither by an update nor by deleting the box and writing another', async () => {
  const { voteId } = await branch.open(1)
  const { prisma } = database
  const publicKey = new Uint8Array(createKeyPair().publicKey)
  await expect(prisma.ballotBox.update({ where: { voteId }, data: { publicKey } })).rejects.toThrow('not changed')
  await expect(prisma.$executeRaw`UPDATE "BallotBox" SET "voteId" = -1 WHERE "voteId" = ${voteId}`).rejects.toThrow()
  await prisma.ballotShare.deleteMany({ where: { voteId } })
  await expect(prisma.ballotBox.delete({ where: { voteId } })).rejects.toThrow('a box is not taken away')
  const other = await prisma.vote.findFirstOrThrow({ where: { id: voteId }, select: { id: true } })
  await expect(prisma.ballotBox.create({ data: { voteId: other.id, publicKey, needed: 2 } })).rejects.toThrow(
    'a box is made for a draft',
  )
})

it('the database keeps no samples of sealed ballots, nor of the presses that brought them', async () => {
  const box = await branch.open(1)
  for (const [index, voter] of branch.voters.entries()) await branch.cast(box, voter, String(index % 5))
  await test.app.quiet()
  await database.prisma.$executeRawUnsafe('ANALYZE')
  const samples = await database.prisma.$queryRaw<{ table: string; column: string }[]>`
    SELECT "starelid"::regclass::text AS "table", "attname"::text AS "column" FROM pg_statistic
    JOIN pg_attribute ON "attrelid" = "starelid" AND "attnum" = "staattnum"
    WHERE "starelid" = '"SealedBallot"'::regclass OR "starelid"::regclass::text LIKE 'pgboss.job%'
      OR "starelid"::regclass::text LIKE 'pgboss.j%'`
  expect(samples.map(({ column }) => column)).not.toContain('content')
  expect(samples.map(({ column }) => column)).not.toContain('data')
})
