import { type Action, may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import type { NoticeIssue } from '../../platform/prisma/client.ts'
import { lockIssuing } from './issue-number.ts'
import { type IssuedNotice, issuedNotice } from './issued-notice.ts'
import { type Issuer, issuerOf } from './issuer.ts'
import { tellOfPaper } from './tell-of-paper.ts'

/** A draft whose turn it is, and who stands under it. */
export interface Issuing {
  readonly draft: NoticeIssue
  readonly issuer: Issuer
}

/**
 * What issuing is, whatever is issued: leave first, a name and a post, one issue of the ward at a time, all or nothing. An
 * issued draft is answered as it is. `carryOut` takes the number and writes everything that goes out; where it fails it
 * has written nothing yet. Fails with `notices.draftGone`, `access.denied`, `notices.noPost`, and as `carryOut` does.
 */
export async function issueOnce(
  ctx: Context,
  { issueId, kind, action }: { issueId: number; kind: 'evaluation' | 'plain'; action: Action },
  carryOut: (tx: Transaction, issuing: Issuing) => Promise<Result<unknown>>,
): Promise<Result<IssuedNotice>> {
  const draft = await ctx.db.noticeIssue.findUnique({ where: { id: issueId } })
  if (draft?.kind !== kind) return fail('notices.draftGone')
  const { wardId } = draft
  const leave = may(ctx.actor, action, { wardId })
  if (!leave.ok) return leave
  const issuer = await issuerOf(ctx)
  if (!issuer.ok) return issuer
  return ctx.transaction(async (tx) => {
    await lockIssuing(tx, wardId)
    const { state } = await tx.noticeIssue.findUniqueOrThrow({ where: { id: issueId }, select: { state: true } })
    if (state === 'issued') return ok({ ...(await issuedNotice(tx, issueId)), again: true })
    const done = await carryOut(tx, { draft, issuer: issuer.value })
    if (!done.ok) return done
    await tellOfPaper(ctx, tx, issueId)
    return ok(await issuedNotice(tx, issueId))
  })
}
