import { z } from 'zod'
import { dayAt, fromUtcMidnight } from '../../domain/dates.ts'
import { compareNames } from '../../domain/names.ts'
import type { Level } from '../../domain/packs/schema.ts'
import { isPeriod, type Period } from '../../domain/period.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import type { AttachedFile } from '../../platform/messages.ts'
import type { Prisma } from '../../platform/prisma/client.ts'
import { asLevel } from './find-results.ts'
import { type IssueNumber, numberOf, numberParts } from './issue-number.ts'
import { isMeantFor, meantFor } from './meant-for.ts'

/** Who confirmed that the branch has the notice. */
export interface Acknowledged {
  readonly name: string
  readonly title: string
  readonly at: Date
}

interface NoticeHead {
  readonly noticeId: number
  readonly issueId: number
  readonly wardId: number
  readonly wardName: string
  readonly branchId: number
  readonly branchName: string
  readonly number: IssueNumber
  readonly issuedAt: Date
  readonly issuedOn: Temporal.PlainDate
  readonly issuer: { readonly name: string; readonly title: string }
  readonly acknowledged: Acknowledged | null
  /** Whether members confirm too, each for themself. */
  readonly membersConfirm: boolean
}

/** A cadre's line. Score and remark are for the few who may see them. */
export interface ResultLine {
  readonly personId: number
  readonly fullName: string
  readonly birthYear: number | null
  readonly level: Level
  readonly grade: string | null
  readonly score: number | null
  /** The ground that overrode the score; for the same few. */
  readonly disqualifier: string | null
  readonly remark: string | null
  /** The number of the notice whose result this one corrects. */
  readonly corrects: IssueNumber | null
  /** The number of the notice that has corrected this one. */
  readonly correctedBy: IssueNumber | null
  /** The person was in another branch by then: this one reads it because it had the result that is corrected. */
  readonly isCopy: boolean
}

export interface EvaluationNotice extends NoticeHead {
  readonly kind: 'evaluation'
  readonly period: Period
  /** Whether names and levels stand in the group's message; else it says how many, and each member opens them in private. */
  readonly namesInGroup: boolean
  /** This branch's own cadres, and corrections of what it had of those who have moved, by given name. */
  readonly results: readonly ResultLine[]
}

/** What a plain notice says, to a branch or to a person. */
export interface PlainWords {
  readonly kind: 'plain'
  readonly wardName: string
  readonly number: IssueNumber
  readonly issuedOn: Temporal.PlainDate
  readonly issuer: { readonly name: string; readonly title: string }
  readonly text: string
  readonly file: AttachedFile | null
  readonly dueOn: Temporal.PlainDate | null
  /** The number of the notice that this one takes the place of. */
  readonly corrects: IssueNumber | null
  /** The number of the notice that has taken its place for whoever reads it. */
  readonly correctedBy: IssueNumber | null
}

export interface PlainNotice extends NoticeHead, PlainWords {
  readonly kind: 'plain'
}

/** A branch's copy of an issue, as it is written out. */
export type NoticeView = EvaluationNotice | PlainNotice

const storedFile = z.object({ fileId: z.string(), name: z.string(), kind: z.enum(['document', 'photo']) })

/** The file of a plain notice as it is stored, or null. */
export function fileOf(stored: unknown): AttachedFile | null {
  return stored === null ? null : storedFile.parse(stored)
}

/** An issued notice with everything that is written in it, or null where there is none with that id. */
export async function noticeView(db: Database | Transaction, noticeId: number): Promise<NoticeView | null> {
  const [view] = await noticeViews(db, { id: noticeId })
  return view ?? null
}

/** Issued notices with everything that is written in them, in the order in which they were made. */
export async function noticeViews(
  db: Database | Transaction,
  where: { id: number } | { issueId: number },
): Promise<NoticeView[]> {
  const notices = await db.notice.findMany({ where, include: parts, orderBy: { id: 'asc' } })
  const results = await resultsOf(db, notices)
  return notices.map((notice) => viewOf(notice, results.get(keyOf(notice)) ?? []))
}

/** What is read of an issue to write out its words. */
export const issueParts = {
  ward: { select: { name: true } },
  corrects: { select: numberParts },
  correctedBy: {
    where: { state: 'issued' },
    select: { ...numberParts, notices: { select: { branchId: true } }, personal: { select: { personId: true } } },
  },
} satisfies Prisma.NoticeIssueInclude
type IssueParts = Prisma.NoticeIssueGetPayload<{ include: typeof issueParts }>

