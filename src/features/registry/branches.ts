import { toUtcMidnight } from '../../domain/dates.ts'
import { type Sector, sectors } from '../../domain/organisations.ts'
import type { Database, Transaction } from '../../platform/database.ts'

export interface Branch {
  id: number
  wardId: number
  code: string
  name: string
  sector: Sector
}

const byCode = new Intl.Collator('vi', { numeric: true })
const shown = { id: true, wardId: true, code: true, name: true, sector: true } as const

/** The ward's branches on that day, in the order of their codes (CB2 before CB10). */
export async function branchesOf(
  db: Database | Transaction,
  wardId: number,
  on: Temporal.PlainDate,
): Promise<Branch[]> {
  const day = toUtcMidnight(on)
  const rows = await db.organisation.findMany({
    where: {
      wardId,
      kind: 'branch',
      AND: [
        { OR: [{ openedOn: null }, { openedOn: { lte: day } }] },
        { OR: [{ dissolvedOn: null }, { dissolvedOn: { gte: day } }] },
      ],
    },
    select: shown,
  })
  return rows.map(asBranch).sort((a, b) => byCode.compare(a.code, b.code))
}

/** The branch with that id, dissolved ones too. */
export async function branchOf(db: Database | Transaction, branchId: number): Promise<Branch | null> {
  const row = await db.organisation.findFirst({ where: { id: branchId, kind: 'branch' }, select: shown })
  return row && asBranch(row)
}

function asBranch(row: Omit<Branch, 'sector'> & { sector: string }): Branch {
  const known = sectors.find(({ code }) => code === row.sector)
  if (!known) throw new Error(`organisation ${row.id} has an unknown sector`)
  return { ...row, sector: known.code }
}
