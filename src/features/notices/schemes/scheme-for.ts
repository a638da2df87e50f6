import { toUtcMidnight } from '../../../domain/dates.ts'
import { packFor, packHash } from '../../../domain/packs/index.ts'
import { type EvaluationPack, packSchema } from '../../../domain/packs/schema.ts'
import { lastDay, type Period, periodKind } from '../../../domain/period.ts'
import { ok, type Result } from '../../../domain/result.ts'
import type { Database, Transaction } from '../../../platform/database.ts'

/** The rules of a period, and the hash that results keep of them. */
export interface Scheme {
  readonly pack: EvaluationPack
  readonly hash: string
  /** Whether the ward has chosen it; else it is the built-in pack of that day. */
  readonly chosen: boolean
}

/**
 * The rules by which a ward rates a period: what it has chosen for the period's last day and kind, else the built-in pack
 * of that day. Fails with `pack.none`.
 */
export async function schemeFor(db: Database | Transaction, wardId: number, period: Period): Promise<Result<Scheme>> {
  const day = lastDay(period)
  const rows = await db.evaluationScheme.findMany({
    where: { wardId, from: { lte: toUtcMidnight(day) } },
    orderBy: [{ from: 'desc' }, { id: 'desc' }],
  })
  for (const row of rows) {
    const pack = evaluationPackOf(row.pack)
    if (holdsFor(pack, period)) return ok({ pack, hash: row.packHash, chosen: true })
  }
  const built = packFor('evaluation', day)
  return built.ok ? ok({ pack: built.value, hash: packHash(built.value), chosen: false }) : built
}

/** A stored pack of evaluation. */
export function evaluationPackOf(stored: unknown): EvaluationPack {
  const pack = packSchema.parse(stored)
  if (pack.kind !== 'evaluation') throw new Error(`${pack.id} is no pack of evaluation`)
  return pack
}

function holdsFor({ to, periods }: EvaluationPack, period: Period): boolean {
  const kept = to === undefined || lastDay(period).toString() <= to
  return kept && (periods === undefined || periods.includes(periodKind(period)))
}
