import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createLease } from '../../../src/platform/lease.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard } from '../../support/ward.ts'
import { Branch, type TestBox } from './sealed-polls.ts'

/** The claim is about PostgreSQL; on PGlite a few polls show that the same statements run. `POLLS=1020` holds the full number. */
const pollCount = Number(process.env.POLLS ?? (inject('postgres') === '' ? 48 : 120))

interface Poll {
  box: TestBox
  /** Who cast what, in the order of casting. */
  cast: { personId: number; marks: string }[]
}

let test: TestApp
let keeping: NodeJS.Timeout
const polls: Poll[] = []

/** The same numbers in every run: a failure can be looked into. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

beforeAll(async () => {
  test = await startTestApp()
  const { branches } = await createTestWard(test, { branches: 4, members: 6 })
  // Nobody reads here. Somebody else holds the right to send, or a thousand polls would wait for their messages.
  const { database } = test.app.services
  await database.$executeRaw`UPDATE "CourierLease" SET "holder" = 'nobody' WHERE "name" = 'courier'`
  const lease = createLease(database, 'courier', 'nobody')
  keeping = setInterval(() => void lease.hold().catch(() => {}), 1000)
  await Promise.all(
    branches.map(async (one, lane) => {
      const branch = new Branch(test, one)
      const next = numbersFrom(lane + 7)
      for (let nth = lane; nth < pollCount; nth += branches.length) {
        const names = 1 + next(2)
        const box = await branch.open(names)
        const order = branch.voters
          .map((person) => ({ person, at: next(1_000_000) }))
          .sort((a, b) => a.at - b.at)
          .slice(0, 3 + next(3))
        const cast: Poll['cast'] = []
        for (const { person } of order) {
          const marks = Array.from({ length: names }, () => next(5)).join('')
          const taken = await branch.cast(box, person, marks)
          if (!taken.ok) throw new Error(taken.problem.code)
          cast.push({ personId: person.id, marks })
        }
        await branch.close(box)
        await branch.count(box)
        polls.push({ box, cast })
      }
    }),
  )
}, 1_200_000)
afterAll(() => {
  clearInterval(keeping)
  return test.stop()
})

/** The rows of a poll in some order of the attacker's choosing. */
type Ordering<T> = (poll: Poll) => Promise<T[]>

async function people(sql: string, poll: Poll): Promise<number[]> {
  const rows = await test.app.services.database.$queryRawUnsafe<{ person: number }[]>(sql, poll.box.voteId)
  const voters = new Set(poll.cast.map(({ personId }) => personId))
  return rows.map(({ person }) => person).filter((person) => voters.has(person))
}

const audit =
  (order: string): Ordering<number> =>
  (poll) =>
    people(
      `SELECT "actorPersonId" AS person FROM "AuditEntry"
     WHERE action = 'ballot.cast' AND (subject->>'vote')::int = $1 ORDER BY ${order}`,
      poll,
    )
const roll =
  (order: string): Ordering<number> =>
  (poll) =>
    people(
      `SELECT r."personId" AS person FROM "VoteRoll" r JOIN "Person" p ON p.id = r."personId"
          JOIN "AccountLink" l ON l."personId" = p.id WHERE r."voteId" = $1 ORDER BY ${order}`,
      poll,
    )

/** Every way to put those who voted into an order from what is left in the database, and the order in which they truly cast. */
const memberOrders: Record<string, Ordering<number>> = {
  'the true order of casting': async ({ cast }) => cast.map(({ personId }) => personId),
  'the number of the act': audit('id'),
  'the time of the act': audit('at, id DESC'),
  'the transaction of the act': audit('xmin::text::bigint'),
  'the place of the act': audit('ctid'),
  'the number of the person': roll('p.id'),
  'the name of the person': roll('p."searchName", p.id'),
  'the place on the roll': roll('r.ctid'),
  'the transaction of the roll': roll('r.xmin::text::bigint, r.ctid DESC'),
  'the account': roll('l."accountId"'),
  'the number of the link': roll('l.id DESC'),
  'the place of the person': roll('p.ctid'),
}

