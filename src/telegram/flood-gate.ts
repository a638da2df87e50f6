import type { Update } from 'grammy/types'
import type { Database } from '../platform/database.ts'
import { isService, orderingKey } from './door.ts'
import { jobId, updates } from './queue.ts'

/**
 * How many updates of one person may wait to be handled. The app lets a person forward a hundred messages in one go, and an album
 * has ten: that much at once is nobody's flood (`docs/decisions/019-floods.md`).
 */
export const mostWaiting = 120
/** So many of one person may come before it is asked again how many of them still wait. */
const unasked = 20

export interface GatedUpdates {
  taken: Update[]
  refused: Update[]
}

/** Keeps one person's updates from filling the queue: of those that come, what is beyond {@link mostWaiting} is refused. */
export interface FloodGate {
  /** In the order given. `isExempt` says what is taken however much waits. */
  sort(batch: readonly Update[]): Promise<GatedUpdates>
}

/**
 * Counts what it lets in, and asks the database only about those of whom much has come: the count is never too low but for what
 * other processes have taken since.
 */
export function createFloodGate(database: Database, botId: number, isExempt: (update: Update) => boolean): FloodGate {
  /** Of each person at most so many wait: as many as were counted, and what came in since. */
  let known: Map<string, { waiting: number; since: number }> | null = null

  const countAgain = async (keys: string[] | null) => {
    const counts = new Map(await waitingByKey(database, keys))
    known ??= new Map()
    for (const key of keys ?? counts.keys()) known.set(key, { waiting: counts.get(key) ?? 0, since: 0 })
    return known
  }

  return {
    sort: async (batch) => {
      const byKey = Map.groupBy(
        batch.filter((update) => !isService(update.message) && !isMembership(update) && !isExempt(update)),
        orderingKey,
      )
      let people = known ?? (await countAgain(null))
      const many = [...byKey].filter(([key, some]) => (people.get(key)?.since ?? 0) + some.length > unasked)
      if (many.length > 0) people = await countAgain(many.map(([key]) => key))
      const over: Update[] = []
      for (const [key, some] of byKey) {
        const { waiting, since } = people.get(key) ?? { waiting: 0, since: 0 }
        const room = Math.max(0, mostWaiting - waiting - since)
        over.push(...some.slice(room))
        people.set(key, { waiting, since: since + Math.min(room, some.length) })
      }
      if (over.length === 0) return { taken: [...batch], refused: [] }
      // What was stored before and comes again after a crash is no part of a flood.
      const stored = await storedAmong(database, botId, over)
      const refused = new Set(over.filter((update) => !stored.has(update)))
      return { taken: batch.filter((update) => !refused.has(update)), refused: [...refused] }
    },
  }
}

function isMembership(update: Update): boolean {
  return update.my_chat_member !== undefined || update.chat_member !== undefined
}

/** How many updates of these people wait or are being handled; of everybody where `keys` is null. */
async function waitingByKey(database: Database, keys: string[] | null): Promise<[string, number][]> {
  const rows = await database.$queryRaw<{ key: string; count: number }[]>`
    SELECT singleton_key AS "key", count(*)::int AS "count" FROM pgboss.job
    WHERE name = ${updates} AND state IN ('created', 'retry', 'active') AND singleton_key IS NOT NULL
      AND (${keys === null} OR singleton_key = ANY(${keys ?? []}))
    GROUP BY singleton_key`
  return rows.map(({ key, count }) => [key, count])
}

async function storedAmong(database: Database, botId: number, some: readonly Update[]): Promise<Set<Update>> {
  const byId = new Map(some.map((update) => [jobId(botId, update.update_id), update]))
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT id::text AS "id" FROM pgboss.job WHERE name = ${updates} AND id = ANY(${[...byId.keys()]}::uuid[])`
  return new Set(rows.flatMap(({ id }) => byId.get(id) ?? []))
}
