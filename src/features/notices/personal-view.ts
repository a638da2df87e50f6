import type { Database, Transaction } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { issueParts, type PlainWords, plainWords } from './notice-view.ts'

/** A person's copy of a plain notice. */
export interface PersonalView extends PlainWords {
  readonly personalId: number
  readonly issueId: number
  readonly wardId: number
  readonly personId: number
  readonly fullName: string
  readonly issuedAt: Date
  readonly deliveryId: number | null
  readonly seenAt: Date | null
  readonly confirmedAt: Date | null
}

/** Copies for people with everything that is written in them, in the order in which they were made. */
export async function personalViews(
  db: Database | Transaction,
  where: Prisma.PersonalNoticeWhereInput,
): Promise<PersonalView[]> {
  const rows = await db.personalNotice.findMany({
    where,
    include: { issue: { include: issueParts }, person: { select: { fullName: true } } },
    orderBy: { id: 'asc' },
  })
  return rows.map(({ id, issue, person, ...row }) => ({
    ...plainWords(issue, row.issuedAt, row),
    ...row,
    personalId: id,
    wardId: issue.wardId,
    fullName: person.fullName,
  }))
}

/** The copy with that id, or null. */
export async function personalView(db: Database | Transaction, personalId: number): Promise<PersonalView | null> {
  const [view] = await personalViews(db, { id: personalId })
  return view ?? null
}
