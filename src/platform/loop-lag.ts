import { monitorEventLoopDelay } from 'node:perf_hooks'

/** How long the program answered nobody, because one piece of work held it. */
export interface LoopLag {
  /** The longest time within the last minute, in milliseconds. A loop that is held cannot answer: it is said afterwards. */
  longest(): number
  stop(): void
}

const resolution = 100
const partMilliseconds = 10_000
/** A minute. */
const parts = 6

export function watchLoopLag(): LoopLag {
  const delay = monitorEventLoopDelay({ resolution })
  delay.enable()
  const earlier: number[] = []
  const longestNow = () => Math.max(0, delay.max / 1e6 - resolution)
  const timer = setInterval(() => {
    earlier.push(longestNow())
    if (earlier.length > parts) earlier.shift()
    delay.reset()
  }, partMilliseconds)
  timer.unref()
  return {
    longest: () => Math.max(longestNow(), ...earlier),
    stop: () => {
      clearInterval(timer)
      delay.disable()
    },
  }
}
