import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareGroup, type GroupFacts, holdsNews } from '../../src/domain/strangers.ts'

const facts: GroupFacts = {
  inside: [1n, 2n, 3n],
  memberCount: 4,
  personOf: new Map([
    [1n, 11],
    [2n, 12],
    [3n, 13],
  ]),
  members: new Set([11, 12, 13]),
  formerMembers: new Set([11, 12, 13]),
  entitled: new Set(),
}

test('a group in which everybody is a member and the count agrees holds nobody unknown', () => {
  expect(compareGroup(facts)).toEqual({ strangers: [], movedAway: [], missing: [], unseen: 0 })
})

test('an account that nobody has linked is a stranger, one of another branch too, one who moved away is named as such', () => {
  const compared = compareGroup({
    ...facts,
    inside: [1n, 2n, 3n, 4n, 5n],
    memberCount: 6,
    personOf: new Map([...facts.personOf, [5n, 99]]),
    members: new Set([11, 12]),
  })
  expect(compared).toEqual({ strangers: [4n, 5n], movedAway: [13], missing: [], unseen: 0 })
})

test('whoever may know the branch without belonging to it is no stranger, also after moving away', () => {
  const compared = compareGroup({ ...facts, members: new Set([11, 12]), entitled: new Set([3n]) })
  expect(compared).toMatchObject({ strangers: [], movedAway: [] })
})

test('whoever Telegram counts beyond those the bot knows is unseen; a count that is too low makes nobody so', () => {
  expect(compareGroup({ ...facts, memberCount: 9 }).unseen).toBe(5)
  expect(compareGroup({ ...facts, memberCount: 2 }).unseen).toBe(0)
})

test('a member with an account who is not inside is missing', () => {
  expect(compareGroup({ ...facts, inside: [1n], memberCount: 2 }).missing).toEqual([12, 13])
})

test('everybody inside is exactly one of member, entitled, stranger or moved away', () => {
  const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 20 }))
  const property = fc.property(numbers, numbers, numbers, numbers, (inside, members, former, entitled) => {
    const personOf = new Map(inside.filter((id) => id % 3 > 0).map((id) => [BigInt(id), id]))
    const compared = compareGroup({
      inside: inside.map(BigInt),
      memberCount: inside.length + 1,
      personOf,
      members: new Set(members),
      formerMembers: new Set(former),
      entitled: new Set(entitled.map(BigInt)),
    })
    const fine = inside.filter((id) => (id % 3 > 0 && members.includes(id)) || entitled.includes(id))
    expect(fine.length + compared.strangers.length + compared.movedAway.length).toBe(inside.length)
  })
  fc.assert(property)
})

test('only somebody new is news: fewer of them are not, the same are not', () => {
  const before = { strangers: [4n], movedAway: [13], missing: [12], unseen: 3 }
  expect(holdsNews(before, before)).toBe(false)
  expect(holdsNews({ strangers: [], movedAway: [], missing: [], unseen: 1 }, before)).toBe(false)
  expect(holdsNews({ ...before, strangers: [4n, 5n] }, before)).toBe(true)
  expect(holdsNews({ ...before, missing: [14] }, before)).toBe(true)
  expect(holdsNews({ ...before, unseen: 4 }, before)).toBe(true)
})
