import { dayAt, toUtcMidnight } from '../../domain/dates.ts'
import { morningsIn } from '../../domain/mornings.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { deliveryStates } from '../../platform/outbox.ts'
import { officerChats } from '../linking/index.ts'
import { leadersOfBranches } from './branch-leaders.ts'
import { numberOf, numberParts } from './issue-number.ts'
import type { PaperCopy } from './list-paper.ts'
import { isMeantFor, readersParts } from './meant-for.ts'
import { paperReason } from './paper-reason.ts'
import { paperToHandMessage } from './paper-screens.ts'
import { personalViews } from './personal-view.ts'

/** So many days after the issue the officers hear again of what is still to be handed over; by then a lost group is known. */
const daysAfter = [1, 3, 7]

/** Tells the ward's officers, at the issue, which copies are to be printed and handed over. */
export async function tellOfPaper(ctx: Context, tx: Transaction, issueId: number, when = 'issue'): Promise<void> {
  const copies = await copiesToHand(ctx, tx, issueId)
  if (copies.length === 0) return
  const { wardId, ...issue } = await tx.noticeIssue.findUniqueOrThrow({
    where: { id: issueId },
    select: { wardId: true, ...numberParts },
  })
  const message = paperToHandMessage(ctx.texts, { issueId, number: numberOf(issue), copies })
  for (const chatId of await officerChats(tx, wardId)) {
    await ctx.deliver(tx, { chatId, message, key: `paper:${issueId}:${when}:${chatId}` })
  }
}

/** In the mornings after, the same of what is still not handed over. Asks no leave: the clock calls it. */
export async function remindOfPaper(ctx: Context, span: { since: Date; until: Date }): Promise<void> {
  for (const morning of morningsIn(span)) {
    for (const days of daysAfter) {
      const from = toUtcMidnight(morning.subtract({ days: days + 1 }))
      const issues = await ctx.db.noticeIssue.findMany({
        where: { state: 'issued', issuedAt: { gte: from } },
        select: { id: true, issuedAt: true },
      })
      for (const { id, issuedAt } of issues) {
        if (!issuedAt || !dayAt(issuedAt).add({ days }).equals(morning)) continue
        await ctx.transaction((tx) => tellOfPaper(ctx, tx, id, `day${days}`))
      }
    }
  }
}

async function copiesToHand(ctx: Context, tx: Transaction, issueId: number): Promise<PaperCopy[]> {
  const notices = await openNotices(tx, issueId)
  const leaders = await leadersOfBranches(
    tx,
    notices.map(({ branchId }) => branchId),
    ctx.today(),
  )
  const people = (await personalViews(tx, { issueId, confirmedAt: null, handover: null })).filter(
    ({ correctedBy }) => correctedBy === null,
  )
  const states = await deliveryStates(tx, [
    ...notices.flatMap(({ deliveries }) => deliveries.map(({ deliveryId }) => deliveryId)),
    ...people.flatMap(({ deliveryId }) => deliveryId ?? []),
  ])
  const isLost = (deliveryId: number) => states.get(deliveryId)?.state === 'failed'
  const ofBranches = notices.flatMap(({ id, branchId, branch, deliveries }): PaperCopy[] => {
    const lost = deliveries.some(({ deliveryId }) => isLost(deliveryId)) ? 'failed' : 'sent'
    const delivery = deliveries.length === 0 ? 'paper' : lost
    const reason = paperReason({ delivery, hasSecretary: leaders(branchId).secretaries.length > 0 })
    return reason === null ? [] : [{ kind: 'branch', id, name: branch.name, reason }]
  })
  const ofPeople = people.flatMap(({ personalId, fullName, deliveryId }): PaperCopy[] =>
    deliveryId === null || isLost(deliveryId) ? [{ kind: 'person', id: personalId, name: fullName, reason: null }] : [],
  )
  return [...ofBranches, ...ofPeople]
}

/** The branches' copies that nobody has confirmed or been handed, and that no later notice has taken the place of. */
async function openNotices(tx: Transaction, issueId: number) {
  const notices = await tx.notice.findMany({
    where: { issueId, handover: null, acknowledgements: { none: { kind: 'branch' } } },
    select: {
      id: true,
      branchId: true,
      branch: { select: { name: true } },
      deliveries: { where: { personId: null }, select: { deliveryId: true } },
      issue: { select: { kind: true } },
    },
    orderBy: { id: 'asc' },
  })
  const inForce = await tx.noticeEntry.findMany({ where: { issueId, inForce: true }, select: readersParts })
  const later = await tx.notice.findMany({
    where: { issue: { correctsId: issueId, state: 'issued' } },
    select: { branchId: true },
  })
  return notices.filter(({ branchId, issue }) =>
    issue.kind === 'evaluation'
      ? inForce.some((entry) => isMeantFor(entry, branchId))
      : !later.some((one) => one.branchId === branchId),
  )
}
