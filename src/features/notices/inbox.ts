import { branchesWhereMay, may } from '../../domain/access.ts'
import { isPeriod, type Period } from '../../domain/period.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { type IssueNumber, type NumberParts, numberOf } from './issue-number.ts'
import { isReplaced } from './notice-messages.ts'
import { noticeView, type PlainNotice } from './notice-view.ts'

/** A notice that the acting person may read: their branch's, or one meant for themself. */
export interface InboxItem {
  readonly kind: 'branch' | 'person'
  /** Of the branch's copy or of their own. */
  readonly id: number
  readonly number: IssueNumber
  readonly period: Period | null
  readonly text: string
  readonly issuedAt: Date
  readonly state: 'unread' | 'seen' | 'confirmed'
}

const shownDays = 92
const shown = 20

/** The notices of the last three months that the acting person may read, newest first. Fails with `notices.emptyInbox`. */
export async function listInbox(ctx: Context): Promise<Result<InboxItem[]>> {
  const { personId, wardId } = ctx.actor
  if (personId === null) return fail('notices.emptyInbox')
  const leave = may(ctx.actor, 'notice.readOwn', { wardId: wardId ?? 0, personId })
  if (!leave.ok) return leave
  const since = { gte: new Date(ctx.now().getTime() - shownDays * 24 * 3_600_000) }
  const notices = await ctx.db.notice.findMany({
    where: { branchId: { in: branchesWhereMay(ctx.actor, 'notice.viewLevels') }, issuedAt: since },
    include: {
      issue: true,
      readings: { where: { personId } },
      acknowledgements: { where: { OR: [{ personId }, { kind: 'branch' }] } },
    },
    orderBy: { id: 'desc' },
    take: shown,
  })
  const personal = await ctx.db.personalNotice.findMany({
    where: { personId, issuedAt: since },
    include: { issue: true },
    orderBy: { id: 'desc' },
    take: shown,
  })
  const items: InboxItem[] = [
    ...notices.map(({ id, issue, issuedAt, readings, acknowledgements }) => {
      // Where members are not asked, the branch's confirmation is everybody's.
      const isDone = acknowledgements.some((one) => one.personId === personId || !issue.membersConfirm)
      const isSeen = readings.length > 0
      return { kind: 'branch' as const, id, issuedAt, state: stateOf(isDone, isSeen), ...headOf(issue) }
    }),
    ...personal.map(({ id, issue, issuedAt, confirmedAt, seenAt }) => ({
      kind: 'person' as const,
      id,
      issuedAt,
      state: stateOf(confirmedAt !== null, seenAt !== null),
      ...headOf(issue),
    })),
  ]
  if (items.length === 0) return fail('notices.emptyInbox')
  return ok(items.sort((a, b) => b.issuedAt.getTime() - a.issuedAt.getTime()).slice(0, shown))
}

/** A plain notice of a branch, for whoever may read it. Fails with `notices.noticeGone`, `notices.levelsNotForYou`. */
export async function viewPlain(ctx: Context, { noticeId }: { noticeId: number }): Promise<Result<PlainNotice>> {
  const view = await noticeView(ctx.db, noticeId)
  if (view?.kind !== 'plain') return fail('notices.noticeGone')
  const { wardId, branchId } = view
  return may(ctx.actor, 'notice.viewLevels', { wardId, branchId }).ok ? ok(view) : fail('notices.levelsNotForYou')
}

/** Whether the acting person is still to confirm the notice, for the branch or for themself. */
export async function isToConfirm(ctx: Context, { noticeId }: { noticeId: number }): Promise<boolean> {
  const view = await noticeView(ctx.db, noticeId)
  const { personId } = ctx.actor
  if (!view || personId === null || isReplaced(view)) return false
  const target = { wardId: view.wardId, branchId: view.branchId }
  if (!view.acknowledged && may(ctx.actor, 'notice.acknowledge', target).ok) return true
  if (!view.membersConfirm || !may(ctx.actor, 'notice.confirm', target).ok) return false
  return (await ctx.db.noticeAcknowledgement.count({ where: { noticeId, personId } })) === 0
}

function stateOf(isDone: boolean, isSeen: boolean): InboxItem['state'] {
  if (isDone) return 'confirmed'
  return isSeen ? 'seen' : 'unread'
}

function headOf({ period, text, ...issue }: NumberParts & { period: string | null; text: string | null }) {
  return { number: numberOf(issue), period: period !== null && isPeriod(period) ? period : null, text: text ?? '' }
}
