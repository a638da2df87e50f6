import { startApp } from '../app.ts'
import { dayAt } from '../domain/dates.ts'
import { formatDate } from '../domain/formats.ts'
import { openDatabase } from '../platform/database.ts'
import { createLog } from '../platform/log.ts'
import { loadTexts } from '../platform/texts.ts'
import { startSandbox } from '../sandbox/index.ts'
import { generateWard } from './generate/ward.ts'
import { openGeneratedWard } from './open-ward.ts'
import { People } from './people.ts'
import { month, monthBegins } from './play/month.ts'
import { Stage } from './stage.ts'

/** `npm run demo`: plays a month in the generated ward over HTTP, prints what people saw, and fails if a step did not happen. */
const texts = loadTexts()
const startedAt = performance.now()
const seed = 2019
const token = '1000000001:SANDBOX-lien-chi-demo-00000000000000'

const sandbox = await startSandbox({
  seed,
  now: monthBegins,
  bots: [{ token, username: 'lienchi_bot', name: 'Liên Chi' }],
})
const app = await startApp({
  database: await openDatabase({ memory: true }),
  token,
  apiRoot: sandbox.url,
  clock: sandbox.clock,
  log: createLog(process.env.LOG_LEVEL ?? 'error'),
})
sandbox.clock.onAdvance(() => app.settle())
await openGeneratedWard(app, sandbox, seed)
const ward = generateWard(seed, dayAt(monthBegins))
console.log(texts('demo:title', { ward: ward.name }))

const stage = new Stage({
  people: new People(sandbox.url),
  ward,
  texts,
  print: (line) => console.log(line),
  accounts: new Map(
    sandbox.world
      .users()
      .flatMap(({ id, firstName, person }) => (person ? [[person, { account: id, name: firstName }]] : [])),
  ),
  groups: new Map(
    ward.branches.flatMap(({ code, name }) => {
      const group = sandbox.world.groups().find(({ title }) => title === name)
      return group ? [[code, group.id]] : []
    }),
  ),
})

let failure: unknown = null
try {
  for (const { after, play } of month) {
    await stage.advance(after)
    console.log(`\n${texts('demo:date', { date: formatDate(dayAt(sandbox.clock.now())) })}`)
    await play(stage)
  }
  const seconds = Math.round((performance.now() - startedAt) / 1000)
  console.log(`\n${texts('demo:done', { scenes: month.length, checks: stage.checks, seconds })}`)
} catch (error) {
  failure = error
  console.error(`\n${texts('demo:failed', { reason: error instanceof Error ? error.message : String(error) })}`)
}
await app.stop()
await sandbox.close()
process.exit(failure === null ? 0 : 1)
