import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { refreshGroupMessage } from './deliver-notice.ts'
import { noticeView } from './notice-view.ts'

/** A result that is in force no more: the issue it came with and the branch it was meant for. */
export interface CorrectedResult {
  readonly issueId: number
  readonly branchId: number
}

/** Has the messages that carried corrected results say so, each once. */
export async function markCorrected(
  ctx: Context,
  tx: Transaction,
  { issueId, corrected }: { issueId: number; corrected: readonly CorrectedResult[] },
): Promise<void> {
  const copies = new Map(corrected.map((one) => [`${one.issueId}:${one.branchId}`, one]))
  for (const copy of copies.values()) {
    const { id } = await tx.notice.findUniqueOrThrow({ where: { issueId_branchId: copy }, select: { id: true } })
    const view = await noticeView(tx, id)
    if (view) await refreshGroupMessage(ctx, tx, view, `notice:${id}:corrected:${issueId}`)
  }
}
