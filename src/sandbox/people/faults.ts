import type { z } from 'zod'
import type { Faults } from '../faults.ts'
import type { faults as shape } from './inputs.ts'

/** Plans faults; what is not named stays as it is. `clear` first puts everything in order. */
export function changeFaults(faults: Faults, change: z.output<typeof shape>) {
  if (change.clear) faults.clear()
  if (change.fail) faults.planned.push({ ...change.fail, method: change.fail.method.toLowerCase() })
  if (change.latency !== undefined) faults.latency = change.latency
  if (change.outage !== undefined) faults.setOutage(change.outage)
  if (change.floodLimits !== undefined) faults.flood.enabled = change.floodLimits
  if (change.duplicateUpdates !== undefined) faults.duplicateUpdates = change.duplicateUpdates
  if (change.reorderUpdates !== undefined) faults.reorderUpdates = change.reorderUpdates
  if (change.doublePresses !== undefined) faults.doublePresses = change.doublePresses
  return showFaults(faults)
}

export function showFaults(faults: Faults) {
  const { planned, latency, outage, duplicateUpdates, reorderUpdates, doublePresses } = faults
  const floodLimits = faults.flood.enabled
  return { planned, latency, outage, floodLimits, duplicateUpdates, reorderUpdates, doublePresses }
}
