import type { Api } from 'grammy'
import type { Hono } from 'hono'
import { activitiesFeature } from './features/activities/index.ts'
import { calendarFeature } from './features/calendar/index.ts'
import { type LinkingParts, linkingFeature } from './features/linking/index.ts'
import { noticesFeature } from './features/notices/index.ts'
import { operationsFeature, type ParkedUpdates } from './features/operations/index.ts'
import { plansFeature } from './features/plans/index.ts'
import { privacyFeature } from './features/privacy/index.ts'
import { registryFeature } from './features/registry/index.ts'
import { tasksFeature } from './features/tasks/index.ts'
import { transfersFeature } from './features/transfers/index.ts'
import { type VotesParts, votesFeature } from './features/votes/index.ts'
import { auditSealer } from './platform/audit-seals.ts'
import { passing } from './platform/checkpoints.ts'
import { type Clock, systemClock } from './platform/clock.ts'
import { type Context, createContext, nobody, type Services } from './platform/context.ts'
import type { OpenDatabase } from './platform/database.ts'
import type { FileStore } from './platform/file-store.ts'
import type { Illness } from './platform/health.ts'
import { breakLeases } from './platform/lease.ts'
import { createLog, type Log } from './platform/log.ts'
import { Metrics } from './platform/metrics.ts'
import { forgetOldPosted } from './platform/posted.ts'
import { openQueue } from './platform/queue.ts'
import { createFileReader } from './platform/reading/file-reader.ts'
import { startSchedule } from './platform/schedule.ts'
import { loadTexts, type Texts } from './platform/texts.ts'
import { nightlyTidier } from './platform/tidy.ts'
import { createPressDoor } from './telegram/at-the-door.ts'
import { createBot } from './telegram/bot.ts'
import { publishCommandLists, publishOwnCommandList } from './telegram/command-lists.ts'
import { type CourierEvents, startCourier } from './telegram/courier.ts'
import { createDirect } from './telegram/direct.ts'
import type { Feature } from './telegram/feature.ts'
import { askGroupMembers } from './telegram/group-members.ts'
import { createIntakeDoor, type Intake, startPolling } from './telegram/intake.ts'
import { keptFilesFeature } from './telegram/keep-files.ts'
import { createLine } from './telegram/line.ts'
import { createMeasures } from './telegram/measures.ts'
import { menuFeature } from './telegram/menu.ts'
import { moveChat } from './telegram/move-chat.ts'
import { owedFeature } from './telegram/owed.ts'
import { Budget, type Pace, telegramPace } from './telegram/pace.ts'
import { dropParkedUpdate, eraseOldParked, parkedUpdates, redriveUpdate } from './telegram/parked.ts'
import { createPressWindows } from './telegram/press-windows.ts'
import { createUpdateQueues, updatesIdle } from './telegram/queue.ts'
import { mendQueueClock } from './telegram/queue-clock.ts'
import { createRefusals } from './telegram/refusals.ts'
import { createRouter } from './telegram/router.ts'
import { speakerOf } from './telegram/speaker.ts'
import { startUpdateWorker } from './telegram/update-worker.ts'
import { createVitals } from './telegram/vitals.ts'
import { announceWebhook, type WebhookAddress, webhookPage } from './telegram/webhook.ts'

export interface AppParts {
  database: OpenDatabase
  token: string
  apiRoot: string
  proxy?: string | null
  /** Where copies of what people send are kept. */
  files: FileStore
  clock?: Clock
  pace?: Pace
  /** What the pace is counted on, in milliseconds; a clock that is never set back where nobody moves it. */
  realTime?: () => number
  /** Seconds until a call to Telegram counts as broken. */
  patienceSeconds?: number
  log?: Log
  /** Telegram sends updates there instead of being polled for them. */
  webhook?: WebhookAddress | null
  /** A second program polls for the same bot. */
  onConflict?: () => void
  /** Telegram lets the bot do nothing any more, or takes it again. */
  onShutOut?: (isShut: boolean) => void
  /** Makes a call of the start: where Telegram cannot be reached, again until it can. */
  reach?: <T>(call: () => Promise<T>) => Promise<T>
  /** How many milliseconds something may go wrong in a row before the program counts as ill. */
  longestTrouble?: number
}

