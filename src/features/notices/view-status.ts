import { dayAt, fromUtcMidnight } from '../../domain/dates.ts'
import { isPeriod, type Period } from '../../domain/period.ts'
import { type Promptness, promptness } from '../../domain/promptness.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { deliveryStates } from '../../platform/outbox.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { leadersOfBranch } from '../registry/index.ts'
import { type BranchLeaders, leadersOfBranches } from './branch-leaders.ts'
import { type Handed, handedOf } from './handed.ts'
import type { Acknowledged } from './notice-view.ts'
import { type PaperReason, paperReason } from './paper-reason.ts'
import { rollOf } from './roll-of-notice.ts'
import { type StatusScope, statusScope } from './status-scope.ts'
import { type PersonStatus, peopleStatus } from './view-people-status.ts'

export type DeliveryState = 'paper' | 'waiting' | 'sent' | 'failed' | 'unknown'

export interface BranchStatus {
  readonly noticeId: number
  readonly branchId: number
  readonly branchName: string
  readonly acknowledged: Acknowledged | null
  /** When its secretary or a deputy first opened it in private. */
  readonly seenAt: Date | null
  /** Why it goes on paper too, or null. */
  readonly paper: PaperReason | null
  readonly handed: Handed | null
  /** How far its members are, where the notice asks them too. */
  readonly members: { readonly confirmed: number; readonly seen: number; readonly of: number } | null
  /** All of it has been corrected by later notices: nobody need confirm it any more. */
  readonly replaced: boolean
  /** Of all parts of the message to the group, the worst; `paper` where there is no group. */
  readonly delivery: DeliveryState
  /** Why it failed, as Telegram said it. */
  readonly error: string | null
}

export interface IssueStatus {
  readonly issueId: number
  readonly number: number
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

/** Whether the branch is still to confirm. */
export function isOpen({ acknowledged, replaced, handed }: BranchStatus): boolean {
  return acknowledged === null && !replaced && handed === null
}

const parts = {
  _count: { select: { entries: true } },
  entries: { select: { branchId: true }, where: { inForce: true }, distinct: ['branchId'] },
  notices: {
    include: {
      branch: { select: { code: true, name: true } },
      deliveries: true,
      acknowledgements: { include: { person: { select: { fullName: true } } }, orderBy: { id: 'asc' } },
      readings: { orderBy: { seenAt: 'asc' } },
      handover: true,
    },
  },
  correctedBy: { where: { state: 'issued' }, select: { notices: { select: { branchId: true } } } },
} satisfies Prisma.NoticeIssueInclude
type Loaded = Prisma.NoticeIssueGetPayload<{ include: typeof parts }>

async function load(ctx: Context, which: WhichIssue, count: number): Promise<Result<IssueStatus>[]> {
  const scope = statusScope(ctx)
  if (!scope.ok) return [scope]
  const { wardId, branchIds } = scope.value
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
  return Promise.all(issues.map(async (issue) => ok(await statusOf(ctx, issue, scope.value))))
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
  const leaders = await leadersOfBranches(
    ctx.db,
    notices.map(({ branchId }) => branchId),
    ctx.today(),
  )
  const branches = []
  for (const notice of notices) branches.push(await branchStatus(ctx, issue, notice, states, leaders(notice.branchId)))
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
    number: issue.number ?? 0,
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

async function branchStatus(
  ctx: Context,
  issue: Loaded,
  notice: Loaded['notices'][number],
  states: Awaited<ReturnType<typeof deliveryStates>>,
  leaders: BranchLeaders,
): Promise<BranchStatus> {
  const { id, branchId, branch, deliveries, acknowledgements, readings } = notice
  const carried = deliveries.filter(({ personId }) => personId === null)
  const found = carried.flatMap(({ deliveryId }) => states.get(deliveryId) ?? [])
  const worst = worstFirst.find((state) => found.some((one) => one.state === state))
  const delivery = worst === 'sending' ? 'waiting' : (worst ?? 'paper')
  const done = acknowledgements.find(({ kind }) => kind === 'branch')
  return {
    noticeId: id,
    branchId,
    branchName: branch.name,
    replaced:
      issue.kind === 'evaluation'
        ? !issue.entries.some((entry) => entry.branchId === branchId)
        : issue.correctedBy.some(({ notices }) => notices.some((one) => one.branchId === branchId)),
    acknowledged: done ? { name: done.person.fullName, title: done.title, at: done.at } : null,
    seenAt: readings.find(({ personId }) => leaders.all.includes(personId))?.seenAt ?? null,
    paper: paperReason({ delivery, hasSecretary: leaders.secretaries.length > 0 }),
    handed: handedOf(notice.handover),
    members: issue.membersConfirm ? await membersStatus(ctx, notice) : null,
    delivery,
    error: found.find(({ state }) => state === 'failed')?.error ?? null,
  }
}

async function membersStatus(
  { db }: Context,
  { branchId, issuedAt, acknowledgements, readings }: Loaded['notices'][number],
): Promise<BranchStatus['members']> {
  const roll = await rollOf(db, branchId, dayAt(issuedAt))
  const confirmed = new Set(acknowledgements.map(({ personId }) => personId))
  const seen = new Set([...confirmed, ...readings.map(({ personId }) => personId)])
  return {
    confirmed: roll.filter(({ id }) => confirmed.has(id)).length,
    seen: roll.filter(({ id }) => seen.has(id)).length,
    of: roll.length,
  }
}
