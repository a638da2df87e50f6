import { dayAt } from '../../domain/dates.ts'
import type { Evaluation } from '../../domain/evaluation.ts'
import type { Level } from '../../domain/packs/schema.ts'
import { levels } from '../../domain/packs/schema.ts'
import type { Period } from '../../domain/period.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { numberOf, numberParts, printedNumber } from './issue-number.ts'

/** A person's result of a period as it is in force. */
export interface ResultInForce extends Evaluation {
  readonly entryId: number
  /** The branch that it was meant for; null where the person had none. */
  readonly branchId: number | null
  readonly issuedOn: Temporal.PlainDate
  readonly remark: string | null
  /** The printed number of its notice. */
  readonly number: string
}

/** Of these people, those who have a result of the period in force, with that result. */
export async function inForceOf(
  { db, texts }: Pick<Context, 'texts'> & { db: Database | Transaction },
  period: Period,
  personIds: readonly number[],
): Promise<Map<number, ResultInForce>> {
  const rows = await db.noticeEntry.findMany({
    where: { period, inForce: true, personId: { in: [...personIds] } },
    include: { issue: { select: { ...numberParts, issuedAt: true, createdAt: true } } },
  })
  return new Map(
    rows.map(({ id, personId, branchId, level, score, grade, disqualifier, remark, issue }) => [
      personId,
      {
        entryId: id,
        branchId,
        issuedOn: dayAt(issue.issuedAt ?? issue.createdAt),
        remark,
        level: asLevel(level),
        ...(score === null ? {} : { score }),
        ...(grade === null ? {} : { grade }),
        ...(disqualifier === null ? {} : { disqualifier }),
        number: printedNumber(texts, numberOf(issue)),
      },
    ]),
  )
}

/** The results of the period that are in force in the ward: whose, and which level. */
export async function resultsInForce(
  db: Database | Transaction,
  wardId: number,
  period: string,
): Promise<{ personId: number; level: Level }[]> {
  const rows = await db.noticeEntry.findMany({
    where: { period, inForce: true, issue: { wardId } },
    select: { personId: true, level: true },
  })
  return rows.map(({ personId, level }) => ({ personId, level: asLevel(level) }))
}

/** A level as it is stored. */
export function asLevel(stored: string): Level {
  const level = levels.find((one) => one === stored)
  if (!level) throw new Error(`an unknown level is stored: ${stored}`)
  return level
}
