import { isPeriod, type Period } from '../../domain/period.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { deliveryStates } from '../../platform/outbox.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { leadersOfBranch } from '../registry/index.ts'
import { type IssueNumber, numberOf } from './issue-number.ts'
import type { Acknowledged } from './notice-view.ts'
import { type StatusScope, statusScope } from './status-scope.ts'

export type DeliveryState = 'paper' | 'waiting' | 'sent' | 'failed' | 'unknown'

export interface BranchStatus {
  readonly noticeId: number
  readonly branchId: number
  readonly branchName: string
  readonly acknowledged: Acknowledged | null
  /** All of it has been corrected by later notices: nobody need confirm it any more. */
  readonly replaced: boolean
  /** Of all parts of the message to the group, the worst; `paper` where there is no group. */
  readonly delivery: DeliveryState
  /** Why it failed, as Telegram said it. */
  readonly error: string | null
}

export interface IssueStatus {
  readonly issueId: number
  readonly number: IssueNumber
  readonly period: Period | null
  /** Of a plain notice. */
  readonly text: string
  readonly issuedAt: Date
  readonly branches: readonly BranchStatus[]
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

/** Whether the branch is still to confirm. */
export function isOpen({ acknowledged, replaced }: Pick<BranchStatus, 'acknowledged' | 'replaced'>): boolean {
  return acknowledged === null && !replaced
}

const parts = {
  _count: { select: { entries: true } },
  entries: { select: { branchId: true }, where: { inForce: true }, distinct: ['branchId'] },
  notices: {
    include: {
      branch: { select: { code: true, name: true } },
      deliveries: true,
      acknowledgements: { where: { kind: 'branch' }, include: { person: { select: { fullName: true } } } },
    },
  },
} satisfies Prisma.NoticeIssueInclude
type Loaded = Prisma.NoticeIssueGetPayload<{ include: typeof parts }>

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
    include: parts,
    orderBy: { issuedAt: 'desc' },
    take: count,
  })
  return Promise.all(issues.map((issue) => statusOf(ctx, issue, scope)))
}

const byCode = new Intl.Collator('vi', { numeric: true })
const worstFirst = ['failed', 'unknown', 'sending', 'waiting', 'sent'] as const

async function statusOf(ctx: Context, issue: Loaded, { branchIds }: StatusScope): Promise<IssueStatus> {
  const notices = issue.notices
    .filter(({ branchId }) => branchIds === null || branchIds.includes(branchId))
    .sort((a, b) => byCode.compare(a.branch.code, b.branch.code))
  const states = await deliveryStates(
    ctx.db,
    notices.flatMap(({ deliveries }) => deliveries.map(({ deliveryId }) => deliveryId)),
  )
  const own = notices.flatMap(({ deliveries }) => deliveries.filter(({ personId }) => personId !== null))
  return {
    issueId: issue.id,
    number: numberOf(issue),
    period: issue.period !== null && isPeriod(issue.period) ? issue.period : null,
    text: issue.text ?? '',
    issuedAt: issue.issuedAt ?? issue.createdAt,
    branches: notices.map(({ id, branchId, branch, deliveries, acknowledgements: [done] }) => {
      const carried = deliveries.filter(({ personId }) => personId === null)
      const found = carried.flatMap(({ deliveryId }) => states.get(deliveryId) ?? [])
      const worst = worstFirst.find((state) => found.some((one) => one.state === state))
      return {
        noticeId: id,
        branchId,
        branchName: branch.name,
        replaced: issue.kind === 'evaluation' && !issue.entries.some((entry) => entry.branchId === branchId),
        acknowledged: done ? { name: done.person.fullName, title: done.title, at: done.at } : null,
        delivery: worst === 'sending' ? 'waiting' : (worst ?? 'paper'),
        error: found.find(({ state }) => state === 'failed')?.error ?? null,
      }
    }),
    ownResults: {
      sent: own.filter(({ deliveryId }) => states.get(deliveryId)?.state === 'sent').length,
      of: issue._count.entries,
    },
  }
}
