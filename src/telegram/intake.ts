// grammY types its signals after this package's, not after the platform's own.
import { AbortController } from 'abort-controller'
import { type Api, GrammyError } from 'grammy'
import type { Log } from '../platform/log.ts'
import type { Queue } from '../platform/queue.ts'
import { allowedUpdates, isForUs } from './door.ts'
import { storeUpdates } from './queue.ts'

export interface Intake {
  /** Ends without confirming anything that is not stored. */
  stop(): Promise<void>
}

const pollSeconds = 30

/**
 * Long polling. A batch is stored before the next call confirms it, so what Telegram has been told is ours is ours.
 * A second program polling for the same bot (409) is said aloud and waited for.
 */
export function startPolling(
  api: Api,
  queue: Queue,
  bot: { id: number; username: string },
  log: Log,
  onConflict: () => void,
): Intake {
  const stopping = new AbortController()
  const loop = async () => {
    let offset = 0
    let pause = 0
    while (!stopping.signal.aborted) {
      try {
        const batch = await api.getUpdates(
          { offset, limit: 100, timeout: pollSeconds, allowed_updates: [...allowedUpdates] },
          stopping.signal,
        )
        await storeUpdates(
          queue,
          bot.id,
          batch.filter((update) => isForUs(update, bot)),
        )
        offset = (batch.at(-1)?.update_id ?? offset - 1) + 1
        pause = 0
      } catch (error) {
        if (stopping.signal.aborted) return
        if (error instanceof GrammyError && error.error_code === 409) onConflict()
        log.warn({ err: error }, 'getUpdates')
        pause = Math.min(30_000, pause * 2 || 500)
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
  const running = loop()
  return {
    stop: async () => {
      stopping.abort()
      wakeEarly()
      await running
    },
  }
}
