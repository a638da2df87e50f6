import { everybody, processorSeconds, withBot } from './frame/bots.ts'
import { createDatabase, type Kind, kinds } from './frame/databases.ts'
import { closedLoad } from './frame/load.ts'
import type { Benchmark, Row } from './frame/rows.ts'
import { settleTown, startTelegram } from './frame/town.ts'
import { openVotes, pressing } from './frame/vote.ts'

const warmUpSeconds = 3
const seconds = 8
/** Fingers that press again as soon as they are answered: as many as one call for updates brings. */
const fingers = 100

/** Votes pressed and recorded a second, ours with each press stored first, beside two plain bots with the same write. */
const throughput: Benchmark = async () => {
  const rows: Row[] = []
  for (const kind of kinds()) rows.push(...(await on(kind)))
  return rows
}

export default throughput

interface Speed {
  perSecond: number
  /** Of the program itself, without the database server. */
  processorMilliseconds: number
}

async function on(kind: Kind): Promise<Row[]> {
  const speeds: { who: Row['who']; speed: Speed }[] = []
  for (const who of everybody) speeds.push({ who, speed: await speedOf(who, kind) })
  const [ours, grammy] = speeds
  const name = `presses handled, ${kind}`
  const share = (ours?.speed.perSecond ?? 0) / (grammy?.speed.perSecond ?? 1)
  return [
    ...speeds.map(({ who, speed }): Row => ({ name, who, unit: '/s', value: speed.perSecond })),
    ...speeds.map(
      ({ who, speed }): Row => ({
        name: `processor time of the bot for one press, ${kind}`,
        who,
        unit: 'ms',
        value: speed.processorMilliseconds,
      }),
    ),
    { name: `${name}, as a share of grammY`, who: 'Liên Chi', unit: '×', value: share, aim: { atLeast: 0.8 } },
  ]
}

async function speedOf(who: Row['who'], kind: Kind): Promise<Speed> {
  const database = await createDatabase(kind)
  const sandbox = await startTelegram()
  try {
    const votes = await database.use(async ({ prisma }) =>
      openVotes(prisma, sandbox, await settleTown(prisma, sandbox, { branches: 20, members: 50 })),
    )
    const press = pressing(sandbox, votes)
    const speed = await withBot(who, sandbox, database, async (program) => {
      await closedLoad(fingers, warmUpSeconds, press)
      const before = processorSeconds(program)
      const perSecond = await closedLoad(fingers, seconds, (nth) => press(nth + 1_000_003))
      const used = processorSeconds(program) - before
      return { perSecond, processorMilliseconds: (used * 1000) / Math.max(1, perSecond * seconds) }
    })
    const written = await database.use(({ prisma }) => prisma.voteChoice.count())
    if (written === 0) throw new Error(`${who} has answered and written nothing`)
    return speed
  } finally {
    await sandbox.close()
    await database.drop()
  }
}
