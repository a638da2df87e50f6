import { afterAll, expect, inject, it } from 'vitest'
import { ballotCheckpoints, type Checkpoint } from '../../src/platform/checkpoints.ts'
import { type Database, openDatabase } from '../../src/platform/database.ts'
import { everWritten, holdsShare, readableIn, recordEveryRow, sentShares } from '../features/votes/choice-scan.ts'
import { startTestApp } from '../support/app.ts'
import { databaseForPrograms } from '../support/database.ts'
import { startForwarder } from '../support/forwarder.ts'
import { killPrograms } from '../support/program.ts'
import { createTestWard } from '../support/ward.ts'
import { Booth, names } from './booth.ts'
import { Doom } from './doom.ts'

const place = inject('postgres') === '' ? 'PGlite, polled' : 'PostgreSQL, behind a webhook'
const ends: (() => unknown)[] = []
afterAll(async () => {
  await killPrograms()
  for (const end of ends.reverse()) await end()
})

it(`killed between any two steps of a secret ballot, the program loses, doubles and shows none (${place})`, {
  timeout: 600_000,
}, async () => {
  const { settings, drop } = await databaseForPrograms()
  ends.push(drop)
  const source = settings.DATABASE_URL ? { url: settings.DATABASE_URL } : { folder: settings.DATA_DIR ?? '' }
  const database = await openDatabase(source)
  await recordEveryRow(database.prisma)
  const test = await startTestApp({ now: new Date(), database })
  ends.push(() => test.sandbox.close())
  const { branches } = await createTestWard(test, { branches: 4, members: 4 })
  const booths: Booth[] = []
  for (const branch of branches) booths.push(await Booth.build(test, branch, Math.random, 12))
  await test.app.stop()

  const entrance = await startForwarder()
  ends.push(() => entrance.close())
  const doom = new Doom({ ...settings, LOG_LEVEL: 'trace' }, test, entrance)
  ends.push(() => doom.clear())
  for (const booth of booths) booth.begin()
  const begunAt = Date.now()
  const missed: Checkpoint[] = []
  for (const point of ballotCheckpoints) if (!(await doom.killsAt(point, 15_000))) missed.push(point)
  for (const point of missed) expect(await doom.killsAt(point, 60_000), `nobody passed ${point}`).toBe(true)

  const last = doom.start(null)
  await Promise.all(booths.map((booth) => booth.end()))
  await doom.endsInOrder(last)
  const seconds = ((Date.now() - begunAt) / 1000).toFixed(0)
  const { prisma, close } = await openDatabase(source)
  ends.push(close)
  const ballots = booths.flatMap(({ held }) => held)
  for (const { voteId, inBox } of ballots) await expectExactly(prisma, voteId, [...inBox.values()])
  const cast = booths.flatMap((booth) => booth.cast)
  const shares = await sentShares(test)
  const places = [await everWritten(prisma, 'PlainBallot'), doom.printed.join('\n')]
  expect(shares.filter((share) => holdsShare(share, places))).toEqual([])
  for (const text of places) expect(readableIn(text, cast, names)).toEqual([])
  // The scan would have found them: it finds what may be read after the opening.
  const plain = await prisma.plainBallot.findMany({ select: { marks: true } })
  expect(readableIn(JSON.stringify(plain), cast, names).length).toBeGreaterThan(ballots.length)
  const counted = ballots.reduce((sum, { inBox }) => sum + inBox.size, 0)
  console.log(
    `${place}: killed at ${ballotCheckpoints.length} checkpoints in ${seconds} s, ${missed.length} in a second round; ` +
      `${ballots.length} ballots, ${cast.length} casts, ${counted} counted, ${shares.length} shares`,
  )
})

/** The box was counted once, as its voters last cast, and nothing sealed is left of it. */
async function expectExactly(db: Database, voteId: number, inBox: string[]): Promise<void> {
  const vote = await db.vote.findUniqueOrThrow({ where: { id: voteId }, include: { box: true, records: true } })
  expect(vote.state).toBe('opened')
  expect(vote.box?.cast).toBe(inBox.length)
  expect(vote.box?.cleanedAt).not.toBeNull()
  expect(vote.records.map(({ number, voted }) => [number, voted])).toEqual([[1, inBox.length]])
  const plain = await db.plainBallot.findMany({ where: { voteId }, orderBy: { number: 'asc' } })
  expect(plain.map(({ marks }) => marks)).toEqual(inBox.toSorted())
  expect(await db.sealedBallot.count({ where: { voteId } })).toBe(0)
  const acts = { action: { startsWith: 'ballot.' }, subject: { path: ['vote'], equals: voteId } }
  const groups = await db.auditEntry.groupBy({ by: ['action'], where: acts, _count: true })
  expect(Object.fromEntries(groups.map(({ action, _count }) => [action, _count]))).toEqual({
    'ballot.opened': 1,
    'ballot.cast': inBox.length,
    'ballot.closed': 1,
    'ballot.boxOpened': 1,
  })
}
