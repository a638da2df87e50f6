import type { Account } from '../model.ts'
import type { Room, Seat } from './room.ts'

export interface FoundSeat {
  account: Account
  label: string | null
  leading: boolean
}

/** Everybody, those with a label first and in its order. */
export async function allSeats(room: Room): Promise<FoundSeat[]> {
  const labels = (await room.options.seats?.()) ?? []
  const byAccount = new Map<number, Seat>(labels.map((seat) => [seat.account, seat]))
  const people = new Map(room.world.users().map((account) => [account.id, account]))
  const labelled = labels.flatMap(({ account: id, label, leading }) => {
    const account = people.get(id)
    return account ? [{ account, label, leading: leading === true }] : []
  })
  const others = [...people.values()]
    .filter(({ id }) => !byAccount.has(id))
    .map((account) => ({ account, label: null, leading: false }))
  return [...labelled, ...others]
}

/** People whose name, number, user name or label has all the words, in any order and without diacritics. */
export function findSeats(seats: readonly FoundSeat[], query: string): FoundSeat[] {
  const words = folded(query).split(/\s+/).filter(Boolean)
  return seats.filter(({ account, label }) => {
    const { firstName, lastName, person, username } = account
    const known = folded([firstName, lastName, person, username, label].filter(Boolean).join(' '))
    return words.every((word) => known.includes(word))
  })
}

/** Lower case, without Vietnamese diacritics. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()
}
