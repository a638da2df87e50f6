import type { Member } from './members.ts'
import type { Random } from './random.ts'

type Day = Temporal.PlainDate
type Person = Omit<Member, 'number' | 'phone' | 'hasSmartphone'>

const probationaryCount = 19
const exemptCount = 14
const suspendedCount = 2
const sharedNameCount = 6

/** Makes a few people probationary (admitted within the year), exempt (over eighty) or suspended, never a cadre. */
export function giveStatuses(random: Random, people: readonly Person[], today: Day): Person[] {
  const order = random.shuffle(people.filter((person) => !person.cadre))
  const age = (person: Person) => person.birthDate.until(today, { largestUnit: 'years' }).years
  const probationary = new Set(order.filter((person) => age(person) < 50).slice(0, probationaryCount))
  const exempt = new Set(order.filter((person) => age(person) >= 80).slice(0, exemptCount))
  const suspended = new Set(order.filter((person) => age(person) >= 50 && age(person) < 75).slice(0, suspendedCount))
  return people.map((person) => {
    if (exempt.has(person)) return { ...person, status: 'exempt' }
    if (suspended.has(person)) return { ...person, status: 'suspended' }
    if (!probationary.has(person)) return person
    const admittedOn = today.subtract({ days: random.int(20, 340) })
    return { ...person, status: 'probationary', officialOn: null, admittedOn, joinedBranchOn: admittedOn }
  })
}

/** Gives some people the name of another, as every ward has them: the first two within one branch. */
export function shareNames(random: Random, people: readonly Person[]): Person[] {
  const ordinary = random.shuffle(people.filter((person) => !person.cadre && person.status === 'official'))
  const renamed = new Map<Person, string>()
  for (const person of ordinary.slice(0, sharedNameCount)) {
    const sameBranch = renamed.size < 2
    const namesake = ordinary.find(
      (other, index) =>
        index >= sharedNameCount &&
        other.gender === person.gender &&
        (other.branchCode === person.branchCode) === sameBranch &&
        ![...renamed.values()].includes(other.name),
    )
    if (namesake) renamed.set(person, namesake.name)
  }
  return people.map((person) => ({ ...person, name: renamed.get(person) ?? person.name }))
}
