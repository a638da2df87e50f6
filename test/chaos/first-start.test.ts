import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, inject, it } from 'vitest'
import { openDatabase } from '../../src/platform/database.ts'
import { startSandbox } from '../../src/sandbox/index.ts'
import { killPrograms, type RunningProgram, startProgram } from '../support/program.ts'
import { bareSource, type Source } from '../support/sessions.ts'
import { randomFrom } from './random.ts'

const place = inject('postgres') === '' ? 'PGlite' : 'PostgreSQL'
const compiled = mkdtempSync(join(tmpdir(), 'lien-chi-compiled-'))
const ends: (() => unknown)[] = [() => rmSync(compiled, { recursive: true })]
afterAll(async () => {
  await killPrograms()
  for (const end of ends.reverse()) await end()
})

/** Statements that make the queue, by words that stand in no other. */
const queueStatements = [
  'CREATE SCHEMA IF NOT EXISTS pgboss',
  'pgboss.create_queue(',
  'lienchi arrival order',
  'lienchi forget when done',
]

it(`a first start that is killed again and again while it makes queue and ward ends as one that nobody killed (${place})`, {
  timeout: 1_800_000,
}, async () => {
  const straight = await emptyPlace()
  const wanted = await wardLine(straight.start())

  const killed = await emptyPlace()
  for (const words of queueStatements) {
    for (const when of ['unsent', 'unheard']) {
      expect(await killedBy(killed.start('test/chaos/doomed-statement.ts', words, when)), `${words} ${when}`).toBe(true)
    }
  }
  const random = randomFrom(1)
  let kills = 0
  for (;;) {
    const [point, time] = [
      random() < 0.5 ? 'transaction.written' : 'transaction.committed',
      1 + Math.floor(random() * 12),
    ]
    const program = killed.start('test/chaos/doomed.ts', point, String(time))
    // The sandbox keeps its memory every few seconds: it is behind the database, as after a real death.
    if (!(await killedBy(program))) break
    kills++
  }
  expect(kills).toBeGreaterThan(5)
  expect(await wardLine(killed.start())).toBe(wanted)
  await expectTheSameInTheSandbox(killed)
  console.log(`${place}: killed ${2 * queueStatements.length} times at the queue, ${kills} times at the ward`)
})

it.runIf(inject('postgres') === '')(
  'a first start that is killed while PGlite makes its files is followed by one that makes them anew',
  { timeout: 600_000 },
  async () => {
    const { source, drop } = await bareSource({ made: false })
    ends.push(drop)
    if (!('folder' in source)) throw new Error('not PGlite')
    for (const file of ['global', 'PG_VERSION']) {
      const { child, ends } = startProgram({ DATA_DIR: source.folder, NODE_COMPILE_CACHE: compiled })
      const places = ['pglite', 'pglite.new'].map((name) => join(source.folder, name, file))
      while (!places.some((one) => existsSync(one)) && child.exitCode === null) await delay(1)
      child.kill('SIGKILL')
      await ends()
    }
    const program = startProgram({ DATA_DIR: source.folder })
    await program.address()
    program.child.kill('SIGTERM')
    expect((await program.ends()).code).toBe(0)
    expect(existsSync(join(source.folder, 'pglite.new'))).toBe(false)
  },
)

interface Place {
  source: Source
  dataDir: string
  start(...entry: string[]): RunningProgram
}

async function emptyPlace(): Promise<Place> {
  const { source, drop } = await bareSource()
  const dataDir = 'folder' in source ? source.folder : mkdtempSync(join(tmpdir(), 'lien-chi-first-'))
  ends.push(drop, () => rmSync(dataDir, { recursive: true, force: true }))
  const settings = { DATA_DIR: dataDir, EMPTY: '0', NODE_COMPILE_CACHE: compiled }
  const where = 'url' in source ? { DATABASE_URL: source.url } : {}
  return {
    source,
    dataDir,
    start: (...entry) => startProgram({ ...settings, ...where }, entry.length > 0 ? entry : ['src/main.ts']),
  }
}

/** Whether the program died by SIGKILL; one that came up instead is told to end. */
async function killedBy(program: RunningProgram): Promise<boolean> {
  const isUp = await program.address().then(
    () => true,
    () => false,
  )
  if (isUp) program.child.kill('SIGTERM')
  const { code, output } = await program.ends()
  if (code === 0) return false
  expect(program.child.signalCode, output).toBe('SIGKILL')
  return true
}

/** What a start says of the ward that stands. */
async function wardLine(program: RunningProgram): Promise<string> {
  const output = await program.prints('Bấm Ctrl-C')
  program.child.kill('SIGTERM')
  expect((await program.ends()).code).toBe(0)
  return /\S[^\n]*người đã kết nối/.exec(output)?.[0] ?? ''
}

/** Everybody who is linked has that account in the sandbox, and every group that is connected is there, with the bot in it. */
async function expectTheSameInTheSandbox({ source, dataDir }: Place): Promise<void> {
  const sandbox = await startSandbox({ port: 0, seed: 2019, bots: [] })
  ends.push(() => sandbox.close())
  await sandbox.world.restore(readFileSync(join(dataDir, 'sandbox.bin')))
  const { prisma, close } = await openDatabase({ ...source, migrate: false })
  const users = new Map(sandbox.world.users().map(({ id, person }) => [id, person]))
  const links = await prisma.accountLink.findMany({ where: { endedAt: null }, include: { person: true } })
  const strange = links.filter(({ accountId, person }) => users.get(Number(accountId)) !== person.number)
  expect(strange.map(({ personId }) => personId)).toEqual([])
  const groups = new Map(sandbox.world.groups().map(({ id, title, bots }) => [id, { title, bots: bots.size }]))
  for (const { chatId, title } of await prisma.groupLink.findMany({ where: { endedAt: null } })) {
    expect(groups.get(Number(chatId))).toEqual({ title, bots: 1 })
  }
  await close()
}
