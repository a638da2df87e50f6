import { may } from '../../domain/access.ts'
import { dayAt } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { linkedPeople } from '../linking/index.ts'
import { type IssueNumber, numberOf } from './issue-number.ts'
import { rollOf } from './roll-of-notice.ts'

/** A member who is asked to confirm, and how far they are. */
export interface Reader {
  readonly personId: number
  readonly fullName: string
  readonly seenAt: Date | null
  readonly confirmedAt: Date | null
  /** Entered by the secretary for one without a smartphone. */
  readonly onBehalf: boolean
  readonly hasAccount: boolean
}

export interface Readers {
  readonly noticeId: number
  readonly number: IssueNumber
  readonly branchName: string
  readonly readers: readonly Reader[]
  /** Whether the acting person may enter the confirmation of those without an account. */
  readonly mayEnter: boolean
}

/** Member by member, who of a branch has opened and confirmed a notice that asks members too. Fails with `notices.noticeGone`. */
export async function viewReaders(ctx: Context, { noticeId }: { noticeId: number }): Promise<Result<Readers>> {
  const notice = await ctx.db.notice.findUnique({
    where: { id: noticeId },
    include: { issue: true, branch: { select: { name: true } }, acknowledgements: true, readings: true },
  })
  if (!notice?.issue.membersConfirm) return fail('notices.noticeGone')
  const { branchId, issue, acknowledgements, readings } = notice
  const target = { wardId: issue.wardId, branchId }
  const leave = may(ctx.actor, 'notice.viewStatus', target)
  if (!leave.ok) return leave
  const roll = await rollOf(ctx.db, branchId, dayAt(notice.issuedAt))
  const linked = await linkedPeople(
    ctx.db,
    roll.map(({ id }) => id),
  )
  const readers = roll.map(({ id, fullName }): Reader => {
    const done = acknowledgements.find(({ personId }) => personId === id)
    return {
      personId: id,
      fullName,
      seenAt: readings.find(({ personId }) => personId === id)?.seenAt ?? null,
      confirmedAt: done?.at ?? null,
      onBehalf: done !== undefined && done.enteredById !== null,
      hasAccount: linked.has(id),
    }
  })
  const mayEnter = may(ctx.actor, 'notice.confirmOnBehalf', target).ok
  return ok({ noticeId, number: numberOf(issue), branchName: notice.branch.name, readers, mayEnter })
}
