import { setTimeout as delay } from 'node:timers/promises'
import { type App, startApp } from '../../src/app.ts'
import type { Clock } from '../../src/platform/clock.ts'
import type { OpenDatabase } from '../../src/platform/database.ts'
import { type FileStore, memoryStore } from '../../src/platform/file-store.ts'
import { createLog, type Log } from '../../src/platform/log.ts'
import { startSandbox } from '../../src/sandbox/index.ts'
import { type Pace, unpaced } from '../../src/telegram/pace.ts'
import { openTestDatabase } from './database.ts'
import { People } from './people.ts'

export const testToken = '4242424242:TEST-sandbox-token-of-lien-chi-000000'
/** A question is put all the same when the bot cannot say what it owes: its calls fail, or its updates are held up. */
const longestQuiet = 2000
/** A Monday: 09:00 in Viet Nam. */
export const testNow = new Date('2026-11-23T02:00:00Z')

export interface TestApp {
  app: App
  sandbox: Awaited<ReturnType<typeof startSandbox>>
  people: People
  stop(): Promise<void>
}

/** The whole product on a database of its own, talking to a sandbox of its own over real HTTP, at {@link testNow}. */
export async function startTestApp(
  options: {
    now?: Date
    floodLimits?: boolean
    pace?: Pace
    database?: OpenDatabase
    files?: FileStore
    log?: Log
    /** Instead of the sandbox's, for a clock that is set back. */
    clock?: Clock
    longestTrouble?: number
  } = {},
): Promise<TestApp> {
  const sandbox = await startSandbox({
    port: 0,
    seed: 1,
    now: options.now ?? testNow,
    floodLimits: options.floodLimits ?? false,
    bots: [{ token: testToken, username: 'lienchi_bot', name: 'Liên Chi' }],
  })
  const app = await startApp({
    database: options.database ?? (await openTestDatabase()),
    token: testToken,
    apiRoot: sandbox.url,
    clock: options.clock ?? sandbox.clock,
    files: options.files ?? memoryStore(),
    pace: options.pace ?? unpaced,
    log: options.log ?? createLog(process.env.LOG_LEVEL ?? 'silent'),
    ...(options.longestTrouble ? { longestTrouble: options.longestTrouble } : {}),
  })
  sandbox.clock.onAdvance(() => app.settle())
  return {
    app,
    sandbox,
    people: new People(sandbox.url, () => Promise.race([app.quiet(), delay(longestQuiet)])),
    stop: async () => {
      const unknown = await unknownButtons(app, sandbox.url)
      await app.stop()
      await sandbox.close()
      if (unknown.length > 0) throw new Error(`sent with buttons that no feature knows: ${unknown.join(', ')}`)
    },
  }
}

/** Words of buttons that the bot has sent and would not understand when they are pressed, of its last 5,000 calls. */
async function unknownButtons({ features }: App, sandboxUrl: string): Promise<string[]> {
  const calls = await (await fetch(`${sandboxUrl}/people/calls`)).text()
  const sent = [...calls.matchAll(/callback_data\\*":\\*"([a-zA-Z0-9_]+)(?::([a-z]+))?/g)]
  const words = new Set(['cancel', 'menu'])
  const commands = new Set<string>()
  for (const { buttons = {}, atTheDoor = {}, commands: own = [] } of features) {
    for (const word of [...Object.keys(buttons), ...Object.keys(atTheDoor)]) words.add(word)
    for (const { name } of own) commands.add(name)
  }
  const unknown = sent.flatMap(([, word = '', command = '']) => {
    if (!words.has(word)) return word
    return word === 'menu' && !commands.has(command) ? `menu:${command}` : []
  })
  return [...new Set(unknown)]
}
