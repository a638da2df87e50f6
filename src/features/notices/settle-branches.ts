import { createHash } from 'node:crypto'
import type { Period } from '../../domain/period.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { type Candidate, peopleWithIds } from './find-cadres.ts'

interface Draft {
  readonly issueId: number
  readonly wardId: number
  readonly period: Period
}

/**
 * Has each result of a draft meant for the branch in which its person is today: they may have moved since it was drafted.
 * Answers with the people as the register has them today. Asks no leave: whoever shows the draft does.
 */
export async function settleBranches(
  ctx: Context,
  { issueId, wardId, period }: Draft,
): Promise<Map<number, Candidate>> {
  const entries = await ctx.db.noticeEntry.findMany({ where: { issueId }, select: { personId: true, branchId: true } })
  const ids = entries.map(({ personId }) => personId)
  const when = { period, today: ctx.today() }
  const people = new Map((await peopleWithIds(ctx.db, wardId, ids, when)).map((person) => [person.id, person]))
  const moved = entries.flatMap(({ personId, branchId }) => {
    const branches = people.get(personId)?.branches ?? []
    const now = branches[0]?.id ?? null
    return branches.length > 1 || now === branchId ? [] : [{ personId, branchId: now }]
  })
  if (moved.length > 0) {
    await ctx.transaction(async (tx) => {
      for (const { personId, branchId } of moved) {
        const where = { issueId, personId, issue: { state: 'draft' } }
        await tx.noticeEntry.updateMany({ where, data: { branchId } })
      }
    })
  }
  return people
}

/**
 * What a confirmation says that it has seen: who is to read which result, and whether members confirm too. Asks no leave: it tells
 * nothing but whether that is still so.
 */
export async function draftVersion(db: Context['db'] | Transaction, issueId: number): Promise<string> {
  const issue = await db.noticeIssue.findUniqueOrThrow({
    where: { id: issueId },
    select: {
      membersConfirm: true,
      entries: { select: { personId: true, branchId: true }, orderBy: { personId: 'asc' } },
    },
  })
  const lines = issue.entries.map(({ personId, branchId }) => `${personId}>${branchId ?? ''}`)
  return createHash('sha256')
    .update([String(issue.membersConfirm), ...lines].join())
    .digest('hex')
    .slice(0, 10)
}
