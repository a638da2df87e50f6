import { monotonic } from './clock.ts'
import type { Database } from './database.ts'

/**
 * The right of one process at a time to do something. The holder counts up, and the others call it dead after six seconds of
 * their own without a change: no clock of a machine is compared with another's, or with itself before it was set.
 */
export interface Lease {
  /** Takes or keeps the lease; answers with its fencing number, or null while another process holds it. */
  hold(): Promise<number | null>
  /** Whether the holder showed a sign of life in the last seconds, between two times that {@link hold} was refused here. */
  isHolderAlive(): boolean
  /** Gives it up at once, so that another process need not wait for its end. */
  release(): Promise<void>
}

/** A lease that nobody holds. */
const free = ''
/** After so many milliseconds without a sign the holder counts as dead. */
const longestSilence = 6000

/** Frees every lease whoever holds it: only for a process that knows it is alone on its database. */
export async function breakLeases(database: Database): Promise<void> {
  await database.$executeRaw`UPDATE "CourierLease" SET "holder" = ${free}`
}

/** `now` measures spans, in milliseconds. Only whoever asks again and again sees that a holder is dead. */
export function createLease(database: Database, name: string, holder: string, now: () => number = monotonic): Lease {
  /** The sign that was last seen of another process, and since when it is the same. */
  let seen: { holder: string; beat: bigint; since: number } | null = null
  let aliveAt: number | null = null

  const look = async () => {
    const row = await database.courierLease.findUnique({ where: { name }, select: { holder: true, beat: true } })
    if (row === null || (seen?.holder === row.holder && seen.beat === row.beat)) return
    // The first look may be at one who is long dead.
    if (seen !== null) aliveAt = now()
    seen = { ...row, since: now() }
  }

  return {
    hold: async () => {
      const dead = seen !== null && now() - seen.since >= longestSilence ? seen : { holder: free, beat: -1n }
      const rows = await database.$queryRaw<{ fence: number }[]>`
        INSERT INTO "CourierLease" AS "held" ("name", "holder", "fence", "beat") VALUES (${name}, ${holder}, 1, 1)
        ON CONFLICT ("name") DO UPDATE SET
          "fence" = CASE WHEN "held"."holder" = ${holder} THEN "held"."fence" ELSE "held"."fence" + 1 END,
          "holder" = ${holder},
          "beat" = "held"."beat" + 1
        WHERE "held"."holder" IN (${holder}, ${free})
          OR ("held"."holder" = ${dead.holder} AND "held"."beat" = ${dead.beat})
        RETURNING "fence"`
      const [row] = rows
      if (row === undefined) await look()
      else seen = null
      return row?.fence ?? null
    },
    isHolderAlive: () => aliveAt !== null && now() - aliveAt < longestSilence,
    release: async () => {
      await database.$executeRaw`
        UPDATE "CourierLease" SET "holder" = ${free}, "beat" = "beat" + 1 WHERE "name" = ${name} AND "holder" = ${holder}`
    },
  }
}
