import { dayAt, toUtcMidnight } from '../../domain/dates.ts'
import { morningOf, morningsIn } from '../../domain/mornings.ts'
import type { Post } from '../../domain/posts.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Message } from '../../platform/messages.ts'
import { privateChatsOf } from '../linking/index.ts'
import { leadersOfBranch, memberOf } from '../registry/index.ts'
import { isReplaced } from './notice-messages.ts'
import { noticeView } from './notice-view.ts'
import { personalView } from './personal-view.ts'
import { lateDays, reminderDay, stages } from './remind-unconfirmed.ts'
import { memberReminder, personalReminder, personSilent } from './reminder-screens.ts'
import { rollOf } from './roll-of-notice.ts'
import { type NoticeSettings, settingsOfWards } from './settings.ts'

/** Posts that confirm for the whole branch. */
const confirming: readonly Post[] = [...stages[0].posts, ...stages[1].posts]

/**
 * In the morning of the days that the ward has set, reminds each person who is to confirm for themself and has not: a member
 * of a notice that asks members, and whoever a notice was meant for; of the latter at last the ward member in charge of their
 * branch hears. Each once, late after a time without the program. Asks no leave: the clock calls it.
 */
export async function remindReaders(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  const oldest = dayAt(span.until).subtract({ days: lateDays })
  const mornings = morningsIn(span).filter((day) => Temporal.PlainDate.compare(day, oldest) >= 0)
  if (mornings.length === 0) return
  const settings = await settingsOfWards(ctx.db)
  const isTurn = (issuedAt: Date, wardId: number, after: keyof NoticeSettings) => {
    const day = reminderDay(issuedAt, settings.get(wardId)?.[after] ?? 0)
    return day !== null && mornings.some((morning) => morning.equals(day))
  }
  const { notices, copies } = await unconfirmed(ctx)
  for (const { id, issuedAt, issue } of notices) {
    if (isTurn(issuedAt, issue.wardId, 'secretaryAfter')) await remindMembers(ctx, id, issuedAt)
  }
  for (const { id, issuedAt, issue } of copies) {
    if (isTurn(issuedAt, issue.wardId, 'secretaryAfter')) await remindPerson(ctx, id, 'first')
    if (isTurn(issuedAt, issue.wardId, 'deputyAfter')) await remindPerson(ctx, id, 'second')
    if (isTurn(issuedAt, issue.wardId, 'supervisorAfter')) await tellInCharge(ctx, id)
  }
}

/** When the next of these reminders may go out, as far as notices stand now. Asks no leave: it tells a moment only. */
export async function nextReaderReminder(ctx: Context): Promise<Date | null> {
  const settings = await settingsOfWards(ctx.db)
  const { notices, copies } = await unconfirmed(ctx)
  const morning = (after: keyof NoticeSettings) => (one: { issuedAt: Date; issue: { wardId: number } }) => {
    const day = reminderDay(one.issuedAt, settings.get(one.issue.wardId)?.[after] ?? 0)
    return day ? [morningOf(day)] : []
  }
  const moments = [
    ...notices.flatMap(morning('secretaryAfter')),
    ...(['secretaryAfter', 'deputyAfter', 'supervisorAfter'] as const).flatMap((after) =>
      copies.flatMap(morning(after)),
    ),
  ]
  const coming = moments.filter((moment) => moment > ctx.now()).sort((a, b) => a.getTime() - b.getTime())
  return coming[0] ?? null
}

/** Notices that ask members too, and copies for people that nobody has confirmed, of the last weeks. */
async function unconfirmed(ctx: Context) {
  const issuedAt = { gte: toUtcMidnight(ctx.today().subtract({ days: 31 + lateDays })) }
  const select = { id: true, issuedAt: true, issue: { select: { wardId: true } } } as const
  const asking = { issuedAt, issue: { membersConfirm: true } }
  const silent = { issuedAt, confirmedAt: null, handover: null }
  return {
    notices: await ctx.db.notice.findMany({ where: asking, select, orderBy: { id: 'asc' } }),
    copies: await ctx.db.personalNotice.findMany({ where: silent, select, orderBy: { id: 'asc' } }),
  }
}

async function remindMembers(ctx: Context, noticeId: number, issuedAt: Date): Promise<void> {
  await ctx.transaction(async (tx) => {
    const view = await noticeView(tx, noticeId)
    if (!view || isReplaced(view)) return
    const done = await tx.noticeAcknowledgement.findMany({ where: { noticeId }, select: { personId: true } })
    const open = await rollOf(tx, view.branchId, dayAt(issuedAt))
    const leaders = await leadersOfBranch(tx, view.branchId, ctx.today())
    // Until the branch has it, its leaders are reminded of that.
    const asLeaders = view.acknowledged ? [] : leaders.filter(({ post }) => confirming.includes(post))
    const spared = new Set([...done.map(({ personId }) => personId), ...asLeaders.map(({ person }) => person.id)])
    const message = memberReminder(ctx.texts, view)
    const people = open.flatMap(({ id }) => (spared.has(id) ? [] : [id]))
    await toEach(ctx, tx, people, message, `notice:${noticeId}:remind:member`)
  })
}

async function remindPerson(ctx: Context, personalId: number, time: 'first' | 'second'): Promise<void> {
  await ctx.transaction(async (tx) => {
    const view = await personalView(tx, personalId)
    if (!view || view.confirmedAt || view.correctedBy !== null) return
    await toEach(ctx, tx, [view.personId], personalReminder(ctx.texts, view), `personal:${personalId}:remind:${time}`)
  })
}

async function tellInCharge(ctx: Context, personalId: number): Promise<void> {
  await ctx.transaction(async (tx) => {
    const view = await personalView(tx, personalId)
    if (!view || view.confirmedAt || view.correctedBy !== null) return
    const member = await memberOf(tx, view.personId, ctx.today())
    if (!member) return
    const leaders = await leadersOfBranch(tx, member.branchId, ctx.today())
    const inCharge = leaders.flatMap(({ post, person }) =>
      post === 'supervisingMember' && person.id !== view.personId ? [person.id] : [],
    )
    await toEach(ctx, tx, inCharge, personSilent(ctx.texts, view), `personal:${personalId}:remind:supervisor`)
  })
}

async function toEach(
  ctx: Context,
  tx: Transaction,
  personIds: readonly number[],
  message: Message,
  key: string,
): Promise<void> {
  for (const chatId of new Set((await privateChatsOf(tx, personIds)).values())) {
    await ctx.deliver(tx, { chatId, message, key: `${key}:${chatId}` })
  }
}
