import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { refreshGroupMessages } from './deliver-notice.ts'
import { noticeViews } from './notice-view.ts'

/** A result that is in force no more: the issue it came with and the branches that read it. */
export interface CorrectedResult {
  readonly issueId: number
  readonly branchIds: readonly number[]
}

/** Has the messages that carried corrected results say so, each once. */
export async function markCorrected(
  ctx: Context,
  tx: Transaction,
  { issueId, corrected }: { issueId: number; corrected: readonly CorrectedResult[] },
): Promise<void> {
  const copies = new Set(
    corrected.flatMap((one) => one.branchIds.map((branchId) => keyOf({ issueId: one.issueId, branchId }))),
  )
  for (const correctedId of new Set(corrected.map((one) => one.issueId))) {
    const views = (await noticeViews(tx, { issueId: correctedId })).filter((view) => copies.has(keyOf(view)))
    await refreshGroupMessages(
      ctx,
      tx,
      views.map((view) => ({ view, key: `notice:${view.noticeId}:corrected:${issueId}` })),
    )
  }
}

function keyOf({ issueId, branchId }: { issueId: number; branchId: number }): string {
  return `${issueId}:${branchId}`
}
