import { createHash } from 'node:crypto'
import { fail, ok, type Result } from '../result.ts'
import classification2023 from './classification-2023-124.json' with { type: 'json' }
import evaluation2018 from './evaluation-2018-3814.json' with { type: 'json' }
import evaluation2025 from './evaluation-2025-335.json' with { type: 'json' }
import privacy2026 from './privacy-2026-91.json' with { type: 'json' }
import { type Pack, type PackKind, type PackOf, packSchema } from './schema.ts'
import transfer2016 from './transfer-2016-guidance.json' with { type: 'json' }
import vote2011 from './vote-2011-charter.json' with { type: 'json' }

/**
 * The packs that come with the product.
 * - 3814-QĐ/TU 2018 ends with 2025 because NĐ 335/2025 holds from 01/01/2026; a ward that keeps letters adds its own pack.
 * - The vote pack's majority is the Charter's; who leaves the base follows the election rules of 2014 (244-QĐ/TW, Art. 32);
 *   the quorum of two thirds is custom, not a text we could read, hence a setting.
 * - Who is not classified follows 124-QĐ/TW 2023; what its successor, 366-QĐ/TW 2025, says of them could not be read.
 * - The privacy pack takes the shortest of the 10 to 20 days that Decree 356/2025 gives for a request; how long what is kept is
 *   the product's own proposal.
 * - The days of a transfer are those that universities print from the rules of 2016–17 (60 working days to begin, 30 days to
 *   hand in the papers). What 4192-QĐ/BTCTW (12/12/2025) sets in their place is not known to us: a ward that knows adds its pack.
 */
export const builtInPacks: readonly Pack[] = [
  evaluation2018,
  evaluation2025,
  vote2011,
  classification2023,
  privacy2026,
  transfer2016,
].map((document) => packSchema.parse(document))

/** The pack of a kind that holds on a day; of two, the one that began later. Fails with `pack.none`. */
export function packFor<K extends PackKind>(
  kind: K,
  on: Temporal.PlainDate,
  packs: readonly Pack[] = builtInPacks,
): Result<PackOf<K>> {
  const day = on.toString()
  const [latest] = packs
    .filter((pack): pack is PackOf<K> => pack.kind === kind)
    .filter((pack) => pack.from <= day && (pack.to === undefined || day <= pack.to))
    .sort((a, b) => b.from.localeCompare(a.from))
  return latest ? ok(latest) : fail('pack.none', { kind, on: day })
}

/** SHA-256 (hex) of the pack's canonical JSON: the same rules give the same hash, however the document was laid out. */
export function packHash(pack: Pack): string {
  return createHash('sha256').update(canonicalJson(pack)).digest('hex')
}

function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
