import type { Context } from '../../../platform/context.ts'
import type { Transaction } from '../../../platform/database.ts'

/** How long a sheet is kept that nobody has touched. */
const sheetDays = 31

/** What went out needs no sheet any more; what was entered after the draft was made stays. */
export async function forgetIssued(
  tx: Transaction,
  { issueId, wardId, period, before }: { issueId: number; wardId: number; period: string; before: Date },
): Promise<void> {
  await tx.enteredResult.deleteMany({
    where: { at: { lte: before }, person: { entries: { some: { issueId } } }, sheet: { wardId, period } },
  })
  await tx.entrySheet.deleteMany({ where: { wardId, period, results: { none: {} } } })
}

/** Sheets hold people's results, so those that were forgotten go. Asks no leave: the clock calls it. */
export async function discardOldSheets(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - sheetDays * 24 * 3_600_000)
  await ctx.transaction((tx) => tx.entrySheet.deleteMany({ where: { changedAt: { lt: before } } }))
}
