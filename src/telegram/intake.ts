// grammY types its signals after this package's, not after the platform's own.
import { AbortController } from 'abort-controller'
import { type Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import { inBatches } from '../platform/batches.ts'
import { passing } from '../platform/checkpoints.ts'
import type { Database } from '../platform/database.ts'
import type { Heartbeat } from '../platform/heartbeat.ts'
import type { Log } from '../platform/log.ts'
import type { Queue } from '../platform/queue.ts'
import type { PressDoor } from './at-the-door.ts'
import { allowedUpdates } from './door.ts'
import { createFloodGate } from './flood-gate.ts'
import { parkUnfit } from './parked.ts'
import { storeWhatFits, type UnfitUpdate } from './queue.ts'
import type { Refusals } from './refusals.ts'
import { sortUpdates } from './sorting.ts'

export interface Intake {
  /** Ends without confirming anything that is not stored. */
  stop(): Promise<void>
}

/** Stores what is for us of a batch; false where that failed and the batch must come again. Never throws. */
export type AcceptUpdates = (batch: readonly Update[]) => Promise<boolean>

/** What became of an update, as it is counted. */
export type Received = 'stored' | 'dropped' | 'failed' | 'atTheDoor' | 'refused' | 'parked'

export interface IntakeParts {
  queue: Queue
  database: Database
  bot: { id: number; username: string }
  door: PressDoor
  refusals: Refusals
  log: Log
  onReceived?(outcome: Received, count: number): void
}

/**
 * The one way in, for polling and webhook: the door, then the queue. What is done at the door never reaches the queue. An update that
 * can never be stored is parked without its content, so that it stops nobody.
 */
export function createIntakeDoor(parts: IntakeParts): AcceptUpdates {
  const { queue, bot, door, refusals, log } = parts
  const gate = createFloodGate(parts.database, bot.id, (update) => door.takes(update))
  // A webhook brings one update a call, many calls at a time.
  const store = inBatches<Incoming>(async (incoming) => {
    const { taken, refused } = await gate.sort(incoming.flatMap(({ updates }) => updates))
    const unfit = taken.length > 0 ? await storeWhatFits(queue, bot.id, taken) : []
    for (const one of incoming) {
      one.refused = one.updates.filter((update) => refused.includes(update))
      one.unfit = unfit.filter(({ update }) => one.updates.includes(update))
    }
  })
  const count = (outcome: Received, many: number) => {
    if (many > 0) parts.onReceived?.(outcome, many)
  }
  return async (batch) => {
    const { forUs, forged, unfit, others } = sortUpdates(batch, bot)
    try {
      passing('intake.received')
      const admitted = await Promise.all(forUs.map((update) => admit(door, update, unfit)))
      const updates = admitted.flatMap(({ toStore }) => toStore ?? [])
      const incoming: Incoming = { updates, refused: [], unfit: [] }
      if (updates.length > 0) await store(incoming)
      unfit.push(...incoming.unfit)
      for (const one of unfit) {
        log.error({ err: one.error, update: one.update.update_id }, 'update cannot be stored')
        await parkUnfit(queue, bot.id, one)
      }
      await refusals.tooMany(incoming.refused)
      passing('intake.stored')
      const atTheDoor = admitted.flatMap(({ atTheDoor: update }) => update ?? [])
      for (const update of atTheDoor) door.handle(update)
      refusals.forged(forged)
      count('stored', updates.length - incoming.refused.length - incoming.unfit.length)
      count('atTheDoor', atTheDoor.length)
      count('refused', incoming.refused.length + forged.length)
      count('parked', unfit.length)
      count('dropped', others)
      return true
    } catch (error) {
      count('failed', forUs.length)
      log.error({ err: error, updates: batch.map(({ update_id }) => update_id) }, 'updates not stored')
      return false
    }
  }
}

/** What one call has brought for the queue, and what became of it. */
interface Incoming {
  readonly updates: readonly Update[]
  refused: Update[]
  unfit: UnfitUpdate[]
}

/** What is to be stored of an update, or the update where it is done at the door; neither where it cannot be read. */
async function admit(
  door: PressDoor,
  update: Update,
  unfit: UnfitUpdate[],
): Promise<{ toStore?: Update; atTheDoor?: Update }> {
  try {
    const toStore = await door.admit(update)
    return toStore === null ? { atTheDoor: update } : { toStore }
  } catch (error) {
    // Not made as Telegram makes updates. Anything else, a key that cannot be read now, lets the batch come again.
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    unfit.push({ update, error })
    return {}
  }
}

export interface PollingEvents {
  /** A second program polls for the same bot. */
  onConflict(): void
  /** False while Telegram takes no call at all. */
  mayAsk(): boolean
  /** Telegram was asked, and has answered or not. */
  onPolled(isAnswered: boolean): void
}

const pollSeconds = 30
const lookAgainMilliseconds = 500
const longerPause = (milliseconds: number) => Math.min(30_000, milliseconds * 2 || 500)

/**
 * Long polling. A batch is stored before the next call confirms it, so what Telegram has been told is ours is ours.
 * A second program polling for the same bot (409) is said aloud and waited for.
 */
export function startPolling(
  api: Api,
  accept: AcceptUpdates,
  log: Log,
  heartbeat: Heartbeat,
  { onConflict, mayAsk, onPolled }: PollingEvents,
): Intake {
  const stopping = new AbortController()
  const loop = async () => {
    let offset = 0
    let pause = 0
    while (!stopping.signal.aborted) {
      heartbeat.beat()
      if (!mayAsk()) {
        await rest(lookAgainMilliseconds)
        continue
      }
      try {
        const batch = await api.getUpdates(
          // After trouble at once: that it is over need not wait for somebody to write.
          { offset, limit: 100, timeout: pause > 0 ? 0 : pollSeconds, allowed_updates: [...allowedUpdates] },
          stopping.signal,
        )
        onPolled(true)
        const isStored = await accept(batch)
        if (batch.length > 0) passing('intake.confirming')
        if (isStored) offset = (batch.at(-1)?.update_id ?? offset - 1) + 1
        pause = isStored ? 0 : longerPause(pause)
        if (pause > 0) await rest(pause)
      } catch (error) {
        if (stopping.signal.aborted) return
        if (error instanceof GrammyError && error.error_code === 409) onConflict()
        onPolled(false)
        log.warn({ err: error }, 'getUpdates')
        pause = longerPause(pause)
        await rest(pause)
      }
    }
  }
  let wakeEarly = () => {}
  const rest = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      wakeEarly = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const running = loop().finally(() => heartbeat.end())
  return {
    stop: async () => {
      stopping.abort()
      wakeEarly()
      await running
    },
  }
}
