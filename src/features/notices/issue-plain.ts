import { fromUtcMidnight } from '../../domain/dates.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { groupChatsOf, privateChatsOf } from '../linking/index.ts'
import { branchesOf } from '../registry/index.ts'
import { branchChoice } from './choose-branches.ts'
import { markReplaced, whyNotCorrected } from './correct-plain.ts'
import { writeCopies } from './deliver-notice.ts'
import { writePersonalCopies } from './deliver-personal.ts'
import type { PlainContent } from './draft-plain.ts'
import { openDraft } from './drafts.ts'
import { type IssueNumber, numberOf, numberParts } from './issue-number.ts'
import { issueOnce } from './issue-once.ts'
import { type IssuedNotice, takeNumber } from './issued-notice.ts'
import { type Issuer, issuerOf } from './issuer.ts'
import { fileOf } from './notice-view.ts'
import { peopleMeant } from './people-meant.ts'

export interface PlainPreview extends PlainContent {
  readonly issueId: number
  readonly wardName: string
  readonly branches: readonly { readonly name: string; readonly hasGroup: boolean }[]
  readonly people: readonly { readonly name: string; readonly hasChat: boolean }[]
  readonly issuer: Issuer
  readonly dueOn: Temporal.PlainDate | null
  readonly membersConfirm: boolean
  /** The number of the notice that it takes the place of. */
  readonly corrects: IssueNumber | null
}

/** A plain notice as it would go out. Fails with `notices.noneChosen` while it is meant for no branch and nobody. */
export async function previewPlain(ctx: Context, { issueId }: { issueId: number }): Promise<Result<PlainPreview>> {
  const draft = await openDraft(ctx, { issueId, kind: 'plain' })
  if (!draft.ok) return draft
  const choice = await branchChoice(ctx, { issueId })
  if (!choice.ok) return choice
  const issuer = await issuerOf(ctx)
  if (!issuer.ok) return issuer
  const { wardId, text, file, dueOn, membersConfirm, correctsId } = draft.value
  const chosen = choice.value.branches.filter((branch) => branch.chosen)
  const meant = { issueId, wardId, on: ctx.today(), issuerId: issuer.value.personId }
  const people = await peopleMeant(ctx.db, meant)
  if (chosen.length + people.length === 0) return fail('notices.noneChosen')
  const { name: wardName } = await ctx.db.ward.findUniqueOrThrow({ where: { id: wardId } })
  const groups = await groupChatsOf(
    ctx.db,
    chosen.map(({ id }) => id),
  )
  const chats = await privateChatsOf(
    ctx.db,
    people.map(({ id }) => id),
  )
  const corrected =
    correctsId === null ? null : await ctx.db.noticeIssue.findUnique({ where: { id: correctsId }, select: numberParts })
  return ok({
    issueId,
    wardName,
    branches: chosen.map(({ id, name }) => ({ name, hasGroup: groups.has(id) })),
    people: people.map(({ id, fullName }) => ({ name: fullName, hasChat: chats.has(id) })),
    issuer: issuer.value,
    text: text ?? '',
    file: fileOf(file),
    dueOn: dueOn && fromUtcMidnight(dueOn),
    membersConfirm,
    corrects: corrected && numberOf(corrected),
  })
}

/**
 * Issues a plain notice to the branches, roles and people it is meant for, in the name and post of the leader who acts. All
 * or nothing. Idempotent: an issued draft is answered as it is. One that corrects another takes its place for those who get
 * both. Fails with `notices.draftGone`, `.noneChosen`, `.noPost`, `.correctedBefore`, `access.denied`.
 */
export async function issuePlain(ctx: Context, { issueId }: { issueId: number }): Promise<Result<IssuedNotice>> {
  const what = { issueId, kind: 'plain', action: 'notice.plain.issue' } as const
  return issueOnce(ctx, what, async (tx, { draft: { wardId, correctsId }, issuer }) => {
    const branchIds = await branchesMeant(ctx, tx, { issueId, wardId })
    const people = await peopleMeant(tx, { issueId, wardId, on: ctx.today(), issuerId: issuer.personId })
    if (branchIds.length + people.length === 0) return fail('notices.noneChosen')
    const problem = correctsId === null ? null : await whyNotCorrected(ctx, tx, correctsId)
    if (problem) return { ok: false, problem }
    const issuedAt = ctx.now()
    const taken = await takeNumber(tx, { issueId, wardId, issuer, now: issuedAt })
    if (!taken) return fail('notices.draftGone')
    const personIds = people.map(({ id }) => id)
    await writeCopies(ctx, tx, { issueId, wardId, branchIds, issuedAt })
    await writePersonalCopies(ctx, tx, { issueId, personIds, issuedAt })
    if (correctsId !== null) await markReplaced(ctx, tx, { issueId, correctsId, branchIds, personIds })
    const subject = { issue: issueId, notices: branchIds.length, people: personIds.length }
    await ctx.audit(tx, 'notice.plain.issued', subject, wardId)
    return ok(true)
  })
}

/** Of the branches chosen those that the ward has today. */
async function branchesMeant(
  ctx: Context,
  tx: Transaction,
  { issueId, wardId }: { issueId: number; wardId: number },
): Promise<number[]> {
  const targets = await tx.noticeTarget.findMany({ where: { issueId }, select: { branchId: true } })
  const meant = new Set(targets.map(({ branchId }) => branchId))
  return (await branchesOf(tx, wardId, ctx.today())).flatMap(({ id }) => (meant.has(id) ? [id] : []))
}
