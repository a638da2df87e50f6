import { dayAt } from '../../domain/dates.ts'
import type { Transaction } from '../../platform/database.ts'
import type { Texts } from '../../platform/texts.ts'

/** An issue's number in its year, and how the ward wrote its numbers on that day; null for the usual form. */
export interface IssueNumber {
  readonly count: number
  readonly form: string | null
}

/** Lets one issue of the ward be made at a time, until the transaction ends: numbers and months are given once. */
export async function lockIssuing(tx: Transaction, wardId: number): Promise<void> {
  await tx.$queryRaw`SELECT "id" FROM "Ward" WHERE "id" = ${wardId} FOR NO KEY UPDATE`
}

/**
 * The next number of the ward in the year of that moment, and the form in which the ward has it printed. The caller holds
 * {@link lockIssuing}.
 */
export async function nextNumber(
  tx: Transaction,
  wardId: number,
  now: Date,
): Promise<{ year: number; number: number; numberForm: string | null }> {
  const { year } = dayAt(now)
  const last = await tx.noticeIssue.aggregate({ where: { wardId, year }, _max: { number: true } })
  const settings = await tx.noticeSettings.findUnique({ where: { wardId }, select: { numberForm: true } })
  return { year, number: (last._max.number ?? 0) + 1, numberForm: settings?.numberForm ?? null }
}

/** What has to be read of an issue to print its number. */
export const numberParts = { number: true, numberForm: true } as const

export interface NumberParts {
  readonly number: number | null
  readonly numberForm: string | null
}

export function numberOf({ number, numberForm }: NumberParts): IssueNumber {
  return { count: number ?? 0, form: numberForm }
}

/** `07-TB/ĐU`, as papers of the ward committee are numbered, or as the ward has chosen. */
export function printedNumber(texts: Texts, { count, form }: IssueNumber): string {
  const number = String(count).padStart(2, '0')
  return form === null ? texts('notices:number', { number }) : form.replace('…', number)
}

/** The numbers of several issues, each once, in their order. */
export function printedNumbers(texts: Texts, numbers: readonly IssueNumber[]): string {
  const sorted = numbers.toSorted((a, b) => a.count - b.count)
  return [...new Set(sorted.map((number) => printedNumber(texts, number)))].join(', ')
}
