import { may } from '../../domain/access.ts'
import { fromUtcMidnight } from '../../domain/dates.ts'
import { type MemberStatus, memberStatuses } from '../../domain/members.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Span } from '../../domain/spans.ts'
import { openTransferStates } from '../../domain/transfers.ts'
import type { Context } from '../../platform/context.ts'
import { attendanceByMonth, type MonthOfAttendance } from '../activities/index.ts'
import { memberOf } from '../registry/index.ts'
import { findTransfers, type TransferView } from './find-transfers.ts'

type Day = Temporal.PlainDate

/** A person's way through the ward, the oldest first. */
export interface PersonPath {
  id: number
  name: string
  number: string
  admittedOn: Day | null
  officialOn: Day | null
  memberships: (Span & { branch: string; kind: 'official' | 'temporary'; dissolved: boolean })[]
  statuses: (Span & { status: MemberStatus })[]
  positions: (Span & { title: string; branch: string | null })[]
  transfers: TransferView[]
  /** How often they were at what the branch did together, in the last twelve months. */
  attendance: MonthOfAttendance[]
  /** The one that is under way. */
  openId: number | null
}

/**
 * The whole path of a person, for themself and for those who may see their record where they belong today. A look at
 * somebody else's is recorded. Fails with `access.denied`.
 */
export async function viewPath(ctx: Context, { personId }: { personId: number }): Promise<Result<PersonPath>> {
  const person = await ctx.db.person.findUnique({
    where: { id: personId },
    include: { merged: { select: { id: true } } },
  })
  if (!person) return fail('access.denied', { action: 'registry.view' })
  const member = await memberOf(ctx.db, personId, ctx.today())
  const place = member ? { branchId: member.branchId } : {}
  const leave = may(ctx.actor, 'registry.view', { wardId: person.wardId, personId, ...place })
  if (!leave.ok) return leave
  // Records found to be the same person's are read together with theirs.
  const ids = [personId, ...person.merged.map(({ id }) => id)]
  const where = { personId: { in: ids } }
  const memberships = await ctx.db.membership.findMany({ where, include: { organisation: true } })
  const statuses = await ctx.db.memberStatus.findMany({ where })
  const positions = await ctx.db.position.findMany({ where, include: { organisation: true } })
  const transfers = await findTransfers(ctx.db, where)
  if (ctx.actor.personId !== personId) {
    await ctx.transaction((tx) => ctx.audit(tx, 'person.pathViewed', { person: personId }, person.wardId))
  }
  return ok({
    id: personId,
    name: person.fullName,
    number: person.number,
    admittedOn: person.admittedOn && fromUtcMidnight(person.admittedOn),
    officialOn: person.officialOn && fromUtcMidnight(person.officialOn),
    memberships: memberships
      .map(({ organisation, kind, ...row }) => ({
        ...spanOf(row),
        branch: organisation.name,
        kind: kind === 'temporary' ? ('temporary' as const) : ('official' as const),
        dissolved: organisation.dissolvedOn !== null,
      }))
      .filter(held)
      .sort(byDay),
    statuses: statuses
      .flatMap(({ kind, ...row }) => {
        const known = memberStatuses.find(({ code }) => code === kind)
        return known ? [{ ...spanOf(row), status: known.code }] : []
      })
      .filter(held)
      .sort(byDay),
    positions: positions
      .map(({ title, organisation, ...row }) => ({ ...spanOf(row), title, branch: organisation?.name ?? null }))
      .filter(held)
      .sort(byDay),
    transfers,
    attendance: await attendanceByMonth(ctx.db, ids, new Date(`${ctx.today().subtract({ months: 12 })}`)),
    openId: transfers.find(({ state }) => openTransferStates.includes(state))?.id ?? null,
  })
}

function spanOf({ from, to }: { from: Date; to: Date | null }): Span {
  return { from: fromUtcMidnight(from), to: to && fromUtcMidnight(to) }
}

/** A stretch that ends before it begins was entered by mistake and never held. */
function held({ from, to }: Span): boolean {
  return to === null || Temporal.PlainDate.compare(from, to) <= 0
}

function byDay(a: Span, b: Span): number {
  return Temporal.PlainDate.compare(a.from, b.from)
}
