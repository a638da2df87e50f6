import { formatPeriod, isPeriod, type Period } from '../../domain/period.ts'
import { fail, ok, type Problem, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { writeCopies } from './deliver-notice.ts'
import { forgetIssued } from './entry/forget-entered.ts'
import { peopleWithIds } from './find-cadres.ts'
import { inForceOf } from './find-results.ts'
import { issueOnce } from './issue-once.ts'
import { type IssuedNotice, takeNumber } from './issued-notice.ts'
import { type CorrectedResult, markCorrected } from './mark-corrected.ts'
import { schemeFor } from './schemes/scheme-for.ts'

/**
 * Issues a draft of a period's results to every branch that has cadres in it, in the name and post of the leader who acts.
 * All or nothing. Idempotent: an issued draft is answered as it is.
 * A correction takes the place of the result it corrects: that is in force no more, and its notice says so.
 * Fails with `notices.draftGone`, `access.denied`, `notices.noPost`, `notices.alreadyIssued` (a person's result of the period
 * is another than when the draft was checked), `notices.registerChanged` (somebody's branch is), `schemes.changed` (the rules are).
 */
export async function issueEvaluation(ctx: Context, { issueId }: { issueId: number }): Promise<Result<IssuedNotice>> {
  const what = { issueId, kind: 'evaluation', action: 'notice.evaluation.issue' } as const
  return issueOnce(ctx, what, async (tx, { draft, issuer }) => {
    const { wardId, period } = draft
    if (period === null || !isPeriod(period)) return fail('notices.draftGone')
    const scheme = await schemeFor(tx, wardId, period)
    if (!scheme.ok) return scheme
    if (scheme.value.hash !== draft.packHash) return fail('schemes.changed')
    const problem = await whyNot(ctx, tx, { issueId, wardId, period })
    if (problem) return { ok: false, problem }
    const taken = await takeNumber(tx, { issueId, wardId, issuer, now: ctx.now() })
    if (!taken) return fail('notices.draftGone')
    const corrected = await putInForce(tx, issueId)
    await forgetIssued(tx, { issueId, wardId, period, before: draft.createdAt })
    const branchIds = await branchesIn(tx, issueId)
    await writeCopies(ctx, tx, { issueId, wardId, branchIds, issuedAt: ctx.now() })
    await markCorrected(ctx, tx, { issueId, corrected })
    const results = await tx.noticeEntry.count({ where: { issueId } })
    const subject = { issue: issueId, notices: branchIds.length, results, corrected: corrected.length }
    await ctx.audit(tx, 'notice.evaluation.issued', subject, wardId)
    return ok(true)
  })
}

/** What has changed since the draft was checked, so that it may not go out as it is. */
async function whyNot(
  ctx: Context,
  tx: Transaction,
  { issueId, wardId, period }: { issueId: number; wardId: number; period: Period },
): Promise<Problem | null> {
  const entries = await tx.noticeEntry.findMany({
    where: { issueId },
    select: { personId: true, branchId: true, correctsId: true },
  })
  const ids = entries.map(({ personId }) => personId)
  const inForce = await inForceOf({ db: tx, texts: ctx.texts }, period, ids)
  const people = new Map((await peopleWithIds(tx, wardId, ids, period)).map((person) => [person.id, person]))
  const nameOf = (id: number) => people.get(id)?.fullName ?? ''
  const changed = entries.filter(({ personId, correctsId }) => (inForce.get(personId)?.entryId ?? null) !== correctsId)
  const [first] = changed
  if (first) {
    const number = inForce.get(first.personId)?.number ?? ''
    const params = { number, period: formatPeriod(period), name: nameOf(first.personId), count: changed.length }
    return fail('notices.alreadyIssued', params).problem
  }
  const moved = entries.find(({ personId, branchId }) => {
    const branches = people.get(personId)?.branches ?? []
    return branches.length !== 1 || branches[0]?.id !== branchId
  })
  return moved ? fail('notices.registerChanged', { name: nameOf(moved.personId) }).problem : null
}

/** The draft's results come into force, in place of those they correct; answers with the latter. */
async function putInForce(tx: Transaction, issueId: number): Promise<CorrectedResult[]> {
  const corrected = { correctedBy: { some: { issueId } } }
  const gone = await tx.noticeEntry.updateManyAndReturn({
    where: corrected,
    data: { inForce: false },
    select: { issueId: true, branchId: true },
  })
  await tx.noticeEntry.updateMany({ where: { issueId }, data: { inForce: true } })
  return gone
}

async function branchesIn(tx: Transaction, issueId: number): Promise<number[]> {
  const rows = await tx.noticeEntry.findMany({
    where: { issueId },
    distinct: ['branchId'],
    select: { branchId: true },
    orderBy: { branchId: 'asc' },
  })
  return rows.map(({ branchId }) => branchId)
}