export interface App {
  readonly services: Services
  readonly bot: { id: number; username: string }
  /** The faces of the capabilities: which commands, buttons and jobs there are. */
  readonly features: readonly Feature[]
  /** A context for use-cases that no person in a chat calls: the ward that is generated, tools. */
  context(source?: string | null): Context
  /** Does what fell due and waits until everything stored is handled and everything that can be sent is sent. */
  settle(): Promise<void>
  /** The same without asking what fell due. */
  quiet(): Promise<void>
  /** When something falls due next, as far as the features know. */
  nextDue(): Promise<Date | null>
  readonly metrics: Metrics
  /** Why the program does not do its work: nothing, as long as all is well. */
  illnesses(): Illness[]
  /** With a webhook: the page to serve at its address, and what tells Telegram of it once it is served. */
  readonly webhook: { page: Hono; announce(): Promise<void> } | null
  /** Finishes what runs and confirms nothing unfinished. */
  stop(): Promise<void>
}

/** The capabilities, in the order of the menu. To add one: a folder, a schema file, a locale file, one line here. */
function createFeatures(
  linking: LinkingParts,
  votes: VotesParts,
  parked: ParkedUpdates,
  files: FileStore,
  api: Api,
): Feature[] {
  const features: Feature[] = []
  features.push(
    menuFeature(() => features),
    owedFeature(() => features),
    noticesFeature,
    tasksFeature(files),
    votesFeature(votes),
    activitiesFeature,
    plansFeature,
    linkingFeature(linking),
    // Before the registry, which takes every other workbook of an officer.
    transfersFeature(linking),
    registryFeature,
    calendarFeature,
    privacyFeature(() => features),
    operationsFeature(parked),
    keptFilesFeature(api, files),
  )
  return features
}

