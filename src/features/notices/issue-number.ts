import { dayAt } from '../../domain/dates.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Texts } from '../../platform/texts.ts'

/** Lets one issue of the ward be made at a time, until the transaction ends: numbers and months are given once. */
export async function lockIssuing(tx: Transaction, wardId: number): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "Ward" WHERE "id" = ${wardId} FOR NO KEY UPDATE`
}

/** The next number of the ward in the year of that moment. The caller holds {@link lockIssuing}. */
export async function nextNumber(
  tx: Transaction,
  wardId: number,
  now: Date,
): Promise<{ year: number; number: number }> {
  const { year } = dayAt(now)
  const last = await tx.noticeIssue.aggregate({ where: { wardId, year }, _max: { number: true } })
  return { year, number: (last._max.number ?? 0) + 1 }
}

/** `07-TB/ĐU`, as papers of the ward committee are numbered. */
export function printedNumber(texts: Texts, number: number): string {
  return texts('notices:number', { number: String(number).padStart(2, '0') })
}
