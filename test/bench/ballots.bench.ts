import { openBallots, type Voter, type Voting, vote } from './frame/ballot.ts'
import { withBot } from './frame/bots.ts'
import { createDatabase, kinds } from './frame/databases.ts'
import { pause, percentile } from './frame/load.ts'
import type { Benchmark, Row } from './frame/rows.ts'
import { settleTown, startTelegram } from './frame/town.ts'

/** `BENCH_BALLOT_SECONDS=30` for a short look: as many people in proportion. */
const seconds = Number(process.env.BENCH_BALLOT_SECONDS ?? 300)
const branches = Math.max(1, Math.round(seconds / 3))
const members = 50

/**
 * 5,000 members of 100 branches fill in secret papers within five minutes, with Telegram's limits on. They come evenly; each
 * presses three times and waits each time for the paper to turn. Telegram lets a bot change 30 messages a second, less than so
 * many presses: what is measured is that presses are answered all the same, and how far the papers lag behind.
 */
const ballots: Benchmark = async () => {
  const [kind = 'PGlite'] = kinds()
  const database = await createDatabase(kind)
  const sandbox = await startTelegram()
  try {
    const voters = await database.use(async ({ prisma }) =>
      openBallots(prisma, sandbox, await settleTown(prisma, sandbox, { branches, members })),
    )
    sandbox.world.state.faults.flood.enabled = true
    let refused = 0
    sandbox.world.state.calls.listen(({ code }) => {
      if (code === 429) refused += 1
    })
    const seen: Voting = { answers: [], turns: [], unanswered: 0 }
    const turnedOut = await withBot('Liên Chi', sandbox, database, async () => {
      const startedAt = performance.now()
      const all = shuffled(voters).map(async (voter, nth) => {
        await pause((nth * seconds * 1000) / voters.length)
        return vote(sandbox, voter, startedAt + seconds * 1000, seen)
      })
      return (await Promise.all(all)).filter(Boolean).length
    })
    const inBox = await database.use(({ prisma }) => prisma.sealedBallot.count())
    const name = `secret ballots of ${voters.length} in ${seconds} s, ${kind}`
    const row = (what: string, unit: string, value: number): Row => ({
      name: `${name}, ${what}`,
      who: 'Liên Chi',
      unit,
      value,
    })
    const answers = { milliseconds: seen.answers, unanswered: seen.unanswered }
    const turns = { milliseconds: seen.turns, unanswered: 0 }
    return [
      row('presses', '', seen.answers.length + seen.unanswered),
      row('press to answer, p50', 'ms', percentile(answers, 0.5)),
      { ...row('press to answer, p95', 'ms', percentile(answers, 0.95)), aim: { atMost: 300 } },
      { ...row('unanswered', '', seen.unanswered), aim: { atMost: 0 } },
      row('press to the turned paper, p50', 'ms', percentile(turns, 0.5)),
      row('press to the turned paper, p95', 'ms', percentile(turns, 0.95)),
      row('voters done in that time', '', turnedOut),
      row('ballots in the boxes', '', inBox),
      row('refused calls (429)', '', refused),
    ]
  } finally {
    await sandbox.close()
    await database.drop()
  }
}

export default ballots

/** Branch by branch nobody votes: everybody comes when they come. The same order each time. */
function shuffled(voters: readonly Voter[]): Voter[] {
  return voters.map((_, nth) => voters[(nth * 7919) % voters.length]).filter((voter) => voter !== undefined)
}
