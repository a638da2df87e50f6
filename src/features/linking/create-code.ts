import type { Context } from '../../platform/context.ts'
import type { Transaction } from '../../platform/database.ts'
import { hashCode, newCode } from './codes.ts'

/** What a code opens; a group code is used at once, so it lives for a day only. */
export const codeKinds = ['start', 'officer', 'operator', 'group', 'person'] as const
export type CodeKind = (typeof codeKinds)[number]

const hour = 3_600_000
const lifetimes: Readonly<Record<CodeKind, number>> = {
  start: 7 * 24 * hour,
  officer: 7 * 24 * hour,
  operator: 7 * 24 * hour,
  group: 24 * hour,
  person: 7 * 24 * hour,
}

/** When a code of that kind that is made now stops being accepted. */
export function expiryOf(kind: CodeKind, now: Date): Date {
  return new Date(now.getTime() + lifetimes[kind])
}

interface CodeSubject {
  wardId?: number
  organisationId?: number
  personId?: number
}

/** Writes a new code for each subject, by its hash, and answers with the codes themselves, which are kept nowhere. */
export async function createCodes(
  ctx: Context,
  tx: Transaction,
  kind: CodeKind,
  subjects: readonly CodeSubject[],
): Promise<string[]> {
  const codes = subjects.map(() => newCode())
  await tx.accessCode.createMany({
    data: codes.map((code, index) => ({
      kind,
      hash: hashCode(code),
      ...subjects[index],
      createdBy: ctx.actor.accountId,
      createdAt: ctx.now(),
      expiresAt: expiryOf(kind, ctx.now()),
    })),
  })
  return codes
}

export async function createCode(ctx: Context, tx: Transaction, kind: CodeKind, subject: CodeSubject): Promise<string> {
  const [code] = await createCodes(ctx, tx, kind, [subject])
  if (code === undefined) throw new Error('no code was made')
  return code
}
