import type { Database } from './database.ts'

/** The right of one process at a time to do something. Times are the database's own, so clocks of several machines need not agree. */
export interface Lease {
  /** Takes or keeps the lease; answers with its fencing number, or null while another process holds it. */
  hold(): Promise<number | null>
  /** Gives it up at once, so that another process need not wait for its end. */
  release(): Promise<void>
}

/** After so long without a sign the holder counts as dead. */
const seconds = 6

/** Frees every lease whoever holds it: only for a process that knows it is alone on its database. */
export async function breakLeases(database: Database): Promise<void> {
  await database.$executeRaw`UPDATE "CourierLease" SET "until" = now() - interval '1 second'`
}

export function createLease(database: Database, name: string, holder: string): Lease {
  return {
    hold: async () => {
      const rows = await database.$queryRaw<{ fence: number }[]>`
        INSERT INTO "CourierLease" AS "held" ("name", "holder", "fence", "until")
        VALUES (${name}, ${holder}, 1, now() + make_interval(secs => ${seconds}))
        ON CONFLICT ("name") DO UPDATE SET
          "fence" = CASE WHEN "held"."holder" = ${holder} THEN "held"."fence" ELSE "held"."fence" + 1 END,
          "holder" = ${holder},
          "until" = now() + make_interval(secs => ${seconds})
        WHERE "held"."holder" = ${holder} OR "held"."until" < now()
        RETURNING "fence"`
      return rows[0]?.fence ?? null
    },
    release: async () => {
      await database.$executeRaw`
        UPDATE "CourierLease" SET "until" = now() - interval '1 second' WHERE "name" = ${name} AND "holder" = ${holder}`
    },
  }
}