/** Starts every part on an open database and a Bot API server, in the order in which they need each other. */
export async function startApp(parts: AppParts): Promise<App> {
  const log = parts.log ?? createLog('silent')
  const clock = parts.clock ?? systemClock
  const texts: Texts = loadTexts()
  let wakeCourier = () => {}
  const services: Services = {
    database: parts.database.prisma,
    clock,
    log,
    texts,
    onCommit: () => wakeCourier(),
    onSkipped: (what, count) => measures.skipped(what, count),
  }

  const bot = createBot({
    token: parts.token,
    apiRoot: parts.apiRoot,
    proxy: parts.proxy ?? null,
    ...(parts.patienceSeconds ? { patienceSeconds: parts.patienceSeconds } : {}),
  })
  const reach = parts.reach ?? ((call) => call())
  // Not `bot.init()`, which tries for ever and says nothing.
  const me = await reach(() => bot.api.getMe())
  const identity = { id: me.id, username: me.username }
  const queue = await openQueue(parts.database, log)
  await createUpdateQueues(queue)
  passing('start.queuesMade')

  const publishCommands = async (accountId: bigint) => {
    try {
      const speaker = await speakerOf(services.database, { id: accountId, name: '' }, clock.now())
      await publishOwnCommandList(bot.api, texts, features, speaker)
    } catch (error) {
      log.warn({ err: error }, 'command list')
    }
  }
  const budget = new Budget(parts.pace ?? telegramPace, parts.realTime)
  const features = createFeatures(
    { bot: identity, members: askGroupMembers(bot.api, identity), publishCommands },
    {
      services,
      database: parts.database,
      direct: createDirect(bot.api, budget, log),
      programSecret: parts.token,
    },
    {
      list: () => parkedUpdates(services.database),
      redrive: (id) => redriveUpdate(queue, id),
      drop: (id) => dropParkedUpdate(queue, id),
    },
    parts.files,
    bot.api,
  )
  const windows = createPressWindows(bot.api, log)
  // A handler that waits for a file holds up others: half of them stay free.
  const reader = createFileReader(Math.floor(parts.database.workers / 2) - 1)
  const router = createRouter({ services, api: bot.api, budget, windows, reader, features, bot: identity })
  if (parts.database.kind === 'pglite') await breakLeases(services.database)
  const metrics = new Metrics()
  const measures = createMeasures(metrics, services, bot.api)
  const line = createLine(bot.api, budget, log, {
    shutOut: () => parts.onShutOut?.(true),
    letIn: () => {
      parts.onShutOut?.(false)
      wakeCourier()
    },
  })
  const address = parts.webhook ?? null
  const vitals = createVitals({
    database: services.database,
    metrics,
    budget,
    polls: address === null,
    ...(parts.longestTrouble ? { longestTrouble: parts.longestTrouble } : {}),
  })
  const events: CourierEvents = {
    chatLost: (chatId, reason) => router.tell({ kind: 'chatLost', chatId, reason }, `lost:${chatId}`),
    migrated: async (chatId, newChatId) => {
      await moveChat(services, chatId, newChatId)
      await router.tell({ kind: 'migrated', chatId, newChatId }, `moved:${chatId}`)
    },
    settled: (outcome) => {
      measures.delivery(outcome)
      vitals.settled(outcome)
    },
    answers: () => line.answers(),
  }
  const courier = startCourier(services, bot.api, budget, events, vitals.beats.courier)
  wakeCourier = () => courier.wake()

  const worker = await startUpdateWorker({
    queue,
    database: parts.database,
    log,
    handle: (update, answers, waited) => router.handle(update, answers, waited),
    apologise: (update, reference) => router.apologise(update, reference),
    mayTake: () => !budget.isShut,
    heartbeat: vitals.beats.worker,
    onTaken: () => vitals.taken(),
    onHandled: (outcome, seconds) => measures.handled(outcome, seconds),
  })
  const schedule = startSchedule({
    database: services.database,
    context: () => createContext(services, nobody, null),
    dues: [
      () => mendQueueClock(services.database),
      ...features.flatMap(({ due }) => (due ? [due] : [])),
      () => eraseOldParked(services.database),
      () => forgetOldPosted(services.database, clock.now()),
      nightlyTidier(parts.database),
      // The audit last: what the features just recorded belongs to minutes that end now.
      auditSealer(),
    ],
    log,
    onTick: (span) => measures.ticked(span),
    onSetBack: () => measures.setBack(),
    onEnd: (isDone) => vitals.ticked(isDone),
    heartbeat: vitals.beats.clock,
  })
  vitals.watch(courier)
  await reach(() => publishCommandLists(bot.api, texts, features))
  const way = address === null ? 'polling' : 'webhook'
  const door = createPressDoor({ services, api: bot.api, budget, features, botId: me.id })
  const refusals = createRefusals(services, windows, me.id)
  const accept = createIntakeDoor({
    queue,
    database: services.database,
    bot: identity,
    door,
    refusals,
    log,
    onReceived: (outcome, count) => {
      measures.received(way, outcome, count)
      vitals.received(outcome !== 'failed')
      if (outcome === 'stored') worker.wake()
    },
  })
  let polling: Intake | null = null
  if (address === null) {
    await reach(() => bot.api.deleteWebhook())
    polling = startPolling(bot.api, accept, log, vitals.beats.intake, {
      onConflict: parts.onConflict ?? (() => {}),
      mayAsk: () => !budget.isShut,
      onPolled: (isAnswered) => vitals.polled(isAnswered),
    })
  }

  passing('start.ready')
  const quiet = async () => {
    await confirmed(bot.api)
    await door.idle()
    for (const feature of features) await feature.idle?.()
    await updatesIdle(services.database)
    await windows.idle()
    for (const feature of features) await feature.idle?.()
    await courier.idle()
  }
  return {
    services,
    bot: identity,
    features,
    context: (source = null) => createContext(services, nobody, source),
    settle: async () => {
      await schedule.tick()
      await quiet()
    },
    quiet,
    nextDue: async () => {
      const context = createContext(services, nobody, null)
      const moments = await Promise.all(features.map(({ nextDue }) => nextDue?.(context) ?? null))
      return moments.filter((moment) => moment !== null).sort((a, b) => a.getTime() - b.getTime())[0] ?? null
    },
    metrics,
    illnesses: () => vitals.illnesses(),
    webhook: address && {
      page: webhookPage(address, accept),
      announce: () => reach(() => announceWebhook(bot.api, address)),
    },
    stop: async () => {
      passing('stop.begun')
      const end = new Promise((resolve) => setTimeout(resolve, longestStop).unref())
      line.stop()
      const finish = async () => {
        const ending = [polling?.stop(), schedule.stop(), worker.stop(), vitals.stop()]
        // A file may take many seconds more; it is read again after the next start.
        reader.stop()
        await Promise.all(ending)
        await door.idle()
        await windows.idle()
        for (const feature of features) await feature.stop?.()
        await courier.stop()
      }
      await Promise.race([finish(), end])
      passing('stop.finished')
      // What still runs is handed back to the queue as unfinished; what was being sent stays known as such.
      await worker.abandon().catch((error) => log.error({ err: error }, 'updates not handed back'))
      await queue.stop({ graceful: false })
      passing('stop.closing')
      await parts.database.close()
    },
  }
}

/** What runs may take so many milliseconds to end; with the rest of the stop it stays below ten seconds. */
const longestStop = 8000

/** Resolves when the intake has stored, and so confirmed, everything that the Bot API server held for it. */
async function confirmed(api: Api): Promise<void> {
  while ((await api.getWebhookInfo()).pending_update_count > 0) await new Promise((resolve) => setTimeout(resolve, 10))
}
