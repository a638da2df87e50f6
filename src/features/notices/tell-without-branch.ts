import type { Period } from '../../domain/period.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { officerChats, privateChatsOf } from '../linking/index.ts'
import { numberOf, numberParts } from './issue-number.ts'
import type { Issuer } from './issuer.ts'
import { ownMonthsBeside } from './months-beside.ts'
import { withoutBranchMessage } from './moved-screens.ts'
import { linesWithoutBranch } from './notice-view.ts'
import { ownResultMessage } from './private-messages.ts'

/** Whoever belongs to no branch on the day of issue reads their result themself, and the office reads whose it is to hand over. */
export async function tellWithoutBranch(
  ctx: Context,
  tx: Transaction,
  { issueId, wardId, period, issuer }: { issueId: number; wardId: number; period: Period; issuer: Issuer },
): Promise<void> {
  const lines = await linesWithoutBranch(tx, issueId)
  if (lines.length === 0) return
  const { issuedAt, ...issue } = await tx.noticeIssue.findUniqueOrThrow({
    where: { id: issueId },
    select: { issuedAt: true, ...numberParts },
  })
  const view = { period, number: numberOf(issue), issuedOn: ctx.today(), issuer }
  const months = await ownMonthsBeside(tx, [{ period, results: lines, issuedAt: issuedAt ?? ctx.now() }])
  const chats = await privateChatsOf(
    tx,
    lines.map(({ personId }) => personId),
  )
  for (const line of lines) {
    const chatId = chats.get(line.personId)
    if (chatId === undefined) continue
    const message = ownResultMessage(ctx.texts, view, line, months)
    await ctx.deliver(tx, { chatId, message, key: `notice:issue:${issueId}:person:${line.personId}` })
  }
  const unreached = new Set(lines.filter(({ personId }) => !chats.has(personId)).map(({ personId }) => personId))
  const message = withoutBranchMessage(ctx.texts, view, lines, unreached)
  for (const chatId of await officerChats(tx, wardId)) {
    await ctx.deliver(tx, { chatId, message, key: `notice:issue:${issueId}:withoutBranch:${chatId}` })
  }
}