const plain =
  (order: string): Ordering<string> =>
  async (poll) => {
    const rows = await test.app.services.database.$queryRawUnsafe<{ marks: string }[]>(
      `SELECT marks FROM "PlainBallot" WHERE "voteId" = $1 ORDER BY ${order}`,
      poll.box.voteId,
    )
    return rows.map(({ marks }) => marks)
  }

/** Every way to put the opened ballots into an order. */
const ballotOrders: Record<string, Ordering<string>> = {
  'their number': plain('number'),
  'their number, backwards': plain('number DESC'),
  'their place': plain('ctid'),
  'their transaction': plain('xmin::text::bigint, ctid DESC'),
  'their hash': plain('md5(marks || number::text)'),
}

/**
 * How far an attacker who takes the first member for the first ballot, the second for the second and so on does better than one
 * who guesses, in standard deviations over all polls.
 */
async function advantage(members: Ordering<number>, ballots: Ordering<string>): Promise<number> {
  let matches = 0
  let expected = 0
  let variance = 0
  for (const poll of polls) {
    const [who, what] = [await members(poll), await ballots(poll)]
    const truth = new Map(poll.cast.map(({ personId, marks }) => [personId, marks]))
    const n = poll.cast.length
    expect([who.length, what.length]).toEqual([n, n])
    matches += who.filter((person, index) => truth.get(person) === what[index]).length
    const counts = Map.groupBy(poll.cast, ({ marks }) => marks)
    const chance = [...counts.values()].reduce((sum, { length }) => sum + (length / n) ** 2, 0)
    expected += n * chance
    variance += (n * n * chance * (1 - chance)) / (n - 1)
  }
  return (matches - expected) / Math.sqrt(variance)
}

/** Kept in memory, so that sixty attacks do not ask the same question sixty times. */
function once<T>(ordering: Ordering<T>): Ordering<T> {
  const known = new Map<number, Promise<T[]>>()
  return (poll) => {
    const rows = known.get(poll.box.voteId) ?? ordering(poll)
    known.set(poll.box.voteId, rows)
    return rows
  }
}

const asked = <T>(orders: Record<string, Ordering<T>>) =>
  Object.entries(orders).map(([name, ordering]): [string, Ordering<T>] => [name, once(ordering)])
const laidBeside = asked(ballotOrders)
const attacks = asked(memberOrders).flatMap(([member, members]) =>
  laidBeside.map(([ballot, ballots]) => ({ member, ballot, members, ballots })),
)

describe('after the opening', () => {
  it('as many polls were held as are claimed', () => {
    expect(polls).toHaveLength(pollCount)
  })

  it.each(attacks)(
    '$member, laid beside ballots by $ballot, tells no more than a guess',
    async ({ members, ballots }) => {
      expect(Math.abs(await advantage(members, ballots))).toBeLessThan(6)
    },
  )

  it('the attack would find ballots that kept the order of casting', async () => {
    const kept: Ordering<string> = async ({ cast }) => cast.map(({ marks }) => marks)
    const found = await advantage(memberOrders['the true order of casting'] ?? (async () => []), kept)
    expect(found).toBeGreaterThan(pollCount > 1000 ? 60 : 10)
  })

  it('each poll counts what was cast, sorted, in one transaction that wrote nothing of a person', async () => {
    const db = test.app.services.database
    const rows = await db.$queryRaw<{ vote: number; marks: string[]; transactions: number; sealed: number }[]>`
      SELECT "voteId" AS vote, array_agg(marks ORDER BY number) AS marks, count(DISTINCT xmin::text)::int AS transactions,
        (SELECT count(*)::int FROM "SealedBallot" s WHERE s."voteId" = p."voteId") AS sealed
      FROM "PlainBallot" p GROUP BY "voteId"`
    const found = new Map(rows.map((row) => [row.vote, row]))
    for (const { box, cast } of polls) {
      const marks = cast.map((one) => one.marks).sort()
      expect(found.get(box.voteId)).toEqual({ vote: box.voteId, marks, transactions: 1, sealed: 0 })
    }
    const personal = await db.$queryRaw`
      SELECT 1 FROM "AuditEntry" a JOIN "PlainBallot" p ON a.xmin = p.xmin WHERE a."actorPersonId" IS NOT NULL
      UNION ALL SELECT 1 FROM "VoteRoll" r JOIN "PlainBallot" p ON r.xmin = p.xmin`
    expect(personal).toEqual([])
  })
})
