import { PeopleError } from '../errors.ts'
import type { Account } from '../model.ts'
import { nameOf } from '../world/showing.ts'
import type { Room, Seat } from './room.ts'
import { texts } from './texts.ts'

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

/**
 * People whose name, number, user name or label has all the words, in any order and without diacritics. Those of whom
 * one of these is just what was asked come first, then those who have the words as they stand.
 */
export function findSeats(seats: readonly FoundSeat[], query: string): FoundSeat[] {
  const words = plain(query).split(' ')
  const phrase = words.join(' ')
  const closeness = ({ account, label }: FoundSeat): number => {
    const known = [nameOf(account), account.person, account.username, label].map((field) => plain(field ?? ''))
    const all = known.join(' ')
    if (!words.every((word) => all.includes(word))) return 0
    return known.includes(phrase) ? 3 : all.includes(phrase) ? 2 : 1
  }
  return seats
    .map((seat) => ({ seat, close: closeness(seat) }))
    .filter(({ close }) => close > 0)
    .toSorted((a, b) => b.close - a.close)
    .map(({ seat }) => seat)
}

function plain(text: string): string {
  return folded(text)
    .replace(/[\s,]+/g, ' ')
    .trim()
}

/** Lower case, without Vietnamese diacritics. */
export function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()
}

/** The one person that each of the names (or numbers) can mean. */
export async function peopleNamed(room: Room, names: readonly string[]): Promise<number[]> {
  const seats = await allSeats(room)
  return names.map((name) => personNamed(seats, name.trim()))
}

function personNamed(seats: readonly FoundSeat[], words: string): number {
  const found = words === '' ? [] : findSeats(seats, words)
  const exact = found.filter(({ account }) => nameOf(account) === words || account.person === words)
  const [only, ...others] = exact.length > 0 ? exact : found
  if (!only) throw new PeopleError('person.unknown', texts.info.noSuchPerson(words), 404)
  if (others.length > 0) {
    const names = [only, ...others].slice(0, 3).map(({ account }) => nameOf(account))
    throw new PeopleError('person.several', texts.info.severalPeople(names.join(', ')), 409)
  }
  return only.account.id
}
