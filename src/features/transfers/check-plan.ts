import type { Problem } from '../../domain/result.ts'
import { checkDays, openTransferStates } from '../../domain/transfers.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { type Branch, branchesOf } from '../registry/index.ts'
import { type LeavingMember, leavingMembers } from './leaving-members.ts'
import { type OpenBusiness, openBusinessOf } from './open-business.ts'
import type { Plan } from './plans.ts'

export interface CheckedPlan {
  plan: Plan
  /** The receiving branches in the order of their codes, with who goes there by given name. */
  groups: { branch: Branch; people: (LeavingMember & { feesPaidThrough: string | null })[] }[]
  /** Members of the branch whom the plan leaves where they are. */
  staying: LeavingMember[]
  problems: Problem[]
  /** What must be finished before the branch can be dissolved; null where the plan does not dissolve it. */
  business: OpenBusiness | null
}

/** The plan against the register as it is now; `problems` must be empty before it may be confirmed. Asks no leave: a plan is found only by whoever may plan. */
export async function checkPlan(ctx: Context, db: Database | Transaction, plan: Plan): Promise<CheckedPlan> {
  const members = await leavingMembers(db, plan.from.id)
  const today = ctx.today()
  // An instrument entered late moves nobody before today, so its receivers must stand today.
  const on = Temporal.PlainDate.compare(plan.effectiveOn, today) < 0 ? today : plan.effectiveOn
  const branches = await branchesOf(db, plan.wardId, on)
  const people = await db.person.findMany({
    where: { id: { in: plan.rows.map(({ personId }) => personId) } },
    select: { id: true, fullName: true },
  })
  const names = new Map(people.map(({ id, fullName }) => [id, fullName]))
  const open = await db.transfer.findMany({
    where: { personId: { in: [...names.keys()] }, state: { in: [...openTransferStates] } },
    select: { personId: true },
  })
  const busy = new Set(open.map(({ personId }) => personId))
  const problems: Problem[] = plan.rows.length === 0 ? [{ code: 'transfers.nobodyInPlan' }] : []
  const seen = new Set<number>()
  for (const row of plan.rows) {
    const name = names.get(row.personId) ?? ''
    const member = members.find(({ id }) => id === row.personId)
    const problem = problemOf(ctx, plan, { name, member, busy: busy.has(row.personId), twice: seen.has(row.personId) })
    if (problem) problems.push(problem)
    if (row.toId === plan.from.id) problems.push({ code: 'transfers.sameBranch', params: { name } })
    else if (!branches.some(({ id }) => id === row.toId))
      problems.push({ code: 'transfers.receiverGone', params: { name } })
    seen.add(row.personId)
  }
  const rowOf = new Map(plan.rows.map((row) => [row.personId, row]))
  return {
    plan,
    groups: branches.flatMap((branch) => {
      const going = members.flatMap((member) => {
        const row = rowOf.get(member.id)
        return row?.toId === branch.id ? [{ ...member, feesPaidThrough: row.feesPaidThrough }] : []
      })
      return going.length > 0 ? [{ branch, people: going }] : []
    }),
    staying: members.filter(({ id }) => !rowOf.has(id)),
    problems,
    business: plan.dissolves ? await openBusinessOf(db, plan.from.id) : null,
  }
}

function problemOf(
  ctx: Context,
  plan: Plan,
  row: { name: string; member: LeavingMember | undefined; busy: boolean; twice: boolean },
): Problem | null {
  const { name, member } = row
  if (row.twice) return { code: 'transfers.twiceInPlan', params: { name } }
  if (!member) return { code: 'transfers.notOfBranch', params: { name, branch: plan.from.name } }
  if (row.busy) return { code: 'transfers.alreadyOpen', params: { name } }
  const days = checkDays({
    instrumentOn: plan.instrument.on,
    effectiveOn: plan.effectiveOn,
    since: member.since,
    today: ctx.today(),
  })
  if (days.ok) return null
  const { code, params } = days.problem
  return code === 'transfer.beforePrevious'
    ? { code: 'transfer.beforePreviousOf', params: { ...params, name } }
    : days.problem
}
