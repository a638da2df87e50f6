import type { EvaluationPack, Level } from './packs/schema.ts'

/** The arithmetic of a passed cap: `excellent` is more than `allowed` = `percent` % of `basis`, rounded down. */
export interface CapWarning {
  readonly excellent: number
  readonly allowed: number
  readonly percent: number
  /** How many the percentage is taken of, and who they are: all rated, or those rated "good". */
  readonly basis: number
  readonly of: 'rated' | 'good'
  /** What a unit recognised as outstanding is allowed, where the instrument names a figure. */
  readonly outstanding?: { readonly percent: number; readonly allowed: number }
}

/**
 * Counts the "excellent" of one unit against the pack's cap; nothing where it keeps within or the pack has none.
 * A warning, never a refusal: the committee decides. Sources: 3814-QĐ/TU 2018 (30 % of those rated, 40 % in an
 * outstanding unit); NĐ 335/2025 (20 % of those rated "good").
 */
export function checkCap(
  pack: EvaluationPack,
  levels: readonly Level[],
  options: { outstandingUnit?: boolean } = {},
): CapWarning | undefined {
  if (!pack.cap) return undefined
  const { of } = pack.cap
  const percent = (options.outstandingUnit && pack.cap.outstandingUnitPercent) || pack.cap.percent
  const excellent = levels.filter((level) => level === 'excellent').length
  const basis = of === 'rated' ? levels.length : levels.filter((level) => level === 'good').length
  const allowed = Math.floor((basis * percent) / 100)
  if (excellent <= allowed) return undefined
  const most = pack.cap.outstandingUnitPercent
  const outstanding =
    most === undefined || options.outstandingUnit
      ? {}
      : { outstanding: { percent: most, allowed: Math.floor((basis * most) / 100) } }
  return { excellent, allowed, percent, basis, of, ...outstanding }
}
