import type { Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import { numberIn } from '../../telegram/button-data.ts'
import type { Chat } from '../../telegram/turn.ts'
import { branchOf } from '../registry/index.ts'
import { leaveFor } from './leave.ts'

/** What a group stands for: one of the branches, or the ward itself, whose group is that of its leaders. */
export type PlaceKey = { branchId: number } | { wardId: number }

export interface Place {
  wardId: number
  /** Null for the ward itself. */
  branchId: number | null
  name: string
}

/** The place with that key, or null where there is none. */
export async function placeOf(db: Database | Transaction, key: PlaceKey): Promise<Place | null> {
  if ('branchId' in key) {
    const branch = await branchOf(db, key.branchId)
    return branch && { wardId: branch.wardId, branchId: branch.id, name: branch.name }
  }
  const ward = await db.ward.findUnique({ where: { id: key.wardId }, select: { id: true, name: true } })
  return ward && { wardId: ward.id, branchId: null, name: ward.name }
}

/** The columns of a group's link that say what it stands for. */
export function columnsOf({ wardId, branchId }: Pick<Place, 'wardId' | 'branchId'>) {
  return branchId === null ? { wardId, organisationId: null } : { wardId: null, organisationId: branchId }
}

/** What to load with a group's link to know its place. */
export const withPlace = {
  organisation: { select: { name: true, wardId: true } },
  ward: { select: { name: true } },
} as const

/** The place that a link stands for, loaded with {@link withPlace}. */
export function placeOfLink(link: {
  organisationId: number | null
  wardId: number | null
  organisation: { name: string; wardId: number } | null
  ward: { name: string } | null
}): Place {
  const { organisation, organisationId, ward, wardId } = link
  if (organisation) return { wardId: organisation.wardId, branchId: organisationId, name: organisation.name }
  if (ward && wardId !== null) return { wardId, branchId: null, name: ward.name }
  throw new Error('a group stands for nothing')
}

/** The place that a chat stands for, if any. */
export function placeOfChat({ branch, ward }: Pick<Chat, 'branch' | 'ward'>): Place | null {
  if (branch) return { wardId: branch.wardId, branchId: branch.id, name: branch.name }
  return ward && { wardId: ward.id, branchId: null, name: ward.name }
}

/** Whether the actor may connect and disconnect the place's group. The ward's own is for those who keep its registry. */
export function leaveToConnect(ctx: Context, place: Place): Result<true> {
  return leaveFor(ctx, 'link.group', targetOf(place))
}

/** The place as the table of permissions knows it. */
export function targetOf({ wardId, branchId }: Pick<Place, 'wardId' | 'branchId'>) {
  return branchId === null ? { wardId } : { wardId, branchId }
}

/** The key in a button or an open form: a branch's number, or `ward` for the ward of whoever presses it. */
export function writeKey({ branchId }: Pick<Place, 'branchId'>): string {
  return branchId === null ? 'ward' : String(branchId)
}

export function readKey(ctx: Context, written: unknown): PlaceKey {
  if (written === 'ward') return { wardId: ctx.actor.wardId ?? 0 }
  return { branchId: numberIn(String(written)) }
}
