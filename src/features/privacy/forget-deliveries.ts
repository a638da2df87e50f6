import { setImmediate as turn } from 'node:timers/promises'
import { zone } from '../../domain/dates.ts'
import { packFor } from '../../domain/packs/index.ts'
import type { Transaction } from '../../platform/database.ts'
import { deleteOldDeliveries, eraseUndelivered, type OldDelivery, type Walked } from '../../platform/old-deliveries.ts'
import type { Feature } from '../../telegram/feature.ts'

const rowsAtOnce = 500
/** A tick deletes for so long; what is left then goes with the next. */
const longestMilliseconds = 5000

/**
 * Once a day what was delivered long ago goes, a piece at a time: first the words of what nobody could or would send again, then
 * whole rows, but for those that a feature needs. They hold no words any more, so officers are not asked. Asks no leave: the
 * clock calls it.
 */
export function deliveryForgetter(
  features: () => readonly Feature[],
  { atOnce = rowsAtOnce, milliseconds = longestMilliseconds } = {},
): NonNullable<Feature['due']> {
  let doneOn: string | null = null
  let walked: Walked | null = null
  const needed = async (tx: Transaction, deliveries: readonly OldDelivery[]) => {
    const ids = new Set<number>()
    for (const { needsDeliveries } of features())
      for (const id of (await needsDeliveries?.(tx, deliveries)) ?? []) ids.add(id)
    return ids
  }
  return async (ctx, _, signal) => {
    const today = ctx.today()
    const pack = packFor('privacy', today)
    const months = pack.ok ? pack.value.retentionMonths.deliveries : undefined
    if (!pack.ok || months === undefined || doneOn === String(today)) return
    const startedAt = performance.now()
    const mustEnd = () => signal?.aborted === true || performance.now() - startedAt >= milliseconds
    const undelivered = startOf(today.subtract({ days: pack.value.undeliveredDays }))
    while ((await eraseUndelivered(ctx.db, undelivered, atOnce)) === atOnce) {
      if (mustEnd()) return
      await turn()
    }
    const before = startOf(today.subtract({ months }))
    do {
      walked = await deleteOldDeliveries(ctx.db, { before, after: walked, atOnce }, needed)
      if (walked !== null && mustEnd()) return
      await turn()
    } while (walked !== null)
    doneOn = String(today)
  }
}

function startOf(day: Temporal.PlainDate): Date {
  return new Date(day.toZonedDateTime({ timeZone: zone }).epochMilliseconds)
}
