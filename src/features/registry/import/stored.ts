import { stored } from './register.ts'
import type { Day } from './rows.ts'

/** Rows in one statement: a statement holds at most 32,766 values. */
const rowsAtOnce = 1_000

export function storedOrNone(day: Day | null): Date | null {
  return day === null ? null : stored(day)
}

/** The id behind a code or number that an import names. */
export function known(ids: ReadonlyMap<string, number>, key: string): number {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`an import refers to ${key}, which it does not write`)
  return id
}

/** Writes many rows, a part of them at a time. */
export async function inParts<D, R>(rows: readonly D[], write: (part: D[]) => Promise<R[]>): Promise<R[]> {
  const results: R[] = []
  for (let at = 0; at < rows.length; at += rowsAtOnce) results.push(...(await write(rows.slice(at, at + rowsAtOnce))))
  return results
}
