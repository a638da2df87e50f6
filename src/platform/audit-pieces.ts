import { setImmediate as turn } from 'node:timers/promises'
import type { Database } from './database.ts'

/** Rows of the audit with ids above `above` up to `upTo`. */
export interface Piece {
  readonly above: number
  readonly upTo: number
}

/**
 * The audit from an id on, so many rows at a time, in the order of their ids: nothing that goes through it holds more than a piece
 * in memory. Between two of them everybody else has a turn: on PGlite a loop of queries alone would let nothing else in.
 */
export async function* auditPieces(database: Database, from: number, rowsAtOnce: number): AsyncGenerator<Piece> {
  for (let above = from; ; ) {
    const [found] = await database.$queryRaw<{ upTo: number | null }[]>`
      SELECT max("id") AS "upTo" FROM (
        SELECT "id" FROM "AuditEntry" WHERE "id" > ${above} ORDER BY "id" LIMIT ${rowsAtOnce}
      ) AS "piece"`
    const upTo = found?.upTo ?? null
    if (upTo === null) return
    yield { above, upTo }
    above = upTo
    await turn()
  }
}
