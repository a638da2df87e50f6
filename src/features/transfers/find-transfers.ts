import { fromUtcMidnight } from '../../domain/dates.ts'
import { type TransferKind, type TransferState, transferKinds, transferStates } from '../../domain/transfers.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'

type Day = Temporal.PlainDate

/** A transfer as screens and rules read it. */
export interface TransferView {
  id: number
  wardId: number
  planId: number | null
  kind: TransferKind
  state: TransferState
  person: { id: number; name: string; birthYear: number | null }
  from: { id: number; name: string }
  /** A place outside the ward has no id. */
  to: { id: number | null; name: string }
  instrument: { number: string; on: Day } | null
  effectiveOn: Day | null
  until: Day | null
  /** `yyyy-MM` */
  feesPaidThrough: string | null
  proposedOn: Day
  reviewedOn: Day | null
  introducedOn: Day | null
  presentBy: Day | null
  receivedOn: Day | null
  receivedOnBehalf: boolean
  movesOn: Day | null
  reason: string | null
}

const include = {
  person: { select: { id: true, fullName: true, birthYear: true } },
  from: { select: { id: true, name: true } },
  to: { select: { id: true, name: true } },
} as const

/** The transfers in the order in which they were written. */
export async function findTransfers(
  db: Database | Transaction,
  where: Prisma.TransferWhereInput,
): Promise<TransferView[]> {
  const rows = await db.transfer.findMany({ where, include, orderBy: { id: 'asc' } })
  return rows.map((row) => ({
    id: row.id,
    wardId: row.wardId,
    planId: row.planId,
    kind: knownOf(transferKinds, row.kind),
    state: knownOf(transferStates, row.state),
    person: { id: row.person.id, name: row.person.fullName, birthYear: row.person.birthYear },
    from: row.from,
    to: row.to ?? { id: null, name: row.toName ?? '' },
    instrument:
      row.instrumentNumber !== null && row.instrumentOn !== null
        ? { number: row.instrumentNumber, on: fromUtcMidnight(row.instrumentOn) }
        : null,
    effectiveOn: dayOf(row.effectiveOn),
    until: dayOf(row.until),
    feesPaidThrough: row.feesPaidThrough,
    proposedOn: fromUtcMidnight(row.proposedOn),
    reviewedOn: dayOf(row.reviewedOn),
    introducedOn: dayOf(row.introducedOn),
    presentBy: dayOf(row.presentBy),
    receivedOn: dayOf(row.receivedOn),
    receivedOnBehalf: row.receivedOnBehalf,
    movesOn: dayOf(row.movesOn),
    reason: row.reason,
  }))
}

export async function findTransfer(db: Database | Transaction, id: number): Promise<TransferView | null> {
  const [transfer] = await findTransfers(db, { id })
  return transfer ?? null
}

function dayOf(date: Date | null): Day | null {
  return date && fromUtcMidnight(date)
}

function knownOf<T extends string>(known: readonly T[], code: string): T {
  const found = known.find((one) => one === code)
  if (found === undefined) throw new Error(`a transfer with an unknown word: ${code}`)
  return found
}
