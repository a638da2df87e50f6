import { schedule } from 'node-cron'
import { monotonic, wallTime } from './clock.ts'

const compareMilliseconds = 15_000
/** Less is no step but the clock being put right by and by. */
const step = 5000

/**
 * Calls with every full minute. node-cron waits for a moment of the wall clock: set back by ten minutes it would be silent for as
 * long. So both clocks are compared, and after a step it begins anew, with a call at once.
 */
export function everyMinute(call: () => void): { stop(): Promise<void> } {
  // A missed minute is nothing to warn of: the next call asks for the whole span.
  const begin = () => schedule('* * * * *', call, { timezone: 'Asia/Ho_Chi_Minh', suppressMissedWarning: true })
  let task = begin()
  let apart = wallTime() - monotonic()
  const comparing = setInterval(() => {
    const now = wallTime() - monotonic()
    const hasStepped = Math.abs(now - apart) > step
    apart = now
    if (!hasStepped) return
    void task.stop()
    task = begin()
    call()
  }, compareMilliseconds).unref()
  return {
    stop: async () => {
      clearInterval(comparing)
      await task.stop()
    },
  }
}
