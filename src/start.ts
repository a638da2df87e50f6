import { join } from 'node:path'
import { GrammyError } from 'grammy'
import { type App, startApp } from './app.ts'
import { type Config, explainWrongSetting, WrongSetting } from './config.ts'
import { openGeneratedWard } from './demo/open-ward.ts'
import { keepSandbox, recallSandbox, SandboxMemoryDamaged } from './demo/sandbox-memory.ts'
import { openWebChat } from './demo/web-chat.ts'
import { createRecoveryCode, createStartCode } from './features/linking/index.ts'
import { pageDoor, pageUrl } from './page-door.ts'
import { packBackup } from './platform/backup/write.ts'
import { closeDataFolder, filesFolder, leftOpen, takeDataFolder } from './platform/data-folder.ts'
import { DataFolderInUse } from './platform/data-folder-lock.ts'
import { DataFolderUnusable, isDamage, troubleOf } from './platform/data-folder-trouble.ts'
import { type OpenDatabase, openDatabase } from './platform/database.ts'
import { folderStore, objectStore } from './platform/file-store.ts'
import { createLog } from './platform/log.ts'
import { Unmigrated } from './platform/migrations/errors.ts'
import { explainUnmigrated } from './platform/migrations/explain.ts'
import type { Texts } from './platform/texts.ts'
import { type Sandbox, startSandbox } from './sandbox/index.ts'
import { createStartWaits, type StartWaits } from './start-waiting.ts'
import { Entrance } from './web/entrance.ts'
import { createPages, createWaitingPages } from './web/pages.ts'
import { startWebServer } from './web/server.ts'
import { toolPages } from './web/tools.ts'

export interface Program {
  stop(): Promise<void>
}

/** A port that another program has. */
class PortTaken extends Error {
  readonly setting: string
  readonly port: number
  constructor(setting: string, port: number) {
    super(`port ${port} of ${setting} is taken`)
    this.setting = setting
    this.port = port
  }
}

class DatabaseUnreachable extends Error {}

/** The token of the bot inside the sandbox. It opens nothing but this process. */
const sandboxToken = '1000000001:SANDBOX-lien-chi-embedded-000000000'
const sandboxUsername = 'lienchi_bot'

/**
 * Starts the whole program as its settings say and tells in Vietnamese what runs where. It waits for a database and a Telegram
 * that cannot be reached, until the signal. What was started before a failure is stopped again.
 */
export async function startProgram(
  config: Config,
  texts: Texts,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Program> {
  const startedAt = performance.now()
  const started: (() => Promise<void>)[] = []
  const entrance = new Entrance(
    createWaitingPages(texts, () => waits.reason()),
    (pages) =>
      orPortTaken(
        'PORT',
        config.port,
        orWrongHost(config, startWebServer(pages, config.port, config.host, pageDoor(config))),
      ),
  )
  const waits = createStartWaits({ config, texts, say, open: () => entrance.open(), signal })
  const stopAll = async () => {
    await entrance.close()
    for (const stop of started.splice(0).reverse()) await stop()
  }
  say(texts('start:starting'))
  try {
    const database = await openConfigured(config, waits)
    started.push(database.close)
    if (usesDataFolder(config)) keepDataFolder(config, texts, say)
    const sandbox = config.botToken === null ? await openSandbox(config) : null
    if (sandbox) {
      started.push(() => sandbox.close())
      await recallSandbox(sandbox, config.dataDir)
      started.push(keepSandbox(sandbox, config.dataDir))
    }
    const app = await startApp({
      database,
      token: config.botToken ?? sandboxToken,
      apiRoot: sandbox?.url ?? config.botApiRoot,
      proxy: sandbox ? null : config.botProxy,
      webhook: config.webhook,
      files: config.files ? objectStore(config.files) : folderStore(join(config.dataDir, filesFolder)),
      pace: config.pace,
      ...(sandbox ? { clock: sandbox.clock } : {}),
      log: createLog(config.logLevel),
      onConflict: () => say(texts('start:conflict')),
      onShutOut: (isShut) => say(texts(isShut ? 'start:shutOut' : 'start:letIn')),
      reach: (call) => waits.telegram(call),
    })
    // The app closes the database when it has ended.
    started[0] = async () => {}
    started.push(app.stop)
    if (sandbox) {
      sandbox.clock.onAdvance(() => app.settle())
      if (!config.empty) await openGeneratedWard(app, sandbox, config.seed, () => say(texts('start:generating')))
    }
    const pages = createPages({ database: database.prisma, metrics: app.metrics, texts, illnesses: app.illnesses })
    if (sandbox) pages.route('/', openWebChat(app, sandbox))
    if (config.botToken !== null) {
      const createOfficerCode = (wardId: number | null) => createRecoveryCode(app.context(), { wardId })
      const makeBackup = async () => (await packBackup(database.prisma, new Date())).file
      pages.route('/', toolPages({ token: config.botToken, texts, createOfficerCode, makeBackup }))
    }
    if (app.webhook) pages.route('/', app.webhook.page)
    const webPort = await entrance.serve(pages)
    await app.webhook?.announce()
    await report(app, { config, texts, say, sandbox, database, webPort, startedAt })
    return { stop: stopAll }
  } catch (error) {
    await stopAll()
    throw config.databaseUrl === null && isDamage(error) ? troubleOf(config.dataDir, error) : error
  }
}

function usesDataFolder({ databaseUrl, botToken, files }: Config): boolean {
  return databaseUrl === null || botToken === null || files === null
}

/** Makes the data folder this user's alone, and says so where that is not possible. Its database has been opened by then. */
function keepDataFolder({ databaseUrl, dataDir }: Config, texts: Texts, say: (line: string) => void): void {
  if (databaseUrl !== null) {
    takeDataFolder(dataDir)
    closeDataFolder(dataDir)
  }
  const [open] = leftOpen(dataDir)
  if (open !== undefined) say(texts('start:openFolder', { folder: dataDir, open }))
}

/** The sentence and the remedy for a start that failed, or null for what nobody foresaw. */
export function explainStartFailure(error: unknown, texts: Texts): string | null {
  const wrongSetting = explainWrongSetting(error, texts)
  if (wrongSetting !== null) return wrongSetting
  if (error instanceof PortTaken) return texts('start:errors.portTaken', { port: error.port, setting: error.setting })
  if (error instanceof DataFolderInUse) {
    return texts('start:errors.folderInUse', { folder: error.folder, pid: error.pid ?? '?' })
  }
  if (error instanceof DataFolderUnusable) {
    return texts(`start:errors.folder.${error.trouble}`, { folder: error.folder })
  }
  if (error instanceof SandboxMemoryDamaged) return texts('start:errors.sandboxMemory', { file: error.file })
  const unmigrated = explainUnmigrated(error, texts)
  if (unmigrated !== null) return unmigrated
  if (error instanceof DatabaseUnreachable) return texts('start:errors.database', { reason: error.message })
  if (error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404)) {
    return texts('start:errors.token')
  }
  return null
}

