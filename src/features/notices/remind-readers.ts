import { dayAt, toUtcMidnight } from '../../domain/dates.ts'
import { morningsIn } from '../../domain/mornings.ts'
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
  const since = { gte: toUtcMidnight(ctx.today().subtract({ days: 31 + lateDays })) }
  const isTurn = (issuedAt: Date, wardId: number, after: keyof NoticeSettings) => {
    const day = reminderDay(issuedAt, settings.get(wardId)?.[after] ?? 0)
    return day !== null && mornings.some((morning) => morning.equals(day))
  }
  const issue = { select: { wardId: true } }
  const asking = { issuedAt: since, issue: { membersConfirm: true } }
  for (const { id, issuedAt, ...notice } of await ctx.db.notice.findMany({ where: asking, include: { issue } })) {
    if (isTurn(issuedAt, notice.issue.wardId, 'secretaryAfter')) await remindMembers(ctx, id, issuedAt)
  }
  const silent = { issuedAt: since, confirmedAt: null, handover: null }
  for (const { id, issuedAt, ...copy } of await ctx.db.personalNotice.findMany({ where: silent, include: { issue } })) {
    const { wardId } = copy.issue
    if (isTurn(issuedAt, wardId, 'secretaryAfter')) await remindPerson(ctx, id, 'first')
    if (isTurn(issuedAt, wardId, 'deputyAfter')) await remindPerson(ctx, id, 'second')
    if (isTurn(issuedAt, wardId, 'supervisorAfter')) await tellInCharge(ctx, id)
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
