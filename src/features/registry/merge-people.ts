import { may } from '../../domain/access.ts'
import { toUtcMidnight } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { loadPair, type MergePair } from './merge-pair.ts'

/** The pair as an officer of its ward may see it. Fails with `registry.pairGone`. */
export async function viewPair(ctx: Context, input: { ids: [number, number] }): Promise<Result<MergePair>> {
  const pair = await loadPair(ctx.db, input.ids)
  if (!pair) return fail('registry.pairGone')
  const leave = may(ctx.actor, 'registry.merge', { wardId: pair.kept.wardId })
  if (!leave.ok) return leave
  const { kept, closed } = pair
  await ctx.auditRead('registry.pairViewed', { person: kept.id, other: closed.id }, kept.wardId)
  return ok(pair)
}

/**
 * Closes one of two records of one person and reads it together with the other from then on; the rows of both stay. What
 * still holds for the closed record ends yesterday and goes on with the kept one where that has nothing in its place.
 * Idempotent. Fails with `registry.pairGone` or with the first thing that blocks the merge.
 */
export async function mergePeople(ctx: Context, input: { ids: [number, number] }): Promise<Result<MergePair>> {
  const seen = await viewPair(ctx, input)
  if (!seen.ok) return seen
  return ctx.transaction(async (tx) => {
    const { wardId } = seen.value.kept
    await tx.$queryRaw`SELECT "id" FROM "Person" WHERE "id" = ANY(${input.ids}::int[]) ORDER BY "id" FOR UPDATE`
    const pair = await loadPair(tx, input.ids)
    if (!pair) return fail('registry.pairGone')
    const [block] = pair.blocks
    if (block) return { ok: false, problem: block }
    const { kept, closed } = pair
    await goOn(tx, kept.id, closed.id, ctx.today())
    await tx.accessCode.updateMany({ where: { personId: closed.id, usedAt: null }, data: { expiresAt: ctx.now() } })
    await tx.person.update({ where: { id: closed.id }, data: { mergedIntoId: kept.id, mergedAt: ctx.now() } })
    await ctx.audit(tx, 'registry.merged', { person: kept.id, merged: closed.id }, wardId)
    return ok(pair)
  })
}

/** Notes that the two are two people, so that they are not proposed again. Idempotent. */
export async function markDistinct(ctx: Context, input: { ids: [number, number] }): Promise<Result<true>> {
  const seen = await viewPair(ctx, input)
  if (!seen.ok) return seen
  const firstId = Math.min(...input.ids)
  const secondId = Math.max(...input.ids)
  return ctx.transaction(async (tx) => {
    const { count } = await tx.distinctPeople.createMany({
      data: [{ firstId, secondId, at: ctx.now() }],
      skipDuplicates: true,
    })
    if (count > 0)
      await ctx.audit(tx, 'registry.distinct', { person: firstId, other: secondId }, seen.value.kept.wardId)
    return ok(true)
  })
}

async function goOn(tx: Transaction, keptId: number, closedId: number, today: Temporal.PlainDate): Promise<void> {
  const open = { personId: closedId, to: null }
  const keptOpen = { personId: keptId, to: null }
  const end = { to: toUtcMidnight(today.subtract({ days: 1 })) }
  const begin = { personId: keptId, from: toUtcMidnight(today) }

  const memberships = await tx.membership.findMany({ where: open })
  await tx.membership.updateMany({ where: open, data: { ...end, reason: 'merged' } })
  for (const { organisationId, kind } of memberships) {
    const has = await tx.membership.count({
      where: { ...keptOpen, kind, ...(kind === 'temporary' ? { organisationId } : {}) },
    })
    if (has === 0) await tx.membership.create({ data: { ...begin, organisationId, kind, reason: 'merged' } })
  }
  const [status] = await tx.memberStatus.findMany({ where: open })
  await tx.memberStatus.updateMany({ where: open, data: end })
  if (status && (await tx.memberStatus.count({ where: keptOpen })) === 0)
    await tx.memberStatus.create({ data: { ...begin, kind: status.kind } })

  const [cadre] = await tx.cadre.findMany({ where: open })
  await tx.cadre.updateMany({ where: open, data: end })
  if (cadre && (await tx.cadre.count({ where: keptOpen })) === 0)
    await tx.cadre.create({ data: { ...begin, office: cadre.office, job: cadre.job } })

  const [liaison] = await tx.residenceLiaison.findMany({ where: open })
  await tx.residenceLiaison.updateMany({ where: open, data: end })
  if (liaison && (await tx.residenceLiaison.count({ where: keptOpen })) === 0) {
    const { organisationId, workplace, commentExempt } = liaison
    await tx.residenceLiaison.create({ data: { ...begin, organisationId, workplace, commentExempt } })
  }
}
