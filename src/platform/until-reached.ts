import { setTimeout as delay } from 'node:timers/promises'
import { monotonic } from './clock.ts'

export interface Reaching {
  /** Whether a failure may pass by itself; any other ends the attempts. */
  mayPass(error: unknown): boolean
  /** Tells whoever looks on that it waits: at the first failure, and again at growing intervals. */
  onWaiting(error: unknown): Promise<void> | void
  signal: AbortSignal
}

const firstPause = 500
const longestPause = 15_000
const firstWord = 60_000
const longestSilence = 3_600_000

/** Tries until it succeeds. Throws what cannot pass by itself, and the signal's reason as soon as it is given. */
export async function untilReached<T>(attempt: () => Promise<T>, reaching: Reaching): Promise<T> {
  const { signal } = reaching
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  // Where nobody waits for it any more.
  aborted.catch(() => {})
  let sayAt = monotonic()
  let silence = firstWord
  for (let pause = firstPause; ; pause = Math.min(longestPause, pause * 2)) {
    try {
      return await Promise.race([attempt(), aborted])
    } catch (error) {
      if (signal.aborted || !reaching.mayPass(error)) throw error
      if (monotonic() >= sayAt) {
        await reaching.onWaiting(error)
        sayAt = monotonic() + silence
        silence = Math.min(longestSilence, silence * 2)
      }
      await Promise.race([delay(pause, undefined, { signal }).catch(() => {}), aborted])
    }
  }
}
