import { toUtcMidnight } from '../../domain/dates.ts'
import { formatPeriod, isPeriod, type Period } from '../../domain/period.ts'
import { fail, ok, type Problem, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { writeCopies } from './deliver-notice.ts'
import { forgetIssued } from './entry/forget-entered.ts'
import { type Candidate, peopleWithIds } from './find-cadres.ts'
import { inForceOf } from './find-results.ts'
import { issueOnce } from './issue-once.ts'
import { type IssuedNotice, takeNumber } from './issued-notice.ts'
import { livingBranches } from './living-branches.ts'
import { type CorrectedResult, markCorrected } from './mark-corrected.ts'
import { readersOf, readersParts } from './meant-for.ts'
import { schemeFor } from './schemes/scheme-for.ts'
import { draftVersion } from './settle-branches.ts'
import { tellFormerBranches } from './tell-former-branches.ts'
import { tellWithoutBranch } from './tell-without-branch.ts'

/**
 * Issues a draft of a period's results, in the name and post of the leader who acts: each to the branch in which its person is an
 * official member today, to themself, and where they are in none, to the office. All or nothing. Idempotent: an issued draft is
 * answered as it is. A correction takes the place of the result it corrects: that is in force no more, its notice says so, and the
 * branches that had it read the correction too.
 * Fails with `notices.draftGone`, `access.denied`, `notices.noPost`, `notices.alreadyIssued` (a person's result of the period
 * is another than when the draft was checked), `notices.registerChanged` (somebody's branch is, or another `version` of the draft
 * was shown), `notices.moving` (somebody's move of today is about to be written), `schemes.changed` (the rules are).
 */
export async function issueEvaluation(
  ctx: Context,
  { issueId, version }: { issueId: number; version?: string },
): Promise<Result<IssuedNotice>> {
  const what = { issueId, kind: 'evaluation', action: 'notice.evaluation.issue' } as const
  return issueOnce(ctx, what, async (tx, { draft, issuer }) => {
    const { wardId, period } = draft
    if (period === null || !isPeriod(period)) return fail('notices.draftGone')
    const scheme = await schemeFor(tx, wardId, period)
    if (!scheme.ok) return scheme
    if (scheme.value.hash !== draft.packHash) return fail('schemes.changed')
    if ((await tx.noticeIssue.count({ where: { id: issueId, state: 'draft' } })) === 0) return fail('notices.draftGone')
    const people = await peopleOf(ctx, tx, { issueId, wardId, period })
    const problem = await whyNot(ctx, tx, { issueId, period, people })
    if (problem) return { ok: false, problem }
    if (version !== undefined && version !== (await draftVersion(tx, issueId))) return fail('notices.registerChanged')
    const taken = await takeNumber(tx, { issueId, wardId, issuer, now: ctx.now() })
    if (!taken) return fail('notices.draftGone')
    await copyToFormer(ctx, tx, issueId)
    const corrected = await putInForce(tx, issueId)
    await forgetIssued(tx, { issueId, wardId, period, before: draft.createdAt })
    const branchIds = await branchesIn(tx, issueId)
    await writeCopies(ctx, tx, { issueId, wardId, branchIds, issuedAt: ctx.now() })
    await markCorrected(ctx, tx, { issueId, corrected })
    await tellFormerBranches(ctx, tx, { issueId, period, people })
    await tellWithoutBranch(ctx, tx, { issueId, wardId, period, issuer })
    const results = await tx.noticeEntry.count({ where: { issueId } })
    const subject = { issue: issueId, notices: branchIds.length, results, corrected: corrected.length }
    await ctx.audit(tx, 'notice.evaluation.issued', subject, wardId)
    return ok(true)
  })
}

async function peopleOf(
  ctx: Context,
  tx: Transaction,
  { issueId, wardId, period }: { issueId: number; wardId: number; period: Period },
): Promise<Map<number, Candidate>> {
  const entries = await tx.noticeEntry.findMany({ where: { issueId }, select: { personId: true } })
  const ids = entries.map(({ personId }) => personId)
  const people = await peopleWithIds(tx, wardId, ids, { period, today: ctx.today() })
  return new Map(people.map((person) => [person.id, person]))
}

/** What has changed since the draft was checked, so that it may not go out as it is. */
async function whyNot(
  ctx: Context,
  tx: Transaction,
  { issueId, period, people }: { issueId: number; period: Period; people: ReadonlyMap<number, Candidate> },
): Promise<Problem | null> {
  const entries = await tx.noticeEntry.findMany({
    where: { issueId },
    select: { personId: true, branchId: true, correctsId: true },
  })
  const ids = entries.map(({ personId }) => personId)
  const inForce = await inForceOf({ db: tx, texts: ctx.texts }, period, ids)
  const nameOf = (id: number) => people.get(id)?.fullName ?? ''
  const changed = entries.filter(({ personId, correctsId }) => (inForce.get(personId)?.entryId ?? null) !== correctsId)
  const [first] = changed
  if (first) {
    const number = inForce.get(first.personId)?.number ?? ''
    const params = { number, period: formatPeriod(period), name: nameOf(first.personId), count: changed.length }
    return fail('notices.alreadyIssued', params).problem
  }
  // A day belongs to one branch as a whole: who moves today is there already, though the clock has not written it yet.
  const moving = await tx.transfer.count({
    where: {
      personId: { in: ids },
      state: 'received',
      kind: { not: 'temporary' },
      movesOn: { lte: toUtcMidnight(ctx.today()) },
    },
  })
  if (moving > 0) return fail('notices.moving').problem
  const moved = entries.some(({ personId, branchId }) => {
    const branches = people.get(personId)?.branches ?? []
    return branches.length > 1 || (branches[0]?.id ?? null) !== branchId
  })
  return moved ? fail('notices.registerChanged').problem : null
}

/** The branches that had a result read its correction too, as long as they are there; who has moved is read of elsewhere now. */
async function copyToFormer(ctx: Context, tx: Transaction, issueId: number): Promise<void> {
  const entries = await tx.noticeEntry.findMany({
    where: { issueId, correctsId: { not: null } },
    select: { id: true, branchId: true, corrects: { select: readersParts } },
  })
  const copies = entries.flatMap(({ id, branchId, corrects }) =>
    (corrects ? readersOf(corrects) : [])
      .filter((one) => one !== branchId)
      .map((one) => ({ entryId: id, branchId: one })),
  )
  const living = await livingBranches(ctx, tx, copies)
  await tx.noticeEntryCopy.createMany({
    data: copies.filter(({ branchId }) => living.has(branchId)),
    skipDuplicates: true,
  })
}

/** The draft's results come into force, in place of those they correct; answers with the latter, once for each branch that has one. */
async function putInForce(tx: Transaction, issueId: number): Promise<CorrectedResult[]> {
  const corrected = { correctedBy: { some: { issueId } } }
  const gone = await tx.noticeEntry.findMany({ where: corrected, select: { issueId: true, ...readersParts } })
  await tx.noticeEntry.updateMany({ where: corrected, data: { inForce: false } })
  await tx.noticeEntry.updateMany({ where: { issueId }, data: { inForce: true } })
  return gone.map((entry) => ({ issueId: entry.issueId, branchIds: readersOf(entry) }))
}

async function branchesIn(tx: Transaction, issueId: number): Promise<number[]> {
  const rows = await tx.noticeEntry.findMany({ where: { issueId }, select: readersParts })
  return [...new Set(rows.flatMap(readersOf))].sort((a, b) => a - b)
}
