import { branchesWhereMay, may } from '../../domain/access.ts'
import { nextScheduled, type Recurrence } from '../../domain/recurrence.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { daysOffOf } from '../calendar/index.ts'
import { privateChatsOf } from '../linking/index.ts'
import { type Branch, branchOf, findMembers, type Member, membersOf } from '../registry/index.ts'

/** The branches in which the actor may give something to do. */
export async function branchesToAssignIn(ctx: Context): Promise<Branch[]> {
  const branches: Branch[] = []
  for (const id of branchesWhereMay(ctx.actor, 'task.assign')) {
    const branch = await branchOf(ctx.db, id)
    if (branch) branches.push(branch)
  }
  return branches
}

/** One of them. Fails with `access.denied`. */
export async function branchToAssignIn(ctx: Context, branchId: number): Promise<Result<Branch>> {
  const branch = await branchOf(ctx.db, branchId)
  const leave = may(ctx.actor, 'task.assign', { wardId: branch?.wardId ?? 0, branchId })
  if (!leave.ok) return leave
  return branch ? ok(branch) : fail('access.denied', { action: 'task.assign' })
}

/** Who can be given something to do there. Asked at every step: a draft outlives the role that began it. */
export async function possibleAssignees(ctx: Context, branchId: number): Promise<Result<Member[]>> {
  const branch = await branchToAssignIn(ctx, branchId)
  return branch.ok ? ok(await membersOf(ctx.db, branchId, ctx.today())) : branch
}

/** Those of the branch whom the words mean. Who belongs elsewhere is found no more than who belongs nowhere. */
export async function findAssignees(ctx: Context, branchId: number, query: string): Promise<Result<Member[]>> {
  const branch = await branchToAssignIn(ctx, branchId)
  if (!branch.ok) return branch
  return ok(await findMembers(ctx.db, { wardId: branch.value.wardId, branchId }, query, ctx.today()))
}

/** The accounts in which members of the branch can be reached: those that a name mentioned may be looked for among. */
export async function accountsOfAssignees(ctx: Context, branchId: number): Promise<Result<bigint[]>> {
  const members = await possibleAssignees(ctx, branchId)
  if (!members.ok) return members
  const ids = members.value.map(({ id }) => id)
  return ok([...(await privateChatsOf(ctx.db, ids)).values()])
}

/** Whom of the branch these accounts speak for. */
export async function assigneesBehind(
  ctx: Context,
  branchId: number,
  accountIds: readonly number[],
): Promise<Result<number[]>> {
  const members = await possibleAssignees(ctx, branchId)
  if (!members.ok) return members
  const links = await ctx.db.accountLink.findMany({
    where: { accountId: { in: accountIds.map(BigInt) }, endedAt: null },
    select: { personId: true },
  })
  const behind = new Set(links.map(({ personId }) => personId))
  return ok(members.value.flatMap(({ id }) => (behind.has(id) ? [id] : [])))
}

/** The first day of what recurs, past the ward's days off; null where there is none. */
export async function firstTime(ctx: Context, branchId: number, rule: Recurrence): Promise<Temporal.PlainDate | null> {
  const branch = await branchToAssignIn(ctx, branchId)
  if (!branch.ok) return null
  const today = ctx.today()
  return nextScheduled(rule, today, await daysOffOf(ctx.db, branch.value.wardId, today))
}
