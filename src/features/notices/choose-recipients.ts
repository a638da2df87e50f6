import { compareNames } from '../../domain/names.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { findMembers, type Member } from '../registry/index.ts'
import { openDraft } from './drafts.ts'
import { holdersOf, type NoticeRole, noticeRoles } from './roles.ts'

/** The roles and people that a plain draft is meant for, beside its branches. */
export interface RecipientChoice {
  readonly issueId: number
  readonly roles: readonly { readonly role: NoticeRole; readonly count: number; readonly chosen: boolean }[]
  /** Chosen one by one, by given name. */
  readonly people: readonly { readonly id: number; readonly fullName: string }[]
}

/** Fails as {@link openDraft} does. */
export async function recipientChoice(
  ctx: Context,
  { issueId }: { issueId: number },
): Promise<Result<RecipientChoice>> {
  const draft = await openDraft(ctx, { issueId, kind: 'plain' })
  if (!draft.ok) return draft
  const chosen = await ctx.db.noticeRoleTarget.findMany({ where: { issueId }, select: { role: true } })
  const roles = []
  for (const role of noticeRoles) {
    const holders = await holdersOf(ctx.db, draft.value.wardId, role, ctx.today())
    roles.push({ role, count: holders.length, chosen: chosen.some((one) => one.role === role) })
  }
  const named = await ctx.db.noticePersonTarget.findMany({
    where: { issueId },
    select: { person: { select: { id: true, fullName: true } } },
  })
  const people = named.map(({ person }) => person).sort((a, b) => compareNames(a.fullName, b.fullName))
  return ok({ issueId, roles, people })
}

/** Says of a role whether the draft is meant for its holders. Idempotent. */
export async function chooseRole(
  ctx: Context,
  { issueId, role, chosen }: { issueId: number; role: NoticeRole; chosen: boolean },
): Promise<Result<RecipientChoice>> {
  const draft = await openDraft(ctx, { issueId, kind: 'plain' })
  if (!draft.ok) return draft
  if (chosen) await ctx.db.noticeRoleTarget.createMany({ data: [{ issueId, role }], skipDuplicates: true })
  else await ctx.db.noticeRoleTarget.deleteMany({ where: { issueId, role } })
  return recipientChoice(ctx, { issueId })
}

/** Says of a person of the ward whether the draft is meant for them. Idempotent. Fails with `notices.personGone`. */
export async function choosePerson(
  ctx: Context,
  { issueId, personId, chosen }: { issueId: number; personId: number; chosen: boolean },
): Promise<Result<RecipientChoice>> {
  const draft = await openDraft(ctx, { issueId, kind: 'plain' })
  if (!draft.ok) return draft
  const { wardId } = draft.value
  const known = await ctx.db.person.count({ where: { id: personId, wardId, mergedIntoId: null } })
  if (known === 0) return fail('notices.personGone')
  if (chosen) await ctx.db.noticePersonTarget.createMany({ data: [{ issueId, personId }], skipDuplicates: true })
  else await ctx.db.noticePersonTarget.deleteMany({ where: { issueId, personId } })
  return recipientChoice(ctx, { issueId })
}

/** The members of the ward that these words stand for. Fails with `notices.nobodyFound`. */
export async function findRecipients(
  ctx: Context,
  { issueId, query }: { issueId: number; query: string },
): Promise<Result<Member[]>> {
  const draft = await openDraft(ctx, { issueId, kind: 'plain' })
  if (!draft.ok) return draft
  const found = await findMembers(ctx.db, { wardId: draft.value.wardId }, query, ctx.today())
  return found.length > 0 ? ok(found) : fail('notices.nobodyFound', { value: query.slice(0, 60) })
}