/** The words of a plain notice, as they read for a branch or a person. */
export function plainWords(
  issue: IssueParts,
  issuedAt: Date,
  reader: { branchId: number } | { personId: number },
): PlainWords {
  const isFor = ({ notices, personal }: IssueParts['correctedBy'][number]) =>
    'branchId' in reader
      ? notices.some(({ branchId }) => branchId === reader.branchId)
      : personal.some(({ personId }) => personId === reader.personId)
  const later = issue.correctedBy.find(isFor)
  return {
    kind: 'plain',
    wardName: issue.ward.name,
    number: numberOf(issue),
    issuedOn: dayAt(issuedAt),
    issuer: { name: issue.issuerName ?? '', title: issue.issuerTitle ?? '' },
    text: issue.text ?? '',
    file: fileOf(issue.file),
    dueOn: issue.dueOn && fromUtcMidnight(issue.dueOn),
    corrects: issue.corrects && numberOf(issue.corrects),
    correctedBy: later ? numberOf(later) : null,
  }
}

const parts = {
  issue: { include: issueParts },
  branch: { select: { name: true } },
  acknowledgements: { where: { kind: 'branch' }, include: { person: { select: { fullName: true } } } },
} satisfies Prisma.NoticeInclude

function viewOf(notice: Prisma.NoticeGetPayload<{ include: typeof parts }>, results: ResultLine[]): NoticeView {
  const { issue, branch } = notice
  const [acknowledgement] = notice.acknowledgements
  const head: NoticeHead = {
    noticeId: notice.id,
    issueId: issue.id,
    wardId: issue.wardId,
    wardName: issue.ward.name,
    branchId: notice.branchId,
    branchName: branch.name,
    number: numberOf(issue),
    issuedAt: notice.issuedAt,
    issuedOn: dayAt(notice.issuedAt),
    issuer: { name: issue.issuerName ?? '', title: issue.issuerTitle ?? '' },
    acknowledged: acknowledgement
      ? { name: acknowledgement.person.fullName, title: acknowledgement.title, at: acknowledgement.at }
      : null,
    membersConfirm: issue.membersConfirm,
  }
  if (issue.kind === 'evaluation' && issue.period !== null && isPeriod(issue.period)) {
    return { ...head, kind: 'evaluation', period: issue.period, namesInGroup: notice.namesInGroup, results }
  }
  return { ...head, ...plainWords(issue, notice.issuedAt, notice) }
}

const numbered = { select: numberParts } satisfies Prisma.NoticeIssueDefaultArgs

/** The results of each notice, by given name. */
async function resultsOf(
  db: Database | Transaction,
  notices: readonly { issueId: number; branchId: number }[],
): Promise<Map<string, ResultLine[]>> {
  const [only] = notices
  if (!only) return new Map()
  const lines = await linesOf(db, {
    issueId: only.issueId,
    ...(notices.length === 1 ? meantFor(only.branchId) : {}),
  })
  return new Map(
    notices.map((notice) => [
      keyOf(notice),
      lines
        .filter((line) => isMeantFor(line, notice.branchId))
        .map((line) => ({ ...line, isCopy: line.branchId !== notice.branchId })),
    ]),
  )
}

/** The results of an issue that no branch reads, because their people belonged to none on its day, by given name. */
export async function linesWithoutBranch(db: Database | Transaction, issueId: number): Promise<ResultLine[]> {
  return linesOf(db, { issueId, branchId: null })
}

async function linesOf(db: Database | Transaction, where: Prisma.NoticeEntryWhereInput) {
  const rows = await db.noticeEntry.findMany({
    where,
    include: {
      copies: { select: { branchId: true } },
      person: { select: { fullName: true, birthYear: true } },
      corrects: { select: { issue: numbered } },
      // Drafts of a correction are not one yet.
      correctedBy: { where: { issue: { state: 'issued' } }, select: { issue: numbered } },
    },
    orderBy: { id: 'asc' },
  })
  return rows
    .map(({ person, level, corrects, correctedBy: [correction], ...row }) => ({
      ...row,
      ...person,
      level: asLevel(level),
      corrects: corrects ? numberOf(corrects.issue) : null,
      correctedBy: correction ? numberOf(correction.issue) : null,
      isCopy: false,
    }))
    .sort((a, b) => compareNames(a.fullName, b.fullName))
}

function keyOf({ issueId, branchId }: { issueId: number; branchId: number }): string {
  return `${issueId}:${branchId}`
}
