import type { Level } from '../../domain/packs/schema.ts'
import { levels } from '../../domain/packs/schema.ts'
import type { Period } from '../../domain/period.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { printedNumber } from './issue-number.ts'

/** Of these people, those who have a result of the period in force, each with the printed number of its notice. */
export async function numbersInForce(
  { db, texts }: Pick<Context, 'texts'> & { db: Database | Transaction },
  period: Period,
  personIds: readonly number[],
): Promise<Map<number, string>> {
  const rows = await db.noticeEntry.findMany({
    where: { period, inForce: true, personId: { in: [...personIds] } },
    select: { personId: true, issue: { select: { number: true } } },
  })
  return new Map(rows.map(({ personId, issue }) => [personId, printedNumber(texts, issue.number ?? 0)]))
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
