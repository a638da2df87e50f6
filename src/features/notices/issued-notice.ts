import type { Period } from '../../domain/period.ts'
import { isPeriod } from '../../domain/period.ts'
import type { Transaction } from '../../platform/database.ts'
import { type IssueNumber, nextNumber, numberOf } from './issue-number.ts'
import type { Issuer } from './issuer.ts'

/** An issue after it went out. */
export interface IssuedNotice {
  readonly issueId: number
  readonly number: IssueNumber
  readonly issuedAt: Date
  readonly period: Period | null
  readonly peopleCount: number
  readonly branches: readonly { readonly name: string; readonly hasGroup: boolean }[]
  /** Those whom a plain notice was meant for themselves. */
  readonly people: readonly { readonly name: string; readonly hasChat: boolean }[]
  /** It had been issued before; this time nothing was done. */
  readonly again: boolean
}

const byCode = new Intl.Collator('vi', { numeric: true })

export async function issuedNotice(tx: Transaction, issueId: number): Promise<IssuedNotice> {
  const issue = await tx.noticeIssue.findUniqueOrThrow({
    where: { id: issueId },
    include: {
      _count: { select: { entries: true } },
      notices: {
        select: {
          branch: { select: { code: true, name: true } },
          deliveries: { where: { personId: null }, select: { deliveryId: true } },
        },
      },
      personal: { select: { deliveryId: true, person: { select: { fullName: true } } }, orderBy: { id: 'asc' } },
    },
  })
  return {
    issueId,
    number: numberOf(issue),
    issuedAt: issue.issuedAt ?? issue.createdAt,
    period: issue.period !== null && isPeriod(issue.period) ? issue.period : null,
    peopleCount: issue._count.entries,
    branches: issue.notices
      .sort((a, b) => byCode.compare(a.branch.code, b.branch.code))
      .map(({ branch, deliveries }) => ({ name: branch.name, hasGroup: deliveries.length > 0 })),
    people: issue.personal.map(({ person, deliveryId }) => ({ name: person.fullName, hasChat: deliveryId !== null })),
    again: false,
  }
}

/**
 * Turns a draft into an issue with the next number of the ward's year; false where it is no draft any more. The caller
 * holds the ward's lock.
 */
export async function takeNumber(
  tx: Transaction,
  { issueId, wardId, issuer, now }: { issueId: number; wardId: number; issuer: Issuer; now: Date },
): Promise<boolean> {
  const { count } = await tx.noticeIssue.updateMany({
    where: { id: issueId, state: 'draft' },
    data: {
      ...(await nextNumber(tx, wardId, now)),
      state: 'issued',
      issuedAt: now,
      issuerPersonId: issuer.personId,
      issuerName: issuer.name,
      issuerTitle: issuer.title,
    },
  })
  return count === 1
}
