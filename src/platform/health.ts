import { monotonic } from './clock.ts'

/** Why the program does not do its work. The sentence for it is `health:<reason>`. */
export const illnesses = [
  'courierSilent',
  'workerSilent',
  'intakeSilent',
  'clockSilent',
  'intakeFailing',
  'shutOut',
  'notStored',
  'updatesWaiting',
  'deliveriesWaiting',
  'loopBlocked',
] as const

export type Illness = (typeof illnesses)[number]

/** For how long something has gone wrong without a break. */
export interface Trouble {
  bad(): void
  good(): void
  isLasting(): boolean
}

/** Something that goes wrong once is no illness: only what has gone wrong for so many milliseconds, with nothing good between. */
export function createTrouble(longest: number, now: () => number = monotonic): Trouble {
  let since: number | null = null
  return {
    bad: () => {
      since ??= now()
    },
    good: () => {
      since = null
    },
    isLasting: () => since !== null && now() - since >= longest,
  }
}

/** Looks every so often, one look at a time, until it is stopped. What a look throws is said elsewhere, by whoever works. */
export function keepLooking(milliseconds: number, look: () => Promise<void>): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined
  let stopped = false
  let looking: Promise<void> = Promise.resolve()
  const again = () => {
    if (stopped) return
    timer = setTimeout(() => {
      looking = look()
        .catch(() => {})
        .finally(again)
    }, milliseconds)
    timer.unref()
  }
  again()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await looking
  }
}
