// grammY types its signals after this package's, not after the platform's own.
import { AbortController } from 'abort-controller'
import { type Api, GrammyError } from 'grammy'
import type { Update } from 'grammy/types'
import { inBatches } from '../platform/batches.ts'
import { passing } from '../platform/checkpoints.ts'
import type { Heartbeat } from '../platform/heartbeat.ts'
import type { Log } from '../platform/log.ts'
import type { Queue } from '../platform/queue.ts'
import type { PressDoor } from './at-the-door.ts'
import { allowedUpdates, isForUs } from './door.ts'
import { storeUpdates } from './queue.ts'

export interface Intake {
  /** Ends without confirming anything that is not stored. */
  stop(): Promise<void>
}

/** Stores what is for us of a batch; false where that failed and the batch must come again. */
export type AcceptUpdates = (batch: readonly Update[]) => Promise<boolean>

/** The one way in, for polling and webhook: the door, then the queue. What is done at the door never reaches the queue. */
export function createIntakeDoor(
  queue: Queue,
  bot: { id: number; username: string },
  door: PressDoor,
  log: Log,
  onReceived: (outcome: 'stored' | 'dropped' | 'failed' | 'atTheDoor', count: number) => void = () => {},
): AcceptUpdates {
  // A webhook brings one update a call, many calls at a time.
  const store = inBatches<Update[]>((batches) => storeUpdates(queue, bot.id, batches.flat()))
  return async (batch) => {
    const forUs = batch.filter((update) => isForUs(update, bot))
    try {
      passing('intake.received')
      const admitted = await Promise.all(forUs.map((update) => door.admit(update)))
      const stored = admitted.filter((update) => update !== null)
      if (stored.length > 0) await store(stored)
      passing('intake.stored')
      const atTheDoor = forUs.filter((_, index) => admitted[index] === null)
      for (const update of atTheDoor) door.handle(update)
      if (stored.length > 0) onReceived('stored', stored.length)
      if (atTheDoor.length > 0) onReceived('atTheDoor', atTheDoor.length)
      if (forUs.length < batch.length) onReceived('dropped', batch.length - forUs.length)
      return true
    } catch (error) {
      onReceived('failed', forUs.length)
      log.error({ err: error, updates: batch.map(({ update_id }) => update_id) }, 'updates not stored')
      return false
    }
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
