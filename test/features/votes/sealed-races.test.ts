import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { castSealed } from '../../../src/features/votes/sealed/cast-sealed.ts'
import { closeSealed } from '../../../src/features/votes/sealed/close-sealed.ts'
import { openBox } from '../../../src/features/votes/sealed/open-box.ts'
import { type Context, createContext } from '../../../src/platform/context.ts'
import type { Database } from '../../../src/platform/database.ts'
import { seal } from '../../../src/platform/sealing.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { oneBranch } from './kit.ts'
import { Branch, type TestBox } from './sealed-polls.ts'

/** Many at once is what PostgreSQL does; PGlite has one connection, where fewer show the same order. */
const onServer = inject('postgres') !== ''

let test: TestApp
let branch: Branch
beforeAll(async () => {
  test = await startTestApp()
  branch = new Branch(test, await oneBranch(test, 11))
})
afterAll(() => test.stop())

const db = () => test.app.services.database
const stateOf = async ({ voteId }: TestBox) => (await db().vote.findUniqueOrThrow({ where: { id: voteId } })).state

describe('at the same moment', () => {
  it('equal casts of one voter, hundreds of them, leave one ballot', async () => {
    const box = await branch.open(2)
    const [voter, other] = branch.voters
    if (!voter || !other) throw new Error('nobody to vote')
    const count = onServer ? 500 : 50
    const casts = await Promise.all(Array.from({ length: count }, () => branch.cast(box, voter, '01')))
    expect(casts.every(({ ok }) => ok)).toBe(true)
    await branch.cast(box, other, '44')
    await branch.close(box)
    expect(await branch.count(box)).toEqual(['01', '44'])
  }, 300_000)

  it('200 casts race 20 closings: what was accepted is counted, and whoever came late is told once', async () => {
    const box = await branch.open(2)
    const marks = new Map(branch.voters.map(({ id }, index) => [id, `${index % 5}${Math.floor(index / 5)}`]))
    const casts = Array.from({ length: 200 }, (_, nth) => branch.voters[nth % branch.voters.length]).flatMap((voter) =>
      voter ? [{ voter }] : [],
    )
    const accepted = new Set<number>()
    const late: string[] = []
    /** So that something lies in the box when the closings begin. */
    const some = Promise.withResolvers<void>()
    const work = casts.map(({ voter }, nth) => async () => {
      if (nth > 40) await some.promise
      const taken = await branch.cast(box, voter, marks.get(voter.id) ?? '')
      if (taken.ok) accepted.add(voter.id)
      if (accepted.size > 2) some.resolve()
      if (!taken.ok) late.push(taken.problem.code)
    })
    for (let nth = 0; nth < 20; nth++) {
      work.splice(30 + nth, 0, async () => {
        await some.promise
        expect((await branch.close(box)).ok).toBe(true)
      })
    }
    await Promise.all(work.map((one) => one()))
    expect(await branch.count(box)).toEqual([...accepted].map((id) => marks.get(id)).sort())
    expect(new Set(late).size).toBeLessThanOrEqual(1)
    expect(late.every((code) => code === 'votes.closed')).toBe(true)
    expect(late.length).toBeGreaterThan(0)
    expect(accepted.size).toBeGreaterThan(0)
  }, 300_000)

  it('two openings of one box count it once', async () => {
    const box = await branch.open(1)
    const [first, second] = branch.voters
    if (!first || !second) throw new Error('nobody to vote')
    await branch.cast(box, first, '0')
    await branch.cast(box, second, '3')
    await branch.close(box)
    const ctx = await branch.as(branch.branch.secretary)
    const opened = await Promise.all([openBox(ctx, box.voteId, box.key), openBox(ctx, box.voteId, box.key)])
    expect(opened.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await branch.plain(box)).toEqual(['0', '3'])
    expect(await db().voteRecord.count({ where: { voteId: box.voteId } })).toBe(1)
  })
})

/** The process is gone before its next statement reaches the database. */
class Killed extends Error {}

/** A context whose database dies before its `at`-th statement; `used` tells how many there were. */
function dying(ctx: Context, at: number): { ctx: Context; used(): number } {
  let count = 0
  const database = test.app.services.database.$extends({
    query: {
      $allOperations: ({ args, query }) => {
        count++
        if (count === at) throw new Killed()
        return query(args)
      },
    },
  }) as unknown as Database
  return { ctx: createContext({ ...test.app.services, database }, ctx.actor, ctx.source), used: () => count }
}

/** Runs `act` with a death before each of its statements; `check` sees what is left; then it runs to its end with one source. */
async function killEverywhere(
  begin: Context,
  act: (ctx: Context) => Promise<{ ok: boolean }>,
  check: () => Promise<void>,
): Promise<number> {
  for (let at = 1; ; at++) {
    const { ctx, used } = dying(begin, at)
    try {
      expect((await act(ctx)).ok).toBe(true)
      return used()
    } catch (error) {
      if (!(error instanceof Killed)) throw error
      await check()
    }
  }
}

describe('a process that dies between any two steps', () => {
  it('of casting loses no ballot that was taken, counts none twice and leaves none half done', async () => {
    const box = await branch.open(2)
    const [first, voter] = branch.voters
    if (!first || !voter) throw new Error('nobody to vote')
    await branch.cast(box, first, '01')
    const content = seal(Uint8Array.of(3, 3), box.publicKey)
    const cast = (ctx: Context) => castSealed(ctx, { voteId: box.voteId, content })
    const begin = await branch.as(voter)
    const sealedOf = () => db().sealedBallot.count({ where: { voteId: box.voteId } })
    const steps = await killEverywhere(begin, cast, async () => expect(await sealedOf()).toBe(1))
    expect(steps).toBeGreaterThan(8)
    // The answer was lost and the update runs again: also after the slot was closed it was this very ballot.
    await branch.close(box)
    expect((await cast(begin)).ok).toBe(true)
    const audits = { action: 'ballot.cast', actorPersonId: voter.id, subject: { equals: { vote: box.voteId } } }
    expect(await db().auditEntry.count({ where: audits })).toBe(1)
    expect(await branch.count(box)).toEqual(['01', '33'])
  })

  it('of closing leaves it open, or closed with its turnout', async () => {
    const box = await branch.open(1)
    const [voter] = branch.voters
    if (!voter) throw new Error('nobody to vote')
    await branch.cast(box, voter, '2')
    const begin = await branch.as(branch.branch.secretary)
    const close = (ctx: Context) => closeSealed(ctx, box.voteId)
    const steps = await killEverywhere(begin, close, async () => expect(await stateOf(box)).toBe('open'))
    expect(steps).toBeGreaterThan(8)
    expect(await branch.count(box)).toEqual(['2'])
  })

  it('of opening leaves the box locked and whole, and nothing to read', async () => {
    const box = await branch.open(2)
    for (const [index, voter] of branch.voters.slice(0, 5).entries()) await branch.cast(box, voter, `${index}${index}`)
    await branch.close(box)
    const open = (ctx: Context) => openBox(ctx, box.voteId, box.key)
    const steps = await killEverywhere(await branch.as(branch.branch.secretary), open, async () => {
      expect(await stateOf(box)).toBe('closed')
      expect(await branch.plain(box)).toEqual([])
      expect(await db().sealedBallot.count({ where: { voteId: box.voteId } })).toBe(5)
    })
    expect(steps).toBeGreaterThan(12)
    expect(await branch.plain(box)).toEqual(['00', '11', '22', '33', '44'])
    expect(await db().sealedBallot.count({ where: { voteId: box.voteId } })).toBe(0)
  })
})
