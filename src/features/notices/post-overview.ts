import { dayAt, toUtcMidnight } from '../../domain/dates.ts'
import { morningsIn } from '../../domain/mornings.ts'
import type { Context } from '../../platform/context.ts'
import { wardGroupChatOf } from '../linking/index.ts'
import { isOpen } from './branch-status.ts'
import { lateDays, reminderDay, stages } from './remind-unconfirmed.ts'
import { settingsOfWards } from './settings.ts'
import { overviewMessage } from './status-screens.ts'
import { statusesOf } from './view-status.ts'

/**
 * In the morning of each day on which somebody is reminded of an issue, the group of the ward's leaders reads how many
 * branches have confirmed it and which have not, each once; nothing where all have. Names of people are not in it. Asks no
 * leave: the clock calls it.
 */
export async function postOverviews(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  const oldest = dayAt(span.until).subtract({ days: lateDays })
  const mornings = morningsIn(span).filter((day) => Temporal.PlainDate.compare(day, oldest) >= 0)
  if (mornings.length === 0) return
  for (const [wardId, settings] of await settingsOfWards(ctx.db)) {
    if ((await wardGroupChatOf(ctx.db, wardId)) === null) continue
    for (const issue of await lateIssues(ctx, wardId)) {
      for (const { name, after } of stages) {
        const day = reminderDay(issue.issuedAt, settings[after])
        if (day && mornings.some((morning) => morning.equals(day))) await postOverview(ctx, wardId, issue.id, name)
      }
    }
  }
}

async function lateIssues(ctx: Context, wardId: number): Promise<{ id: number; issuedAt: Date }[]> {
  const since = toUtcMidnight(ctx.today().subtract({ days: 31 + lateDays }))
  const issues = await ctx.db.noticeIssue.findMany({
    where: { wardId, state: 'issued', issuedAt: { gte: since } },
    select: { id: true, issuedAt: true },
    orderBy: { id: 'asc' },
  })
  return issues.flatMap(({ id, issuedAt }) => (issuedAt ? [{ id, issuedAt }] : []))
}

async function postOverview(ctx: Context, wardId: number, issueId: number, stage: string): Promise<void> {
  const [status] = await statusesOf(ctx, { wardId, branchIds: null }, { issueId }, 1)
  if (!status?.branches.some(isOpen)) return
  const message = overviewMessage(ctx.texts, status)
  await ctx.transaction(async (tx) => {
    const chatId = await wardGroupChatOf(tx, wardId)
    if (chatId === null) return
    await ctx.deliver(tx, { chatId, message, key: `notice:issue:${issueId}:overview:${stage}` })
  })
}
