import { deriveLevel, type Evaluation, titleOfLevel, type WrittenResult } from '../../../domain/evaluation.ts'
import type { EvaluationPack } from '../../../domain/packs/schema.ts'
import { type Period, previous } from '../../../domain/period.ts'
import { ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import { asLevel, inForceOf, type ResultInForce } from '../find-results.ts'
import { noticeSettings } from '../settings.ts'
import { entryContext } from './entry-context.ts'

/** What stands on somebody's sheet about one person. */
export interface Entered {
  readonly score: number | null
  readonly grade: string | null
  readonly level: string | null
  readonly disqualifier: string | null
  readonly remark: string | null
}

export interface EntryLine {
  readonly personId: number
  readonly number: string
  readonly fullName: string
  readonly branchName: string | null
  /** What is entered, or else in force; null while there is nothing. */
  readonly result: Evaluation | null
  readonly remark: string | null
  /** `issued`: the branch has just that result already. */
  readonly state: 'none' | 'entered' | 'issued'
  /** The result of the period before, where the ward carries it over. */
  readonly before: ResultInForce | null
}

export interface EntryView {
  readonly period: Period
  readonly pack: EvaluationPack
  readonly lines: readonly EntryLine[]
  readonly handedOver: boolean
}

/** The acting person's sheet of a period: whom they rate, and what is entered of whom. Fails as `entryContext` does. */
export async function viewEntry(ctx: Context, { period }: { period: Period }): Promise<Result<EntryView>> {
  const found = await entryContext(ctx, period)
  if (!found.ok) return found
  const { wardId, accountId, scheme, own } = found.value
  const ids = own.map(({ id }) => id)
  const sheet = await ctx.db.entrySheet.findUnique({
    where: { accountId_wardId_period: { accountId, wardId, period } },
    include: { results: true },
  })
  const entered = new Map(sheet?.results.map((row) => [row.personId, row]))
  const inForce = await inForceOf(ctx, period, ids)
  const { carryOver } = await noticeSettings(ctx.db, wardId)
  const before = carryOver === 1 ? await inForceOf(ctx, previous(period), ids) : null
  const lines = own.map(({ id, number, fullName, branches: [branch] }): EntryLine => {
    const row = entered.get(id)
    const evaluated = row ? deriveLevel(scheme.pack, writtenOf(row)) : null
    const issued = inForce.get(id) ?? null
    const result = evaluated?.ok ? evaluated.value : issued
    const remark = row ? row.remark : (issued?.remark ?? null)
    const state = evaluated?.ok ? 'entered' : issued ? 'issued' : 'none'
    const person = { personId: id, number, fullName, branchName: branch?.name ?? null }
    return { ...person, result, remark, state, before: before?.get(id) ?? null }
  })
  return ok({ period, pack: scheme.pack, lines, handedOver: sheet?.handedOverAt != null })
}

/** What was entered, as the rules read it: of points, letter and level the one that says most. */
export function writtenOf({ score, grade, level, disqualifier }: Omit<Entered, 'remark'>): WrittenResult {
  if (disqualifier !== null) return { score, disqualifier }
  if (score !== null) return { score }
  if (grade !== null) return { grade }
  return { level: level === null ? null : titleOfLevel(asLevel(level)) }
}
