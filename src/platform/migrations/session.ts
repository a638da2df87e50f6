import { DatabaseHeld, sqlState } from './errors.ts'

/** One connection to a database, whatever its driver: all that migrations need. */
export interface Session {
  /** Runs one statement or several, as they stand. */
  run(script: string): Promise<unknown>
  /** Runs one statement with values and answers with its rows. */
  ask(statement: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>
}

/** The lock of Prisma's own engine, so that a program of an older version waits for it too. */
const lock = 72_707_369

/**
 * Runs `work` in one transaction, while no other program on this database does so. The lock belongs to the transaction: a program
 * that is killed gives it up with everything that it had begun. `patience` is how many seconds it waits for another program: for its
 * turn, and for a table that somebody reads. Throws {@link DatabaseHeld} after that.
 */
export async function alone<T>(session: Session, work: () => Promise<T>, patience = 60): Promise<T> {
  // Whatever is set for the database: what another program has committed meanwhile must be seen after the lock.
  await session.run(`BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = ${patience * 1000}`)
  try {
    await session.run(`SELECT pg_advisory_xact_lock(${lock})`)
    const result = await work()
    await session.run('COMMIT')
    return result
  } catch (error) {
    // Where the connection is gone, the server undoes it by itself.
    await session.run('ROLLBACK').catch(() => {})
    throw isHeld(error) ? new DatabaseHeld(patience, { cause: error }) : error
  }
}

/** 55P03: lock_not_available; 40P01: deadlock_detected, with a program of an older version that still works. */
function isHeld(error: unknown): boolean {
  return ['55P03', '40P01'].includes(sqlState(error) ?? '')
}
