import { dayAt, toUtcMidnight } from '../../domain/dates.ts'
import { morningOf, morningsIn } from '../../domain/mornings.ts'
import type { Post } from '../../domain/posts.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { privateChatsOf } from '../linking/index.ts'
import { leadersOfBranch } from '../registry/index.ts'
import { isReplaced } from './notice-messages.ts'
import { type NoticeView, noticeView } from './notice-view.ts'
import { reminderMessage } from './reminder-screens.ts'
import { type NoticeSettings, settingsOfWards } from './settings.ts'

/** A reminder that could not go out is still worth sending so many days later. */
export const lateDays = 7

/** Who is reminded in turn, and after how many days: each only of what nobody has confirmed for the branch by then. */
export const stages = [
  { name: 'secretary', after: 'secretaryAfter', posts: ['secretary'] },
  { name: 'deputy', after: 'deputyAfter', posts: ['standingDeputySecretary', 'deputySecretary'] },
  { name: 'supervisor', after: 'supervisorAfter', posts: ['supervisingMember'] },
] as const satisfies readonly { name: string; after: keyof NoticeSettings; posts: readonly Post[] }[]
export type Stage = (typeof stages)[number]

/**
 * In the morning of the days that the ward has set, reminds those whose turn it is of the notices that their branch has not
 * confirmed, each once. After a time without the program what it missed goes out late; what is older than a week is
 * skipped and counted. Asks no leave: the clock calls it.
 */
export async function remindUnconfirmed(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  const mornings = morningsIn(span)
  if (mornings.length === 0) return
  const settings = await settingsOfWards(ctx.db)
  const oldest = dayAt(span.until).subtract({ days: lateDays })
  let skipped = 0
  for (const notice of await unconfirmed(ctx)) {
    for (const stage of stages) {
      const day = reminderDay(notice.issuedAt, settings.get(notice.issue.wardId)?.[stage.after] ?? 0)
      if (!day || !mornings.some((morning) => morning.equals(day))) continue
      if (Temporal.PlainDate.compare(day, oldest) < 0) skipped++
      else await remind(ctx, notice.id, stage)
    }
  }
  ctx.skipped('noticeReminder', skipped)
}

/** When the next of these reminders goes out, as far as notices stand now. Asks no leave: it tells a moment only. */
export async function nextConfirmReminder(ctx: Context): Promise<Date | null> {
  const settings = await settingsOfWards(ctx.db)
  const moments = (await unconfirmed(ctx)).flatMap(({ issuedAt, issue }) =>
    stages.flatMap(({ after }) => {
      const day = reminderDay(issuedAt, settings.get(issue.wardId)?.[after] ?? 0)
      return day ? [morningOf(day)] : []
    }),
  )
  const coming = moments.filter((moment) => moment > ctx.now()).sort((a, b) => a.getTime() - b.getTime())
  return coming[0] ?? null
}

/** The day of a reminder that is due so many days after the issue; null where the ward wants none. */
export function reminderDay(issuedAt: Date, after: number): Temporal.PlainDate | null {
  return after === 0 ? null : dayAt(issuedAt).add({ days: after })
}

/** Notices that a reminder may still be due for; whether all of one has been corrected is seen when its turn comes. */
function unconfirmed(ctx: Context) {
  const longest = 31 + lateDays
  return ctx.db.notice.findMany({
    where: {
      acknowledgements: { none: { kind: 'branch' } },
      // The paper is in somebody's hands.
      handover: null,
      issuedAt: { gte: toUtcMidnight(ctx.today().subtract({ days: longest })) },
    },
    select: { id: true, issuedAt: true, issue: { select: { wardId: true } } },
    orderBy: { id: 'asc' },
  })
}

async function remind(ctx: Context, noticeId: number, stage: Stage): Promise<void> {
  await ctx.transaction(async (tx) => {
    const view = await noticeView(tx, noticeId)
    if (!view || view.acknowledged || isReplaced(view)) return
    const message = reminderMessage(ctx.texts, view, stage.name)
    for (const chatId of await chatsOf(ctx, tx, view, stage)) {
      await ctx.deliver(tx, { chatId, message, key: `notice:${noticeId}:remind:${stage.name}:${chatId}` })
    }
  })
}

async function chatsOf(ctx: Context, tx: Transaction, view: NoticeView, stage: Stage): Promise<Set<bigint>> {
  const posts: readonly Post[] = stage.posts
  const leaders = await leadersOfBranch(tx, view.branchId, ctx.today())
  const people = leaders.flatMap(({ post, person }) => (posts.includes(post) ? [person.id] : []))
  return new Set((await privateChatsOf(tx, people)).values())
}
