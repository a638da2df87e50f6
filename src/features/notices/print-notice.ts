import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { writeDocument } from '../../platform/document.ts'
import { monthsBeside } from './months-beside.ts'
import { noticePaper } from './notice-paper.ts'
import { noticeView } from './notice-view.ts'
import { describeCopy, type PaperOf } from './paper-copy.ts'
import { personalView } from './personal-view.ts'

/**
 * A copy of a notice as a paper to print: names and levels, or the words; never a score or a remark, which are read in
 * private. That it was printed is recorded. Fails with `notices.noticeGone`, `access.denied`.
 */
export async function printNotice(
  ctx: Context,
  { copy }: { copy: PaperOf },
): Promise<Result<{ name: string; data: Uint8Array }>> {
  const described = await describeCopy(ctx.db, copy)
  if (!described) return fail('notices.noticeGone')
  const { wardId, number, name } = described
  const leave = may(ctx.actor, 'notice.handOver', { wardId })
  if (!leave.ok) return leave
  const view = copy.kind === 'branch' ? await noticeView(ctx.db, copy.id) : await personalView(ctx.db, copy.id)
  if (!view) return fail('notices.noticeGone')
  const months = 'noticeId' in view && view.kind === 'evaluation' ? await monthsBeside(ctx.db, view) : null
  const data = await writeDocument(noticePaper(ctx.texts, view, name, months))
  await ctx.auditRead('notice.printed', { [copy.kind === 'branch' ? 'notice' : 'personal']: copy.id }, wardId)
  return ok({
    name: `thong-bao-${String(number).padStart(2, '0')}-${copy.kind === 'branch' ? 'cb' : 'cn'}${copy.id}.docx`,
    data,
  })
}
