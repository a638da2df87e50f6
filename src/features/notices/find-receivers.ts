import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { leadersOfBranch } from '../registry/index.ts'
import { describeCopy, type PaperOf } from './paper-copy.ts'

/** Into whose hands a copy is most likely to go: the branch's leaders today, or the person it is meant for. */
export async function findReceivers(
  ctx: Context,
  { copy }: { copy: PaperOf },
): Promise<Result<{ id: number; fullName: string }[]>> {
  const described = await describeCopy(ctx.db, copy)
  if (!described) return fail('notices.noticeGone')
  const leave = may(ctx.actor, 'notice.handOver', { wardId: described.wardId })
  if (!leave.ok) return leave
  if (described.branchId === null) {
    const own = await ctx.db.personalNotice.findUniqueOrThrow({ where: { id: copy.id }, select: { personId: true } })
    return ok([{ id: own.personId, fullName: described.name }])
  }
  const leaders = await leadersOfBranch(ctx.db, described.branchId, ctx.today())
  const people = leaders.filter(({ post }) => post !== 'supervisingMember').map(({ person }) => person)
  return ok([...new Map(people.map((person) => [person.id, person])).values()])
}
