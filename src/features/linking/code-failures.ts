import { formatDateTime } from '../../domain/formats.ts'
import { fail, type Problem } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'

/** Five failures within an hour lock the sender for an hour from the fifth. */
const failuresToLock = 5
const hour = 3_600_000

type Refusal = { readonly ok: false; readonly problem: Problem }

/**
 * Refuses whoever is locked, saying until when; null for everybody else. Asks no leave: it only refuses, whoever types.
 */
export async function refuseLocked(ctx: Context, accountId: bigint): Promise<Refusal | null> {
  const until = lockedUntil(await latestFailures(ctx, accountId))
  return until !== null && ctx.now() < until ? fail('linking.locked', { until: formatDateTime(until) }) : null
}

/**
 * Records that a code was not accepted and words the refusal: how many attempts are left, or until when the sender is
 * locked. One update counts once. Asks no leave: it only counts and refuses, whoever types.
 */
export async function refuseCode(ctx: Context, accountId: bigint, code: string): Promise<Refusal> {
  try {
    await ctx.transaction((tx) => tx.codeFailure.create({ data: { accountId, at: ctx.now(), source: ctx.source } }))
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  const failures = await latestFailures(ctx, accountId)
  const until = lockedUntil(failures)
  if (until !== null && ctx.now() < until) return fail('linking.lockedNow', { until: formatDateTime(until) })
  const recent = failures.filter((at) => at.getTime() > ctx.now().getTime() - hour)
  return fail(code, { left: failuresToLock - recent.length })
}

/** Forgets the failures that can lock nobody any more. Asks no leave: the clock calls it. */
export async function forgetFailures(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - 2 * hour)
  await ctx.transaction((tx) => tx.codeFailure.deleteMany({ where: { at: { lt: before } } }))
}

async function latestFailures(ctx: Context, accountId: bigint): Promise<Date[]> {
  const rows = await ctx.db.codeFailure.findMany({
    where: { accountId },
    orderBy: { at: 'desc' },
    take: failuresToLock,
    select: { at: true },
  })
  return rows.map(({ at }) => at)
}

/** The end of the lock that the latest five failures bring about, where they lie within an hour. */
function lockedUntil(failures: readonly Date[]): Date | null {
  const newest = failures[0]
  const fifth = failures[failuresToLock - 1]
  if (!newest || !fifth || newest.getTime() - fifth.getTime() > hour) return null
  return new Date(newest.getTime() + hour)
}
