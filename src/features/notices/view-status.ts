import { fromUtcMidnight } from '../../domain/dates.ts'
import { isPeriod, type Period } from '../../domain/period.ts'
import { type Promptness, promptness } from '../../domain/promptness.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { deliveryStates } from '../../platform/outbox.ts'
import { leadersOfBranch } from '../registry/index.ts'
import { leadersOfBranches } from './branch-leaders.ts'
import { type BranchStatus, branchStatus, type IssueForStatus, isOpen, issueStatusParts } from './branch-status.ts'
import { type IssueNumber, numberOf } from './issue-number.ts'
import { type StatusScope, statusScope } from './status-scope.ts'
import { type PersonStatus, peopleStatus } from './view-people-status.ts'

export interface IssueStatus {
  readonly issueId: number
  readonly number: IssueNumber
  readonly period: Period | null
  /** Of a plain notice. */
  readonly text: string
  readonly dueOn: Temporal.PlainDate | null
  readonly issuedAt: Date
  readonly branches: readonly BranchStatus[]
  /** Those whom a plain notice was meant for themselves. */
  readonly people: readonly PersonStatus[]
  /** Of branches and people together, who had confirmed or been handed the paper within 72 hours. */
  readonly promptness: Promptness
  /** Cadres whose own result has reached their private chat, of all with a result. */
  readonly ownResults: { readonly sent: number; readonly of: number }
}

/** Which issue is asked for, by its id, its number or its period; the latest that fits, or the latest of all. */
export interface WhichIssue {
  readonly issueId?: number
  readonly number?: number
  readonly period?: Period
}

/** Who has and who has not confirmed an issue, as far as the acting person may follow it. Fails with `notices.noneIssued`. */
export async function viewStatus(ctx: Context, which: WhichIssue): Promise<Result<IssueStatus>> {
  const [status] = await load(ctx, which, 1)
  return status ?? fail('notices.noneIssued')
}

/** The latest issues, newest first. */
export async function viewRecent(ctx: Context, count: number): Promise<Result<IssueStatus[]>> {
  const recent = await load(ctx, {}, count)
  const refused = recent.find((one) => !one.ok)
  if (refused && !refused.ok) return refused
  return ok(recent.flatMap((one) => (one.ok ? [one.value] : [])))
}

/** The secretaries and deputies of the branches that have not confirmed. */
export async function viewMissing(
  ctx: Context,
  which: { issueId: number },
): Promise<Result<{ status: IssueStatus; branches: { name: string; leaders: { post: string; name: string }[] }[] }>> {
  const status = await viewStatus(ctx, which)
  if (!status.ok) return status
  const branches = []
  for (const branch of status.value.branches.filter(isOpen)) {
    const leaders = await leadersOfBranch(ctx.db, branch.branchId, ctx.today())
    branches.push({
      name: branch.branchName,
      leaders: leaders.flatMap(({ post, person }) =>
        post === 'secretary' || post === 'standingDeputySecretary' || post === 'deputySecretary'
          ? [{ post: ctx.texts(`notices:posts.${post}`), name: person.fullName }]
          : [],
      ),
    })
  }
  return ok({ status: status.value, branches })
}

async function load(ctx: Context, which: WhichIssue, count: number): Promise<Result<IssueStatus>[]> {
  const scope = statusScope(ctx)
  if (!scope.ok) return [scope]
  return (await statusesOf(ctx, scope.value, which, count)).map((status) => ok(status))
}

/** The latest issues that fit, as far as the scope goes. Asks no leave: whoever gave the scope has. */
export async function statusesOf(
  ctx: Context,
  scope: StatusScope,
  which: WhichIssue,
  count: number,
): Promise<IssueStatus[]> {
  const { wardId, branchIds } = scope
  const { issueId, ...asked } = which
  const issues = await ctx.db.noticeIssue.findMany({
    where: {
      wardId,
      state: 'issued',
      ...asked,
      ...(issueId === undefined ? {} : { id: issueId }),
      ...(branchIds === null ? {} : { notices: { some: { branchId: { in: [...branchIds] } } } }),
    },
    include: issueStatusParts,
    orderBy: { issuedAt: 'desc' },
    take: count,
  })
  return Promise.all(issues.map((issue) => statusOf(ctx, issue, scope)))
}

const byCode = new Intl.Collator('vi', { numeric: true })

async function statusOf(ctx: Context, issue: IssueForStatus, { branchIds }: StatusScope): Promise<IssueStatus> {
  const notices = issue.notices
    .filter(({ branchId }) => branchIds === null || branchIds.includes(branchId))
    .sort((a, b) => byCode.compare(a.branch.code, b.branch.code))
  const states = await deliveryStates(
    ctx.db,
    notices.flatMap(({ deliveries }) => deliveries.map(({ deliveryId }) => deliveryId)),
  )
  const leaders = await leadersOfBranches(
    ctx.db,
    notices.map(({ branchId }) => branchId),
    ctx.today(),
  )
  const branches = []
  for (const notice of notices)
    branches.push(await branchStatus(ctx.db, issue, notice, states, leaders(notice.branchId)))
  // What was meant for somebody themself is followed by the ward.
  const people = branchIds === null ? await peopleStatus(ctx.db, issue.id) : []
  const issuedAt = issue.issuedAt ?? issue.createdAt
  const asked = [
    ...branches
      .filter(({ replaced, acknowledged, handed }) => !replaced || acknowledged || handed)
      .map(({ acknowledged, handed }) => ({ doneAt: acknowledged?.at ?? handed?.at ?? null })),
    ...people
      .filter(({ replaced, confirmedAt, handed }) => !replaced || confirmedAt || handed)
      .map(({ confirmedAt, handed }) => ({ doneAt: confirmedAt ?? handed?.at ?? null })),
  ]
  const own = notices.flatMap(({ deliveries }) => deliveries.filter(({ personId }) => personId !== null))
  return {
    issueId: issue.id,
    number: numberOf(issue),
    period: issue.period !== null && isPeriod(issue.period) ? issue.period : null,
    text: issue.text ?? '',
    dueOn: issue.dueOn && fromUtcMidnight(issue.dueOn),
    issuedAt,
    branches,
    people,
    promptness: promptness(issuedAt, asked),
    ownResults: {
      sent: own.filter(({ deliveryId }) => states.get(deliveryId)?.state === 'sent').length,
      of: issue._count.entries,
    },
  }
}
