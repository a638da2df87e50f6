import { everybody, withBot } from './frame/bots.ts'
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

async function on(kind: Kind): Promise<Row[]> {
  const speeds: Partial<Record<Row['who'], number>> = {}
  for (const who of everybody) speeds[who] = await speedOf(who, kind)
  const name = `presses handled, ${kind}`
  const rows = everybody.map((who): Row => ({ name, who, unit: '/s', value: speeds[who] ?? 0 }))
  const share = (speeds['Liên Chi'] ?? 0) / (speeds.grammY ?? 0)
  return [
    ...rows,
    { name: `${name}, as a share of grammY`, who: 'Liên Chi', unit: '×', value: share, aim: { atLeast: 0.8 } },
  ]
}

async function speedOf(who: Row['who'], kind: Kind): Promise<number> {
  const database = await createDatabase(kind)
  const sandbox = await startTelegram()
  try {
    const votes = await database.use(async ({ prisma }) =>
      openVotes(prisma, sandbox, await settleTown(prisma, sandbox, { branches: 20, members: 50 })),
    )
    const press = pressing(sandbox, votes)
    return await withBot(who, sandbox, database, async () => {
      await closedLoad(fingers, warmUpSeconds, press)
      return closedLoad(fingers, seconds, (nth) => press(nth + 1_000_003))
    })
  } finally {
    await sandbox.close()
    await database.drop()
  }
}
