import type { Database } from '../../platform/database.ts'
import { deliveryStates } from '../../platform/outbox.ts'
import type { DeliveryState } from './branch-status.ts'
import { type Handed, handedOf } from './handed.ts'
import { personalViews } from './personal-view.ts'

/** How far a person is with a notice that was meant for them. */
export interface PersonStatus {
  readonly personalId: number
  readonly personId: number
  readonly fullName: string
  readonly seenAt: Date | null
  readonly confirmedAt: Date | null
  /** A later notice has taken its place. */
  readonly replaced: boolean
  readonly delivery: DeliveryState
  readonly handed: Handed | null
}

/** Those for whom an issue was meant, by given name. */
export async function peopleStatus(db: Database, issueId: number): Promise<PersonStatus[]> {
  const views = await personalViews(db, { issueId })
  if (views.length === 0) return []
  const states = await deliveryStates(
    db,
    views.flatMap(({ deliveryId }) => deliveryId ?? []),
  )
  const handed = await db.noticeHandover.findMany({ where: { personal: { issueId } } })
  return views.map((view) => ({
    personalId: view.personalId,
    personId: view.personId,
    fullName: view.fullName,
    seenAt: view.seenAt,
    confirmedAt: view.confirmedAt,
    replaced: view.correctedBy !== null,
    delivery: stateOf(view.deliveryId === null ? undefined : states.get(view.deliveryId)?.state),
    handed: handedOf(handed.find(({ personalId }) => personalId === view.personalId)),
  }))
}

/** Whether the person is still to confirm. */
export function isAwaited({ confirmedAt, replaced, handed }: PersonStatus): boolean {
  return confirmedAt === null && !replaced && handed === null
}

/** Whether the ward has to hand it over: there is no chat, or the chat was lost. */
export function needsHand(person: PersonStatus): boolean {
  return isAwaited(person) && (person.delivery === 'paper' || person.delivery === 'failed')
}

function stateOf(state: string | undefined): DeliveryState {
  if (state === undefined) return 'paper'
  if (state === 'sent' || state === 'failed' || state === 'unknown') return state
  return 'waiting'
}
