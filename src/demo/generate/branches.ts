import type { Sector } from '../../domain/organisations.ts'

export interface Branch {
  readonly code: string
  readonly name: string
  readonly sector: Sector
  readonly foundedOn: Temporal.PlainDate
}

/** A branch to be peopled: how many members it has, cadres included. */
interface BranchPlan extends Branch {
  readonly size: number
}

const residentialSizes = [62, 51, 48, 66, 57, 44, 71, 53, 58]
const others: readonly (readonly [string, Sector, string, number])[] = [
  ['Chi bộ Công an phường', 'police', '2011-03-01', 38],
  ['Chi bộ Trường Mầm non Liên Hoa', 'school', '2006-09-05', 16],
  ['Chi bộ Trường Mầm non Nắng Mai', 'school', '2014-08-20', 23],
  ['Chi bộ Trường Tiểu học Liên Hoa', 'school', '1998-09-05', 21],
  ['Chi bộ Trường THCS Liên Hoa', 'school', '1998-09-05', 20],
  ['Chi bộ Trường THCS Bến Sen', 'school', '2017-08-15', 14],
]

/** Nine residential branches, one of the police and five of schools: 642 members in all. The schools are invented. */
export function planBranches(): readonly BranchPlan[] {
  const residential = residentialSizes.map((size, index) => ({
    name: `Chi bộ tổ dân phố số ${index + 1}`,
    sector: 'residential' as const,
    foundedOn: Temporal.PlainDate.from({ year: 2004 + (index % 4), month: 1 + index, day: 15 }),
    size,
  }))
  const elsewhere = others.map(([name, sector, day, size]) => ({
    name,
    sector,
    foundedOn: Temporal.PlainDate.from(day),
    size,
  }))
  return [...residential, ...elsewhere].map((branch, index) => ({
    code: `CB${String(index + 1).padStart(2, '0')}`,
    ...branch,
  }))
}
