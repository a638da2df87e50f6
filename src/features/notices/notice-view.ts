import { z } from 'zod'
import { dayAt } from '../../domain/dates.ts'
import { compareNames } from '../../domain/names.ts'
import type { Level } from '../../domain/packs/schema.ts'
import { isPeriod, type Period } from '../../domain/period.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import type { AttachedFile } from '../../platform/messages.ts'
import { asLevel } from './find-results.ts'

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
  readonly number: number
  readonly issuedOn: Temporal.PlainDate
  readonly issuer: { readonly name: string; readonly title: string }
  readonly acknowledged: Acknowledged | null
}

/** A cadre's line. Score and remark are for the few who may see them. */
export interface ResultLine {
  readonly personId: number
  readonly fullName: string
  readonly birthYear: number | null
  readonly level: Level
  readonly grade: string | null
  readonly score: number | null
  readonly remark: string | null
}

export interface EvaluationNotice extends NoticeHead {
  readonly kind: 'evaluation'
  readonly period: Period
  /** This branch's own cadres, by given name. */
  readonly results: readonly ResultLine[]
}

export interface PlainNotice extends NoticeHead {
  readonly kind: 'plain'
  readonly text: string
  readonly file: AttachedFile | null
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
  const notice = await db.notice.findUnique({
    where: { id: noticeId },
    include: {
      issue: { include: { ward: { select: { name: true } } } },
      branch: { select: { name: true } },
      acknowledgements: { where: { kind: 'branch' }, include: { person: { select: { fullName: true } } } },
    },
  })
  if (!notice) return null
  const { issue, branch } = notice
  const [acknowledgement] = notice.acknowledgements
  const head: NoticeHead = {
    noticeId,
    issueId: issue.id,
    wardId: issue.wardId,
    wardName: issue.ward.name,
    branchId: notice.branchId,
    branchName: branch.name,
    number: issue.number ?? 0,
    issuedOn: dayAt(notice.issuedAt),
    issuer: { name: issue.issuerName ?? '', title: issue.issuerTitle ?? '' },
    acknowledged: acknowledgement
      ? { name: acknowledgement.person.fullName, title: acknowledgement.title, at: acknowledgement.at }
      : null,
  }
  if (issue.kind !== 'evaluation' || issue.period === null || !isPeriod(issue.period)) {
    return { ...head, kind: 'plain', text: issue.text ?? '', file: fileOf(issue.file) }
  }
  const results = await resultsOf(db, issue.id, notice.branchId)
  return { ...head, kind: 'evaluation', period: issue.period, results }
}

async function resultsOf(db: Database | Transaction, issueId: number, branchId: number): Promise<ResultLine[]> {
  const rows = await db.noticeEntry.findMany({
    where: { issueId, branchId },
    include: { person: { select: { fullName: true, birthYear: true } } },
    orderBy: { id: 'asc' },
  })
  return rows
    .map(({ person, personId, level, grade, score, remark }) => ({
      ...person,
      personId,
      level: asLevel(level),
      grade,
      score,
      remark,
    }))
    .sort((a, b) => compareNames(a.fullName, b.fullName))
}
