import { passing } from './checkpoints.ts'
import type { Database, Transaction } from './database.ts'

/** Waiting for a connection and the transaction itself, in milliseconds. PGlite has one connection, so waiting is normal. */
const limits = { maxWait: 15_000, timeout: 30_000 }
const attempts = 5

/**
 * Runs `work` in one transaction. Inside, await nothing but `tx`: on PGlite a query beside the open transaction waits for
 * it for ever. A write conflict (P2034) or no free connection in time (P2028) is tried again.
 */
export async function inTransaction<T>(database: Database, work: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const result = await database.$transaction(async (tx) => {
        const made = await work(tx)
        passing('transaction.written')
        return made
      }, limits)
      passing('transaction.committed')
      return result
    } catch (error) {
      if (attempt === attempts || !isRetriable(error)) throw error
    }
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : null
}

function isRetriable(error: unknown): boolean {
  const code = codeOf(error)
  return code === 'P2034' || code === 'P2028'
}

/** A unique constraint refused the write: somebody, or the same update a second time, was there first. */
export function isDuplicate(error: unknown): boolean {
  return codeOf(error) === 'P2002'
}
