import { may } from '../../domain/access.ts'
import { fromUtcMidnight } from '../../domain/dates.ts'
import { compareNames } from '../../domain/names.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { type Branch, branchOf } from './branches.ts'
import { holdingOn } from './spans.ts'

/** Somebody who keeps contact with the branch where they live (213-QĐ/TW 2020) and what that branch has said of them. */
export interface Liaison {
  id: number
  personId: number
  fullName: string
  number: string
  branch: { id: number; wardId: number; name: string }
  workplace: string | null
  /** Excused from residence activities: no yearly comment (33-HD/BTCTW 2020). */
  isExempt: boolean
  from: Temporal.PlainDate
  to: Temporal.PlainDate | null
  /** The latest year first. */
  comments: { year: number; text: string; on: Date }[]
}

/** Who keeps contact with the branch today, by given name: for those who may list its members. */
export async function listLiaisons(
  ctx: Context,
  { branchId }: { branchId: number },
): Promise<Result<{ branch: Branch; liaisons: Liaison[] }>> {
  const branch = await branchOf(ctx.db, branchId)
  if (!branch) return fail('access.denied', { action: 'registry.list' })
  const leave = may(ctx.actor, 'registry.list', { wardId: branch.wardId, branchId })
  if (!leave.ok) return leave
  const liaisons = await find(ctx.db, { organisationId: branchId, ...holdingOn(ctx.today()) })
  await ctx.auditRead('registry.liaisonsListed', { branch: branchId, count: liaisons.length }, branch.wardId)
  return ok({ branch, liaisons })
}

/** One of them with what was said year by year: for those who may list the branch's members. Fails with `registry.liaisonGone`. */
export async function viewLiaison(ctx: Context, { liaisonId }: { liaisonId: number }): Promise<Result<Liaison>> {
  const liaison = await liaisonOf(ctx.db, liaisonId)
  if (!liaison) return fail('registry.liaisonGone')
  const { branch, personId } = liaison
  const leave = may(ctx.actor, 'registry.list', { wardId: branch.wardId, branchId: branch.id })
  if (!leave.ok) return leave
  await ctx.auditRead('registry.liaisonViewed', { person: personId }, branch.wardId)
  return ok(liaison)
}

/** The liaison with that id, ended ones too. */
export async function liaisonOf(db: Database | Transaction, liaisonId: number): Promise<Liaison | null> {
  const [liaison] = await find(db, { id: liaisonId })
  return liaison ?? null
}

/** Those in the branches on that day of whom nothing has been said for the year, and of whom something is to be said. */
export async function uncommented(
  db: Database | Transaction,
  branchIds: readonly number[],
  on: Temporal.PlainDate,
): Promise<Liaison[]> {
  return find(db, {
    organisationId: { in: [...branchIds] },
    commentExempt: false,
    comments: { none: { year: on.year } },
    ...holdingOn(on),
  })
}

async function find(db: Database | Transaction, where: Prisma.ResidenceLiaisonWhereInput): Promise<Liaison[]> {
  const rows = await db.residenceLiaison.findMany({
    where,
    include: {
      person: { select: { fullName: true, number: true } },
      organisation: { select: { id: true, wardId: true, name: true } },
      comments: { orderBy: { year: 'desc' } },
    },
    orderBy: { id: 'asc' },
  })
  return rows
    .map(({ id, personId, person, organisation, workplace, commentExempt, from, to, comments }) => ({
      ...person,
      id,
      personId,
      branch: organisation,
      workplace,
      isExempt: commentExempt,
      from: fromUtcMidnight(from),
      to: to && fromUtcMidnight(to),
      comments: comments.map(({ year, text, at }) => ({ year, text, on: at })),
    }))
    .sort((a, b) => compareNames(a.fullName, b.fullName))
}
