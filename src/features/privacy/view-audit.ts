import { may } from '../../domain/access.ts'
import { sealedCast } from '../../domain/ballots.ts'
import { dayAt, zone } from '../../domain/dates.ts'
import { ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { AuditEntry, Prisma } from '../../platform/prisma/client.ts'
import { type AuditState, verifyAudit } from '../../platform/verify-audit.ts'
import { membersOf } from '../registry/index.ts'

/** Whose acts, or on what day. */
export type AuditFilter =
  | { by: 'all' }
  | { by: 'person' | 'branch'; id: number }
  | { by: 'day'; on: Temporal.PlainDate }

export interface AuditLine {
  id: number
  at: Date
  action: string
  /** Who did it, or null for the program itself. */
  actor: string | null
  /** Whom and which branch it was about. */
  about: string[]
}

export interface AuditPage {
  lines: AuditLine[]
  page: number
  total: number
}

export const linesPerPage = 15

/**
 * Who did what in the ward, newest first; who put a ballot into a sealed box is not among it. The record holds numbers; names
 * are looked up now, for those who may know them.
 */
export async function viewAudit(ctx: Context, filter: AuditFilter, page: number): Promise<Result<AuditPage>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'audit.view', { wardId })
  if (!leave.ok) return leave
  const where = { wardId, action: { not: sealedCast }, ...(await matching(ctx, filter)) }
  const [total, entries] = await Promise.all([
    ctx.db.auditEntry.count({ where }),
    ctx.db.auditEntry.findMany({ where, orderBy: { id: 'desc' }, skip: page * linesPerPage, take: linesPerPage }),
  ])
  await ctx.auditRead('audit.viewed', { by: filter.by, page }, wardId)
  return ok({ lines: await withNames(ctx, wardId, entries), page, total })
}

/** Whether the audit still is what was sealed, for whoever may read it. */
export async function checkAudit(ctx: Context): Promise<Result<AuditState>> {
  const leave = may(ctx.actor, 'audit.view', { wardId: ctx.actor.wardId ?? 0 })
  return leave.ok ? ok(await verifyAudit(ctx.db, ctx.now())) : leave
}

async function matching(ctx: Context, filter: AuditFilter): Promise<Prisma.AuditEntryWhereInput> {
  switch (filter.by) {
    case 'all':
      return {}
    case 'day':
      return { at: { gte: midnight(filter.on), lt: midnight(filter.on.add({ days: 1 })) } }
    case 'person':
      return { OR: [{ actorPersonId: filter.id }, about('person', filter.id), about('assignee', filter.id)] }
    case 'branch': {
      const members = await membersOf(ctx.db, filter.id, dayAt(ctx.now()))
      return { OR: [about('branch', filter.id), { actorPersonId: { in: members.map(({ id }) => id) } }] }
    }
  }
}

function about(name: string, id: number): Prisma.AuditEntryWhereInput {
  return { subject: { path: [name], equals: id } }
}

function midnight(day: Temporal.PlainDate): Date {
  return new Date(day.toZonedDateTime({ timeZone: zone }).epochMilliseconds)
}

async function withNames(ctx: Context, wardId: number, entries: readonly AuditEntry[]): Promise<AuditLine[]> {
  const personIds = entries.flatMap((entry) => [
    entry.actorPersonId,
    numberOf(entry, 'person'),
    numberOf(entry, 'assignee'),
  ])
  const accountIds = entries.flatMap(({ actorAccountId }) => actorAccountId ?? [])
  const branchIds = entries.map((entry) => numberOf(entry, 'branch'))
  const [people, branches, appointed] = await Promise.all([
    ctx.db.person.findMany({ where: { wardId, id: { in: known(personIds) } }, select: { id: true, fullName: true } }),
    ctx.db.organisation.findMany({ where: { wardId, id: { in: known(branchIds) } }, select: { id: true, name: true } }),
    ctx.db.appointment.findMany({ where: { wardId, accountId: { in: accountIds } }, orderBy: { id: 'asc' } }),
  ])
  const names = new Map(people.map(({ id, fullName }) => [id, fullName]))
  const branchNames = new Map(branches.map(({ id, name }) => [id, name]))
  const accounts = new Map(appointed.map(({ accountId, accountName }) => [accountId, accountName]))
  const nameOf = (id: number | null) => (id === null ? null : (names.get(id) ?? `#${id}`))
  return entries.map((entry) => {
    const { id, at, action, actorPersonId, actorAccountId } = entry
    const account = actorAccountId === null ? null : (accounts.get(actorAccountId) ?? `#${actorAccountId}`)
    const branch = numberOf(entry, 'branch')
    const subjects = [nameOf(numberOf(entry, 'person')), nameOf(numberOf(entry, 'assignee'))]
    const where = branch === null ? null : (branchNames.get(branch) ?? `#${branch}`)
    return {
      id,
      at,
      action,
      actor: nameOf(actorPersonId) ?? account,
      about: [...subjects, where].filter((one) => one !== null),
    }
  })
}

function numberOf({ subject }: AuditEntry, name: string): number | null {
  if (typeof subject !== 'object' || subject === null || Array.isArray(subject)) return null
  const value = subject[name]
  return typeof value === 'number' ? value : null
}

function known(ids: readonly (number | null)[]): number[] {
  return [...new Set(ids.filter((id) => id !== null))]
}
