import { dayAt } from '../../domain/dates.ts'
import type { Database } from '../../platform/database.ts'
import type { deliveryStates } from '../../platform/outbox.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import type { BranchLeaders } from './branch-leaders.ts'
import { type Handed, handedOf } from './handed.ts'
import { isMeantFor, readersParts } from './meant-for.ts'
import type { Acknowledged } from './notice-view.ts'
import { type PaperReason, paperReason } from './paper-reason.ts'
import { rollOf } from './roll-of-notice.ts'

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

/** Whether the branch is still to confirm. */
export function isOpen({ acknowledged, replaced, handed }: BranchStatus): boolean {
  return acknowledged === null && !replaced && handed === null
}

/** What is read of an issue to tell how far its branches are. */
export const issueStatusParts = {
  // Who belongs to no branch reads their result beside the notices.
  _count: { select: { entries: { where: { branchId: { not: null } } } } },
  entries: { select: readersParts, where: { inForce: true } },
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
export type IssueForStatus = Prisma.NoticeIssueGetPayload<{ include: typeof issueStatusParts }>

const worstFirst = ['failed', 'unknown', 'sending', 'waiting', 'sent'] as const

/** How far a branch's copy is. */
export async function branchStatus(
  db: Database,
  issue: IssueForStatus,
  notice: IssueForStatus['notices'][number],
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
        ? !issue.entries.some((entry) => isMeantFor(entry, branchId))
        : issue.correctedBy.some(({ notices }) => notices.some((one) => one.branchId === branchId)),
    acknowledged: done ? { name: done.person.fullName, title: done.title, at: done.at } : null,
    seenAt: readings.find(({ personId }) => leaders.all.includes(personId))?.seenAt ?? null,
    paper: paperReason({ delivery, hasSecretary: leaders.secretaries.length > 0 }),
    handed: handedOf(notice.handover),
    members: issue.membersConfirm ? await membersStatus(db, notice) : null,
    delivery,
    error: found.find(({ state }) => state === 'failed')?.error ?? null,
  }
}

async function membersStatus(
  db: Database,
  { branchId, issuedAt, acknowledgements, readings }: IssueForStatus['notices'][number],
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
