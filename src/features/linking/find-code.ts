import { ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { refuseCode, refuseLocked } from './code-failures.ts'
import { hashCode, readCode } from './codes.ts'
import { type CodeKind, codeKinds } from './create-code.ts'

export interface FoundCode {
  id: number
  kind: CodeKind
  /** As it goes into a button or a link. */
  code: string
  wardId: number | null
  branchId: number | null
  personId: number | null
  createdBy: bigint | null
  /** This very account has used it before: its act is done, and a second tap is answered calmly. */
  usedHere: boolean
}

/**
 * Looks a typed code up. Fails with `linking.` `codeWrong`, `codeUsed`, `codeExpired` or `personTaken` (an invitation that
 * ended when another one was accepted), each counted against the sender, `lockedNow` at the fifth, `locked` while it
 * lasts. Asks no leave: whoever holds a code may show it.
 */
export async function findCode(ctx: Context, typed: string): Promise<Result<FoundCode>> {
  const { accountId } = ctx.actor
  if (accountId === null) throw new Error('a code is typed by an account')
  const locked = await refuseLocked(ctx, accountId)
  if (locked) return locked
  const code = readCode(typed)
  const row = await ctx.db.accessCode.findUnique({ where: { hash: hashCode(code) } })
  const kind = codeKinds.find((known) => known === row?.kind)
  if (!row || !kind) return refuseCode(ctx, accountId, 'linking.codeWrong')
  const usedHere = row.usedAt !== null && row.usedBy === accountId
  if (row.usedAt && !usedHere) return refuseCode(ctx, accountId, 'linking.codeUsed')
  if (!row.usedAt && row.expiresAt <= ctx.now()) {
    const taken = row.personId !== null && (await isLinked(ctx, row.personId))
    return refuseCode(ctx, accountId, taken ? 'linking.personTaken' : 'linking.codeExpired')
  }
  const { id, wardId, organisationId: branchId, personId, createdBy } = row
  return ok({ id, kind, code, wardId, branchId, personId, createdBy, usedHere })
}

/** Marks the code used in the transaction of its act; false where somebody was faster or its time is over. */
export async function useCode(ctx: Context, tx: Transaction, codeId: number): Promise<boolean> {
  const { count } = await tx.accessCode.updateMany({
    where: { id: codeId, usedAt: null, expiresAt: { gt: ctx.now() } },
    data: { usedAt: ctx.now(), usedBy: ctx.actor.accountId },
  })
  return count === 1
}

/** Ends the person's open invitations: a link was made or undone, so older letters count no more. */
export async function endInvitations(ctx: Context, tx: Transaction, personId: number): Promise<void> {
  await tx.accessCode.updateMany({
    where: { kind: 'person', personId, usedAt: null, expiresAt: { gt: ctx.now() } },
    data: { expiresAt: ctx.now() },
  })
}

async function isLinked(ctx: Context, personId: number): Promise<boolean> {
  return (await ctx.db.accountLink.findFirst({ where: { personId, endedAt: null } })) !== null
}
