import { setTimeout as delay, setImmediate as turnOfTheLoop } from 'node:timers/promises'
import type { Update } from 'grammy/types'
import type { JobWithMetadata } from 'pg-boss'
import { inBatches } from '../platform/batches.ts'
import { passing } from '../platform/checkpoints.ts'
import type { Database, OpenDatabase } from '../platform/database.ts'
import type { Heartbeat } from '../platform/heartbeat.ts'
import type { Log } from '../platform/log.ts'
import { withoutContent } from '../platform/log.ts'
import type { Queue } from '../platform/queue.ts'
import { Answers, type GivenAnswer, windowMark } from './answers.ts'
import { parked, updates } from './queue.ts'

/** An update whose handling has failed so often in a row is parked. */
const failuresBeforeParking = 6
/** One that has come back so often, failed or left by a process that died, is handled alone. */
const triesBeside = 3
/** One that was handled alone so often and never ended is parked: it is what kills the process. */
const triesAlone = 8
/** What another process has stored or freed, and what waits for its next try, is found so soon. */
const lookMilliseconds = 500
/** A job whose holder says nothing for ten seconds runs again elsewhere. */
const aliveMilliseconds = 3000
/** How an update ended is written down again so soon after that failed, and ever later. */
const firstPause = 250
const longestPause = 5000
const rememberedMilliseconds = 60_000

export interface UpdateWorker {
  /** Look for stored updates now. */
  wake(): void
  /** Takes nothing more and ends what runs. */
  stop(): Promise<void>
  /** Hands back what still runs, to be done again by whoever comes next. */
  abandon(): Promise<void>
}

export interface WorkerParts {
  queue: Queue
  database: OpenDatabase
  log: Log
  /** Throws where it must be tried again; what it was answered with until then is noted in `answers`, those of earlier tries too. */
  handle(update: Update, answers: Answers, waited: number): Promise<void>
  /** Tells the person that something went wrong, once per update. */
  apologise(update: Update, reference: string): Promise<void>
  /** False while nothing can be handled: Telegram takes no call at all. */
  mayTake?(): boolean
  /** Beats with every look that came to its end. */
  heartbeat?: Heartbeat
  /** Something has been taken. */
  onTaken?(): void
  onHandled?(outcome: 'done' | 'failed' | 'parked', seconds: number): void
}

/** `alone` counts how often it was begun alone; `answers` are those of the tries that failed. */
type Stored = Update & { alone?: number; answers?: GivenAnswer[] }
type Job = JobWithMetadata<Stored | null>

/**
 * Handles what is stored, a few people at a time: takes as many as there is room for in one statement, and completes together
 * what ends together. pg-boss's own workers take and complete one by one, which costs more than most handlers.
 *
 * A process that dies takes all with it that it was handling, and only one of them may be to blame. What has come back three
 * times is therefore handled with nothing beside it: the innocent end, and the one that kills the process is parked alone.
 */
