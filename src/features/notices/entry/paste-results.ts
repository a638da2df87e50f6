import { deriveLevel } from '../../../domain/evaluation.ts'
import type { Period } from '../../../domain/period.ts'
import { fail, ok, type Result } from '../../../domain/result.ts'
import type { Context } from '../../../platform/context.ts'
import { enterResults } from './enter-results.ts'
import { type EntryContext, entryContext } from './entry-context.ts'
import { type PastedProblem, type PastedResult, readPastedLines } from './read-pasted-lines.ts'

/** How many were entered, or every line that could not be read; then none was. */
export type Pasted = { readonly count: number } | { readonly problems: readonly PastedProblem[] }

/**
 * Enters results from pasted lines, one person a line, all or none. Idempotent. Fails with `entries.noLines` and as
 * `entryContext` does.
 */
export async function pasteResults(
  ctx: Context,
  { period, text }: { period: Period; text: string },
): Promise<Result<Pasted>> {
  const found = await entryContext(ctx, period)
  if (!found.ok) return found
  const { scheme, cadres, own } = found.value
  const { results, problems } = readPastedLines(text, { pack: scheme.pack, cadres, listed: own })
  if (results.length + problems.length === 0) return fail('entries.noLines')
  const wrong = [...problems, ...results.flatMap((line) => whyNot(ctx, found.value, line))]
  if (wrong.length > 0) return ok({ problems: wrong.sort((a, b) => a.line - b.line) })
  return enterResults(ctx, {
    period,
    results: results.map(({ person, written, remark }) => ({
      personId: person.id,
      written,
      ...(remark === null ? {} : { remark }),
    })),
  })
}

function whyNot(
  ctx: Context,
  { scheme, raters }: EntryContext,
  { line, text, person, written }: PastedResult,
): PastedProblem[] {
  const rater = raters.get(person.id)
  if (rater && rater.id !== ctx.actor.personId) {
    return [{ line, text, ...fail('entries.notYours', { name: person.fullName, rater: rater.fullName }) }]
  }
  const evaluated = deriveLevel(scheme.pack, written)
  return evaluated.ok ? [] : [{ line, text, problem: evaluated.problem }]
}
