import { may } from '../../domain/access.ts'
import { dayAt, fromUtcMidnight, toUtcMidnight, zone } from '../../domain/dates.ts'
import { packFor } from '../../domain/packs/index.ts'
import type { PrivacyPack } from '../../domain/packs/schema.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import type { Feature, Retained } from '../../telegram/feature.ts'
import { officerChats } from '../linking/index.ts'
import { morningIn } from './morning.ts'
import { announcement } from './screens-retention.ts'

export interface PlannedDeletion {
  id: number
  name: Retained['name']
  count: number
  before: Temporal.PlainDate
  deleteOn: Temporal.PlainDate
}

/**
 * Each morning: what was shown to the officers long enough ago, and not held back by them, is deleted; what has become too old
 * is counted and shown to them. Only what was old when it was shown is deleted. Asks no leave: the clock calls it.
 */
export async function retain(
  ctx: Context,
  span: { since: Date; until: Date },
  features: readonly Feature[],
): Promise<void> {
  const today = morningIn(span)
  if (today === null) return
  const pack = packFor('privacy', today)
  if (!pack.ok) return
  const kinds = features.flatMap(({ retention }) => [...(retention ?? [])])
  const due = await ctx.db.retentionRun.findMany({
    where: { state: 'announced', deleteOn: { lte: toUtcMidnight(today) } },
  })
  for (const run of due) {
    const kind = kinds.find((one) => one.kind === run.kind)
    if (kind) await carryOut(ctx, run, kind)
  }
  const wards = await ctx.db.ward.findMany({ select: { id: true } })
  for (const { id } of wards) for (const kind of kinds) await announce(ctx, id, kind, pack.value)
}

async function carryOut(
  ctx: Context,
  run: { id: number; wardId: number; before: Date },
  kind: Retained,
): Promise<void> {
  await ctx.transaction(async (tx) => {
    const taken = await tx.retentionRun.updateMany({
      where: { id: run.id, state: 'announced' },
      data: { state: 'done', finishedAt: ctx.now() },
    })
    if (taken.count === 0) return
    const deleted = await kind.remove(tx, run.wardId, run.before)
    await tx.retentionRun.update({ where: { id: run.id }, data: { deleted } })
    await ctx.audit(tx, 'privacy.deleted', { run: run.id, kind: kind.kind, count: deleted }, run.wardId)
  })
}

async function announce(ctx: Context, wardId: number, kind: Retained, pack: PrivacyPack): Promise<void> {
  const months = pack.retentionMonths[kind.kind]
  if (months === undefined) return
  const today = ctx.today()
  const before = new Date(today.subtract({ months }).toZonedDateTime({ timeZone: zone }).epochMilliseconds)
  // What officers hold back is asked about again once that long has passed.
  const held = await ctx.db.retentionRun.findFirst({
    where: { wardId, kind: kind.kind, state: { in: ['announced', 'held'] }, deleteOn: { gt: toUtcMidnight(today) } },
  })
  if (held) return
  const count = await kind.count(ctx.db, wardId, before)
  if (count === 0) return
  const deleteOn = today.add({ days: pack.announceDays })
  try {
    await ctx.transaction(async (tx) => {
      const { id } = await tx.retentionRun.create({
        data: { wardId, kind: kind.kind, before, count, announcedAt: ctx.now(), deleteOn: toUtcMidnight(deleteOn) },
      })
      const message = announcement(ctx.texts, { id, name: kind.name, count, before: dayAt(before), deleteOn })
      for (const chatId of await officerChats(tx, wardId)) {
        await ctx.deliver(tx, { chatId, message, key: `privacy:run:${id}:${chatId}` })
      }
    })
  } catch (error) {
    // Another process has announced it.
    if (!isDuplicate(error)) throw error
  }
}

/** What is to be deleted in the ward, and when. */
export async function listDeletions(ctx: Context, features: readonly Feature[]): Promise<Result<PlannedDeletion[]>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'privacy.decide', { wardId })
  if (!leave.ok) return leave
  const runs = await ctx.db.retentionRun.findMany({
    where: { wardId, state: 'announced' },
    orderBy: { deleteOn: 'asc' },
  })
  const kinds = features.flatMap(({ retention }) => [...(retention ?? [])])
  return ok(
    runs.flatMap(({ id, kind, count, before, deleteOn }) => {
      const name = kinds.find((one) => one.kind === kind)?.name
      return name ? [{ id, name, count, before: dayAt(before), deleteOn: fromUtcMidnight(deleteOn) }] : []
    }),
  )
}

/** Officers keep for a year what was to be deleted; then they are asked again. Idempotent. Fails with `privacy.runOver`. */
export async function holdDeletion(
  ctx: Context,
  { runId }: { runId: number },
): Promise<Result<{ until: Temporal.PlainDate }>> {
  const run = await ctx.db.retentionRun.findUnique({ where: { id: runId } })
  const leave = may(ctx.actor, 'privacy.decide', { wardId: run?.wardId ?? 0 })
  if (!leave.ok) return leave
  if (!run || run.state === 'done') return fail('privacy.runOver')
  if (run.state === 'held') return ok({ until: fromUtcMidnight(run.deleteOn) })
  const until = ctx.today().add({ years: 1 })
  return ctx.transaction(async (tx) => {
    const { count } = await tx.retentionRun.updateMany({
      where: { id: runId, state: 'announced' },
      data: { state: 'held', deleteOn: toUtcMidnight(until), finishedAt: ctx.now() },
    })
    if (count === 0) return fail('privacy.runOver')
    await ctx.audit(tx, 'privacy.deletionHeld', { run: runId, kind: run.kind }, run.wardId)
    return ok({ until })
  })
}