export async function startUpdateWorker(parts: WorkerParts): Promise<UpdateWorker> {
  const { queue, database, log } = parts
  // Alone on its folder: whatever was being handled when the last process died is free again.
  if (database.kind === 'pglite') await releaseActive(database.prisma)
  // Beside others: what has shown no sign of life for ten seconds is free, at once and not only with the first round.
  else await queue.supervise(updates)
  const running = new Map<string, { job: Job; ended: Promise<void> }>()
  /** Taken, and waiting until they are alone. */
  let suspects: Job[] = []
  /** What became of updates of which the database does not know it yet. */
  const unsettled = new Map<string, 'done' | Answers>()
  const mayTake = () => parts.mayTake?.() ?? true
  let stopped = false
  let abandoned = false
  let signal = Promise.withResolvers<void>()
  const wake = () => signal.resolve()
  const complete = inBatches<Job>(async (jobs) => {
    await queue.complete(updates, [...jobs])
  })

  const look = async () => {
    while (!stopped) {
      signal = Promise.withResolvers()
      try {
        const isShared = suspects.length === 0 && ![...running.values()].some(({ job }) => isSuspect(job))
        const room = isShared && mayTake() ? database.workers - running.size : 0
        for (const job of room > 0 ? await take(queue, room) : []) {
          if (isSuspect(job)) suspects.push(job)
          else begin(job)
        }
        const [next, ...others] = suspects
        if (next && running.size === 0 && mayTake()) {
          suspects = others
          begin(next)
        }
        parts.heartbeat?.beat()
      } catch (error) {
        log.error({ err: error }, 'updates not taken')
      }
      await Promise.race([signal.promise, delay(lookMilliseconds)])
      // Statements of a database in this process end without a turn of the event loop: what one person floods would keep what
      // others send from even being read.
      await turnOfTheLoop()
    }
  }
  const begin = (job: Job) => {
    parts.onTaken?.()
    const ended = handle(job)
      .catch((error) => log.error({ err: error, update: job.id }, 'update not settled'))
      .finally(() => {
        running.delete(job.id)
        wake()
      })
    running.set(job.id, { job, ended })
  }
  const handle = async (job: Job) => {
    // A finished update has no content left: its completion was lost, its effect was not.
    if (isFinished(job.data)) return complete(job)
    passing('update.taken')
    const startedAt = performance.now()
    const tell = (outcome: 'done' | 'failed' | 'parked') =>
      parts.onHandled?.(outcome, (performance.now() - startedAt) / 1000)
    const { alone = 0, answers: before = [], ...update } = job.data
    const known = unsettled.get(job.id)
    if (known === 'done') return settle(job, 'done', () => complete(job))
    const answers = known ?? new Answers(before)
    const failures = failuresOf(job)
    if (failures >= failuresBeforeParking || alone >= triesAlone) {
      await park(parts, job.id, update, job.output)
      await settle(job, 'done', () => complete(job))
      passing('update.parked')
      log.error({ update: job.id }, 'update parked')
      return tell('parked')
    }
    if (isSuspect(job)) await noteAlone(database.prisma, job.id, alone + 1)
    try {
      // Both moments are the database's: what lies between is right whatever its clock shows.
      await parts.handle(update, answers, job.startedOn.getTime() - job.createdOn.getTime())
    } catch (error) {
      tell('failed')
      passing('update.failed')
      log.error({ err: error, update: job.id, attempt: job.retryCount }, 'update failed')
      // Where Telegram takes no call at all the update is not to blame: it is tried again when that is over. What breaks off because
      // the program ends is done again by itself.
      const isToBlame = mayTake()
      if (job.retryCount === 0 && isToBlame && !stopped) await apologise(update, job.id.slice(-6), answers)
      const given = answers.all()
      await settle(job, new Answers(given), async () => {
        if (given.length > 0) await noteAnswers(database.prisma, job.id, given)
        // The queue keeps an error with all its fields, and those of a refused call hold the message.
        await queue.fail(updates, job, Object.assign(withoutContent(error), { failures: failures + Number(isToBlame) }))
      })
      return
    }
    passing('update.handled')
    log.debug({ update: job.id, milliseconds: Math.round(performance.now() - startedAt) }, 'update handled')
    await settle(job, 'done', () => complete(job))
    passing('update.erased')
    tell('done')
  }

  /**
   * Writes down how an update ended, however long the database is away: it has had its effect and its answers. Whoever takes it
   * meanwhile, because its holder could not say that it lives, finds here what became of it.
   */
  const settle = async (job: Job, outcome: 'done' | Answers, write: () => Promise<void>) => {
    const forget = () => unsettled.delete(job.id)
    for (let pause = 0; ; pause = Math.min(longestPause, pause * 2 || firstPause)) {
      try {
        if (pause > 0) await delay(pause)
        await write()
        // After trouble somebody may have been given it meanwhile, for as long as it takes to notice that its holder is silent.
        if (pause === 0) forget()
        else setTimeout(forget, rememberedMilliseconds).unref()
        return
      } catch (error) {
        unsettled.set(job.id, outcome)
        if (abandoned) throw error
        log.error({ err: error, update: job.id }, 'update not settled')
      }
    }
  }
  const apologise = async (update: Update, reference: string, answers: Answers) => {
    try {
      await parts.apologise(update, reference)
      if (update.callback_query) answers.note(windowMark, null)
    } catch (error) {
      log.debug({ err: error }, 'not apologised')
    }
  }

  const jobs = () => [...[...running.values()].map(({ job }) => job), ...suspects]
  const alive = setInterval(() => {
    if (jobs().length > 0) queue.touch(updates, jobs()).catch((error) => log.warn({ err: error }, 'heartbeat'))
  }, aliveMilliseconds)
  const looking = look().finally(() => parts.heartbeat?.end())
  return {
    wake,
    stop: async () => {
      stopped = true
      wake()
      await looking
      await Promise.all([...running.values()].map(({ ended }) => ended))
      clearInterval(alive)
    },
    abandon: async () => {
      abandoned = true
      clearInterval(alive)
      const left = jobs()
      if (left.length > 0) await queue.fail(updates, left, { message: 'the program ended' })
    },
  }
}

function take(queue: Queue, count: number): Promise<Job[]> {
  return queue.fetch<Stored | null>(updates, { includeMetadata: true, batchSize: count })
}

async function releaseActive(database: Database): Promise<void> {
  await database.$executeRaw`UPDATE pgboss.job SET state = 'retry' WHERE name = ${updates} AND state = 'active'`
}

function isSuspect({ retryCount, data }: Job): boolean {
  return retryCount >= triesBeside && !isFinished(data)
}

/** How often in a row it has failed: what a process left when it died says nothing of that. */
function failuresOf(job: Job): number {
  const output: object | null = job.output
  return output !== null && 'failures' in output && typeof output.failures === 'number' ? output.failures : 0
}

/** Before it is begun: whether it comes back from there is the question. */
async function noteAlone(database: Database, id: string, times: number): Promise<void> {
  await database.$executeRaw`
    UPDATE pgboss.job SET data = jsonb_set(data, '{alone}', to_jsonb(${times}::int))
    WHERE name = ${updates} AND id = ${id}::uuid`
}

/** For the next try, which says nothing of it again. */
async function noteAnswers(database: Database, id: string, answers: readonly GivenAnswer[]): Promise<void> {
  await database.$executeRaw`
    UPDATE pgboss.job SET data = jsonb_set(data, '{answers}', ${JSON.stringify(answers)}::jsonb)
    WHERE name = ${updates} AND id = ${id}::uuid AND state = 'active'`
}

async function park({ queue }: WorkerParts, id: string, update: Update, error: unknown): Promise<void> {
  passing('update.parking')
  await queue.send(parked, { update, error }, { id })
  passing('update.parkedStored')
}

function isFinished(data: Stored | null): data is null {
  return data === null || data.update_id === undefined
}
