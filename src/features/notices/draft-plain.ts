import { may } from '../../domain/access.ts'
import { fail, ok, type Problem, type Result } from '../../domain/result.ts'
import { secrecyMark, secrecyMarkInFileName } from '../../domain/secrecy.ts'
import type { Context } from '../../platform/context.ts'
import type { AttachedFile } from '../../platform/messages.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import { openDraft } from './drafts.ts'

export interface PlainContent {
  readonly text: string
  readonly file: AttachedFile | null
}

/**
 * Begins a plain notice of the ward committee. Idempotent by source. Fails with `notices.nothingToSay`,
 * `notices.secretPaper`: papers with a mark of secrecy never pass through here.
 */
export async function draftPlain(
  ctx: Context,
  { correctsId, ...input }: PlainContent & { correctsId?: number },
): Promise<Result<{ issueId: number }>> {
  const wardId = ctx.actor.wardId ?? 0
  const leave = may(ctx.actor, 'notice.plain.issue', { wardId })
  if (!leave.ok) return leave
  const text = input.text.normalize('NFC').trim()
  if (text === '' && input.file === null) return fail('notices.nothingToSay')
  const secret = secretIn({ ...input, text })
  if (secret) return { ok: false, problem: secret }
  const { accountId: createdBy } = ctx.actor
  try {
    const { id } = await ctx.db.noticeIssue.create({
      data: {
        wardId,
        kind: 'plain',
        text,
        ...(input.file ? { file: { ...input.file } } : {}),
        correctsId: correctsId ?? null,
        createdBy,
        createdAt: ctx.now(),
        source: ctx.source,
        textSource: ctx.source,
      },
    })
    return ok({ issueId: id })
  } catch (error) {
    if (!isDuplicate(error) || ctx.source === null) throw error
    const { id } = await ctx.db.noticeIssue.findUniqueOrThrow({ where: { source: ctx.source } })
    return ok({ issueId: id })
  }
}

/**
 * Adds to a draft what came after: Telegram cuts a long text into several messages, and a file often follows its letter.
 * Idempotent by source. Fails with `notices.oneFile` where the draft has a file already.
 */
export async function addToPlain(
  ctx: Context,
  { issueId, ...more }: PlainContent & { issueId: number },
): Promise<Result<{ length: number }>> {
  const draft = await openDraft(ctx, { issueId, kind: 'plain' })
  if (!draft.ok) return draft
  const { text: before, file, textSource } = draft.value
  if (ctx.source !== null && textSource === ctx.source) return ok({ length: before?.length ?? 0 })
  if (more.file && file !== null) return fail('notices.oneFile')
  const text = [before, more.text.normalize('NFC').trim()].filter(Boolean).join('\n')
  const secret = secretIn({ ...more, text: more.text })
  if (secret) return { ok: false, problem: secret }
  await ctx.db.noticeIssue.updateMany({
    where: { id: issueId, state: 'draft' },
    data: { text, textSource: ctx.source, ...(more.file ? { file: { ...more.file } } : {}) },
  })
  return ok({ length: text.length })
}

function secretIn({ text, file }: PlainContent): Problem | null {
  const mark = secrecyMark(text) ?? (file ? secrecyMarkInFileName(file.name) : undefined)
  return mark ? fail('notices.secretPaper', { mark }).problem : null
}
