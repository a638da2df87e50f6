import { type App, startApp } from '../app.ts'
import { dayAt } from '../domain/dates.ts'
import { formatDate } from '../domain/formats.ts'
import { type OpenDatabase, openDatabase } from '../platform/database.ts'
import { memoryStore } from '../platform/file-store.ts'
import { createLog } from '../platform/log.ts'
import type { Texts } from '../platform/texts.ts'
import { type Sandbox, startSandbox } from '../sandbox/index.ts'
import { type Pace, telegramPace } from '../telegram/pace.ts'
import { generateWard } from './generate/ward.ts'
import { openGeneratedWard } from './open-ward.ts'
import { People } from './people.ts'
import { month, monthBegins } from './play/month.ts'
import { Stage, type Tell } from './stage.ts'

const seed = 2019
const token = '1000000002:SANDBOX-lien-chi-demo-00000000000000'

/** A generated ward in a sandbox of its own, in memory, ready for the month to be played in it. */
export interface Theatre {
  readonly sandbox: Sandbox
  readonly app: App
  /** Plays the month to its end; throws where a step did not happen. Answers with the number of things checked. */
  perform(tell: Tell): Promise<{ scenes: number; checks: number }>
  close(): Promise<void>
}

export async function openTheatre(
  texts: Texts,
  parts: { database?: OpenDatabase; pace?: Pace } = {},
): Promise<Theatre> {
  const bots = [{ token, username: 'lienchi_bot', name: 'Liên Chi' }]
  const sandbox = await startSandbox({ seed, now: monthBegins, bots })
  const app = await startApp({
    database: parts.database ?? (await openDatabase({ memory: true })),
    pace: parts.pace ?? telegramPace,
    token,
    files: memoryStore(),
    apiRoot: sandbox.url,
    clock: sandbox.clock,
    log: createLog(process.env.LOG_LEVEL ?? 'error'),
  })
  sandbox.clock.onAdvance(() => app.settle())
  await openGeneratedWard(app, sandbox, seed)
  return {
    sandbox,
    app,
    perform: async (tell) => {
      const stage = setStage(sandbox, texts, tell)
      for (const { after, play } of month) {
        if (after !== null) await stage.advance(after)
        const date = formatDate(dayAt(sandbox.clock.now()))
        await tell({ text: `\n${texts('demo:date', { date })}`, heading: true })
        await play(stage)
      }
      return { scenes: month.length, checks: stage.checks }
    },
    close: async () => {
      await app.stop()
      await sandbox.close()
    },
  }
}

function setStage({ world, url }: Sandbox, texts: Texts, tell: Tell): Stage {
  const ward = generateWard(seed, dayAt(monthBegins))
  const players = world
    .users()
    .flatMap(({ id, firstName, person }): [string, { account: number; name: string }][] =>
      person ? [[person, { account: id, name: firstName }]] : [],
    )
  const groups = ward.branches.flatMap(({ code, name }): [string, number][] => {
    const group = world.groups().find(({ title }) => title === name)
    return group ? [[code, group.id]] : []
  })
  return new Stage({ people: new People(url), ward, texts, tell, accounts: new Map(players), groups: new Map(groups) })
}
