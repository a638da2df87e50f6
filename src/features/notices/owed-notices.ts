import { branchesWhereMay } from '../../domain/access.ts'
import type { Context } from '../../platform/context.ts'
import type { OwedItem } from '../../telegram/feature.ts'
import { numberOf, numberParts, printedNumber } from './issue-number.ts'

/** The notices that this person may confirm for their branch and that nobody has confirmed. */
export async function owedNotices(ctx: Context, personId: number): Promise<OwedItem[]> {
  if (personId !== ctx.actor.personId) return []
  const branchIds = branchesWhereMay(ctx.actor, 'notice.acknowledge')
  const notices = await ctx.db.notice.findMany({
    where: { branchId: { in: branchIds }, acknowledgements: { none: { kind: 'branch' } } },
    include: {
      issue: {
        select: { ...numberParts, kind: true, entries: { where: { inForce: true }, select: { branchId: true } } },
      },
      branch: { select: { name: true } },
    },
    orderBy: { id: 'asc' },
  })
  // What has been corrected wholly need not be confirmed.
  const holds = ({ branchId, issue }: (typeof notices)[number]) =>
    issue.kind !== 'evaluation' || issue.entries.some((entry) => entry.branchId === branchId)
  return notices.filter(holds).map(({ id, issue, branch }) => ({
    label: ctx.texts('notices:owedLine', { number: printedNumber(ctx.texts, numberOf(issue)), branch: branch.name }),
    data: `nack:${id}`,
    dueOn: null,
  }))
}
