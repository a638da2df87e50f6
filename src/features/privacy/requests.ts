import { type RequestKind, requestKinds } from '../../domain/data-requests.ts'
import { fromUtcMidnight } from '../../domain/dates.ts'
import type { Database, Transaction } from '../../platform/database.ts'

export interface RequestView {
  id: number
  wardId: number
  personId: number
  fullName: string
  kind: RequestKind
  text: string
  answerDueOn: Temporal.PlainDate
  doneDueOn: Temporal.PlainDate
  state: string
  isAnswered: boolean
  isExtended: boolean
  isEntered: boolean
}

export async function findRequest(db: Database | Transaction, id: number): Promise<RequestView | null> {
  const row = await db.dataRequest.findUnique({ where: { id }, include: { person: true } })
  return row && viewOf(row)
}

/** The open ones of a ward, the most urgent first. */
export async function openRequests(db: Database | Transaction, wardId: number): Promise<RequestView[]> {
  const rows = await db.dataRequest.findMany({
    where: { wardId, state: 'open' },
    include: { person: true },
    orderBy: [{ doneDueOn: 'asc' }, { id: 'asc' }],
  })
  return rows.map(viewOf)
}

interface Row {
  id: number
  wardId: number
  personId: number
  kind: string
  text: string
  answerDueOn: Date
  doneDueOn: Date
  state: string
  answeredAt: Date | null
  extendedAt: Date | null
  enteredById: bigint | null
  person: { fullName: string }
}

function viewOf({ person, answeredAt, extendedAt, enteredById, ...row }: Row): RequestView {
  const { id, wardId, personId, text, state } = row
  return {
    id,
    wardId,
    personId,
    text,
    state,
    fullName: person.fullName,
    kind: requestKinds.find((kind) => kind === row.kind) ?? 'correction',
    answerDueOn: fromUtcMidnight(row.answerDueOn),
    doneDueOn: fromUtcMidnight(row.doneDueOn),
    isAnswered: answeredAt !== null,
    isExtended: extendedAt !== null,
    isEntered: enteredById !== null,
  }
}
