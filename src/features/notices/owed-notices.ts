import { branchesWhereMay } from '../../domain/access.ts'
import { dayAt, fromUtcMidnight } from '../../domain/dates.ts'
import type { Context } from '../../platform/context.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import type { OwedItem } from '../../telegram/feature.ts'
import { type IssueNumber, numberOf, numberParts, printedNumber } from './issue-number.ts'
import { isMeantFor, readersParts } from './meant-for.ts'
import { personalViews } from './personal-view.ts'
import { rollOf } from './roll-of-notice.ts'

/** The notices that this person may confirm for their branch and that nobody has confirmed, and those they are to confirm for themself. */
export async function owedNotices(ctx: Context, personId: number): Promise<OwedItem[]> {
  if (personId !== ctx.actor.personId) return []
  const branchIds = branchesWhereMay(ctx.actor, 'notice.acknowledge')
  const notices = await ctx.db.notice.findMany({
    where: { branchId: { in: branchIds }, acknowledgements: { none: { kind: 'branch' } }, handover: null },
    include: {
      issue: { select: issueShown },
      branch: { select: { name: true } },
    },
    orderBy: { id: 'asc' },
  })
  // What has been corrected wholly need not be confirmed.
  const holds = ({ branchId, issue }: (typeof notices)[number]) =>
    issue.kind === 'evaluation'
      ? issue.entries.some((entry) => isMeantFor(entry, branchId))
      : !issue.correctedBy.some((later) => later.notices.some((one) => one.branchId === branchId))
  const asked = await ctx.db.notice.findMany({
    where: {
      branchId: { in: branchesWhereMay(ctx.actor, 'notice.confirm') },
      id: { notIn: notices.map(({ id }) => id) },
      issue: { membersConfirm: true },
      acknowledgements: { none: { personId } },
    },
    include: { issue: { select: issueShown }, branch: { select: { name: true } } },
    orderBy: { id: 'asc' },
  })
  const own = []
  for (const notice of asked) {
    const roll = await rollOf(ctx.db, notice.branchId, dayAt(notice.issuedAt))
    if (roll.some(({ id }) => id === personId)) own.push(notice)
  }
  const personal = await personalViews(ctx.db, { personId, confirmedAt: null, handover: null })
  const label = (number: IssueNumber, branch: string) =>
    ctx.texts('notices:owedLine', { number: printedNumber(ctx.texts, number), branch })
  return [
    ...[...notices, ...own].filter(holds).map(({ id, issue, branch }) => ({
      label: label(numberOf(issue), branch.name),
      data: `nack:${id}`,
      dueOn: issue.dueOn && fromUtcMidnight(issue.dueOn),
    })),
    ...personal
      .filter(({ correctedBy }) => correctedBy === null)
      .map(({ personalId, number, dueOn }) => ({
        label: label(number, ctx.texts('notices:forYou')),
        data: `npack:${personalId}`,
        dueOn,
      })),
  ]
}

const issueShown = {
  ...numberParts,
  kind: true,
  dueOn: true,
  entries: { where: { inForce: true }, select: readersParts },
  correctedBy: { where: { state: 'issued' }, select: { notices: { select: { branchId: true } } } },
} satisfies Prisma.NoticeIssueSelect
