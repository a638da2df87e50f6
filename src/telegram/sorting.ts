import type { Update } from 'grammy/types'
import { isStorable, makeStorable } from '../platform/storable.ts'
import { isForUs, orderingKey } from './door.ts'
import type { UnfitUpdate } from './queue.ts'

/** Callback data has 1 to 64 bytes (Bot API): more was never under a button of ours. */
const longestData = 64
/** More than any update of Telegram, in UTF-16 units. */
export const largestUpdate = 1_000_000

/** What came, by what is to become of it. */
export interface SortedUpdates {
  /** For us, with every string as the database can hold it. */
  forUs: Update[]
  /** Presses with data that no button of ours ever had. */
  forged: Update[]
  /** Not as Telegram makes updates; nothing of them is looked at any more. */
  unfit: UnfitUpdate[]
  /** How many are not for us. */
  others: number
}

/** Sorts what came. Nothing that stands in an update makes it throw: one that cannot be read is unfit, the rest go on. */
export function sortUpdates(batch: readonly Update[], bot: { id: number; username: string }): SortedUpdates {
  const sorted: SortedUpdates = { forUs: [], forged: [], unfit: [], others: 0 }
  for (const update of batch) {
    try {
      const isForged = isForgedPress(update)
      makeStorable(update, largestUpdate)
      if (!isForUs(update, bot)) sorted.others += 1
      else if (isForged) sorted.forged.push(update)
      else if (orderingKey(update) !== '') sorted.forUs.push(update)
    } catch (error) {
      sorted.unfit.push({ update, error })
    }
  }
  return sorted
}

/** Asked before the strings are mended: mended data might be that of a button. */
function isForgedPress({ callback_query: press }: Update): boolean {
  const data = press?.data
  return data !== undefined && (!isStorable(data) || Buffer.byteLength(data) > longestData)
}