async function openConfigured(config: Config, waits: StartWaits): Promise<OpenDatabase> {
  if (config.databaseUrl === null) return openDatabase({ folder: config.dataDir })
  try {
    await waits.database()
    return await openDatabase({ url: config.databaseUrl, ownerUrl: config.databaseMigrateUrl })
  } catch (error) {
    if (error instanceof Unmigrated || error instanceof PortTaken || error instanceof WrongSetting) throw error
    throw new DatabaseUnreachable(error instanceof Error ? error.message : String(error), { cause: error })
  }
}

function openSandbox(config: Config): Promise<Sandbox> {
  const bots = [{ token: sandboxToken, username: sandboxUsername, name: 'Liên Chi' }]
  return orPortTaken(
    'SANDBOX_PORT',
    config.sandboxPort,
    startSandbox({ port: config.sandboxPort, seed: config.seed, floodLimits: true, bots }),
  )
}

async function orPortTaken<T>(setting: string, port: number, starting: Promise<T>): Promise<T> {
  try {
    return await starting
  } catch (error) {
    const taken = typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE'
    throw taken ? new PortTaken(setting, port) : error
  }
}

async function orWrongHost<T>({ host }: Config, starting: Promise<T>): Promise<T> {
  try {
    return await starting
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
    throw ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(code) ? new WrongSetting('HOST', host) : error
  }
}

interface Report {
  config: Config
  texts: Texts
  say(line: string): void
  sandbox: Sandbox | null
  database: OpenDatabase
  webPort: number
  startedAt: number
}

async function report(app: App, { config, texts, say, sandbox, database, webPort, startedAt }: Report): Promise<void> {
  const { username } = app.bot
  say(texts('start:ready', { seconds: ((performance.now() - startedAt) / 1000).toFixed(1).replace('.', ',') }))
  say(
    sandbox
      ? texts('start:sandbox', { url: sandbox.url })
      : texts('start:telegram', { username, apiRoot: config.botApiRoot }),
  )
  say(texts('start:web', { url: pageUrl(config.host, webPort) }))
  if (sandbox) say(texts('start:chat'))
  const place =
    database.kind === 'pglite'
      ? texts('start:databasePglite', { folder: config.dataDir })
      : texts('start:databasePostgres')
  say(texts('start:database', { place }))
  await reportWards(app, texts, say)
  const officers = await database.prisma.appointment.count({ where: { role: 'officer', to: null } })
  if (officers === 0) say(texts('start:startCode', { code: await createStartCode(app.context()), username }))
  say(texts('start:stopHint'))
}

async function reportWards({ services }: App, texts: Texts, say: (line: string) => void): Promise<void> {
  const { database: db } = services
  for (const { id, name } of await db.ward.findMany()) {
    const [branches, members, groups, linked] = await Promise.all([
      db.organisation.count({ where: { wardId: id, kind: 'branch', dissolvedOn: null } }),
      db.membership.count({ where: { to: null, organisation: { wardId: id } } }),
      db.groupLink.count({ where: { endedAt: null, OR: [{ wardId: id }, { organisation: { wardId: id } }] } }),
      db.accountLink.count({ where: { endedAt: null, consentAt: { not: null }, person: { wardId: id } } }),
    ])
    say(texts('start:ward', { name, branches, members, groups, linked }))
  }
}
