import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { groupChatsOf } from '../linking/index.ts'
import { branchesOf } from '../registry/index.ts'
import { branchChoice } from './choose-branches.ts'
import { writeCopies } from './deliver-notice.ts'
import type { PlainContent } from './draft-plain.ts'
import { openDraft } from './drafts.ts'
import { lockIssuing } from './issue-number.ts'
import { type IssuedNotice, issuedNotice, takeNumber } from './issued-notice.ts'
import { type Issuer, issuerOf } from './issuer.ts'
import { fileOf } from './notice-view.ts'

export interface PlainPreview extends PlainContent {
  readonly issueId: number
  readonly wardName: string
  readonly branches: readonly { readonly name: string; readonly hasGroup: boolean }[]
  readonly issuer: Issuer
}

/** A plain notice as it would go out. Fails with `notices.noneChosen` while it is meant for no branch. */
export async function previewPlain(ctx: Context, { issueId }: { issueId: number }): Promise<Result<PlainPreview>> {
  const draft = await openDraft(ctx, { issueId, kind: 'plain' })
  if (!draft.ok) return draft
  const choice = await branchChoice(ctx, { issueId })
  if (!choice.ok) return choice
  const chosen = choice.value.branches.filter((branch) => branch.chosen)
  if (chosen.length === 0) return fail('notices.noneChosen')
  const issuer = await issuerOf(ctx)
  if (!issuer.ok) return issuer
  const { name: wardName } = await ctx.db.ward.findUniqueOrThrow({ where: { id: draft.value.wardId } })
  const groups = await groupChatsOf(
    ctx.db,
    chosen.map(({ id }) => id),
  )
  const branches = chosen.map(({ id, name }) => ({ name, hasGroup: groups.has(id) }))
  const { text, file } = draft.value
  return ok({ issueId, wardName, branches, issuer: issuer.value, text: text ?? '', file: fileOf(file) })
}

/**
 * Issues a plain notice to the branches it is meant for, in the name and post of the leader who acts. All or nothing.
 * Idempotent: an issued draft is answered as it is. Fails with `notices.draftGone`, `.noneChosen`, `.noPost`, `access.denied`.
 */
export async function issuePlain(ctx: Context, { issueId }: { issueId: number }): Promise<Result<IssuedNotice>> {
  const draft = await ctx.db.noticeIssue.findUnique({ where: { id: issueId } })
  if (draft?.kind !== 'plain') return fail('notices.draftGone')
  const { wardId } = draft
  const leave = may(ctx.actor, 'notice.plain.issue', { wardId })
  if (!leave.ok) return leave
  const issuer = await issuerOf(ctx)
  if (!issuer.ok) return issuer
  return ctx.transaction(async (tx) => {
    await lockIssuing(tx, wardId)
    const { state } = await tx.noticeIssue.findUniqueOrThrow({ where: { id: issueId }, select: { state: true } })
    if (state === 'issued') return ok({ ...(await issuedNotice(tx, issueId)), again: true })
    const targets = await tx.noticeTarget.findMany({ where: { issueId }, select: { branchId: true } })
    const meant = new Set(targets.map(({ branchId }) => branchId))
    const branches = (await branchesOf(tx, wardId, ctx.today())).filter(({ id }) => meant.has(id))
    if (branches.length === 0) return fail('notices.noneChosen')
    const taken = await takeNumber(tx, { issueId, wardId, issuer: issuer.value, now: ctx.now() })
    if (!taken) return fail('notices.draftGone')
    await writeCopies(ctx, tx, { issueId, wardId, branchIds: branches.map(({ id }) => id), issuedAt: ctx.now() })
    await ctx.audit(tx, 'notice.plain.issued', { issue: issueId, notices: branches.length }, wardId)
    return ok(await issuedNotice(tx, issueId))
  })
}
