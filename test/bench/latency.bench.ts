import { residentMemory, withBot } from './frame/bots.ts'
import { createDatabase, type Kind, kinds } from './frame/databases.ts'
import { closedLoad, openLoad, percentile } from './frame/load.ts'
import type { Benchmark, Row } from './frame/rows.ts'
import { settleTown, startTelegram } from './frame/town.ts'
import { openVotes, pressing } from './frame/vote.ts'

const seconds = 15
const warmUpSeconds = 3
/** Aims: what people who press together in a meeting still find prompt. */
const rates: Record<Kind, { perSecond: number; p95?: number; p99?: number }[]> = {
  PostgreSQL: [{ perSecond: 100 }, { perSecond: 500, p95: 300, p99: 1000 }],
  PGlite: [{ perSecond: 50, p95: 500 }],
}

/**
 * From the moment at which a finger was to press to the answer under it, in a ward of 5,000 members in 100 branches, all voting;
 * and the memory that the program then holds. The program polls; the load and the sandbox run in this process.
 */
const latency: Benchmark = async () => {
  const rows: Row[] = []
  for (const kind of kinds()) rows.push(...(await on(kind)))
  return rows
}

export default latency

async function on(kind: Kind): Promise<Row[]> {
  const database = await createDatabase(kind)
  const sandbox = await startTelegram()
  try {
    const votes = await database.use(async ({ prisma }) =>
      openVotes(prisma, sandbox, await settleTown(prisma, sandbox, { branches: 100, members: 50 })),
    )
    sandbox.world.state.faults.flood.enabled = true
    const press = pressing(sandbox, votes)
    return await withBot('Liên Chi', sandbox, database, async (program) => {
      await closedLoad(4, warmUpSeconds, press)
      const rows: Row[] = []
      for (const { perSecond, p95, p99 } of rates[kind]) {
        await untilCalm(press)
        const answers = await openLoad(perSecond, seconds, (nth) => press(nth + 1_000_003))
        const name = `press to answer at ${perSecond}/s, ${kind}`
        const row = (share: number, atMost?: number): Row => ({
          name: `${name}, p${share * 100}`,
          who: 'Liên Chi',
          unit: 'ms',
          value: percentile(answers, share),
          ...(atMost ? { aim: { atMost } } : {}),
        })
        rows.push(row(0.5), row(0.95, p95), row(0.99, p99))
        rows.push({
          name: `${name}, unanswered`,
          who: 'Liên Chi',
          unit: '',
          value: answers.unanswered,
          aim: { atMost: 0 },
        })
      }
      const name = `resident memory after that, ${kind}`
      return [...rows, { name, who: 'Liên Chi', unit: 'MiB', value: residentMemory(program) }]
    })
  } finally {
    await sandbox.close()
    await database.drop()
  }
}

/** What an earlier load has left behind is not charged to the next: waits until presses are prompt, half a minute at most. */
async function untilCalm(press: (nth: number) => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 30_000
  for (let prompt = 0, nth = 2_000_003; prompt < 5 && performance.now() < deadline; nth++) {
    const pressedAt = performance.now()
    prompt = (await press(nth)) && performance.now() - pressedAt < 200 ? prompt + 1 : 0
  }
}
