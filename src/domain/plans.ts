import { monthOf, type Period, previous } from './period.ts'

/** The criteria of HD 21-HD/BTCTW (2019) by which a plan of self-cultivation is grouped. */
export const planGroups = ['thought', 'ethics', 'discipline', 'style', 'results', 'shortcomings'] as const
export type PlanGroup = (typeof planGroups)[number]
export const progressStatuses = ['done', 'doing', 'notDone'] as const
export type ProgressStatus = (typeof progressStatuses)[number]

const firstDayOfReport = 20
/** Of the month after. */
export const lastDayOfReport = 10

/**
 * The month of which members now say how their items stand: from its 20th until the 10th of the next. Between the 11th and
 * the 19th there is none.
 */
export function monthToReport(today: Temporal.PlainDate): Period | null {
  const month = monthOf(today)
  if (today.day >= firstDayOfReport) return month
  return today.day <= lastDayOfReport ? previous(month) : null
}

/** Whether a year's plan can still be written: the years that are over are closed. */
export function isYearOpen(year: number, today: Temporal.PlainDate): boolean {
  return year >= today.year && year <= today.year + 1
}

/** An item of a plan with what has been said of it, by month. */
export interface FollowedItem {
  readonly progress: readonly { readonly month: string; readonly status: ProgressStatus }[]
}

/** Whether an item still needs a word for that month: it has none, and was not fulfilled before. */
export function needsReport({ progress }: FollowedItem, month: Period): boolean {
  return !progress.some((one) => one.month === month || (one.month < month && one.status === 'done'))
}

/** How an item stands: by the last month of which something was said. */
export function standsAs({ progress }: FollowedItem): ProgressStatus | null {
  return [...progress].sort((a, b) => a.month.localeCompare(b.month)).at(-1)?.status ?? null
}
