import { searchKey } from '../../../domain/names.ts'
import type { Transaction } from '../../../platform/database.ts'
import type { Ledger } from './ledger.ts'
import type { PersonFacts, Plan } from './plan.ts'
import type { Register } from './register.ts'
import { inParts, known, storedOrNone } from './stored.ts'

/** Writes the people; answers with the id behind a number. */
export async function writePeople(tx: Transaction, ledger: Ledger, wardId: number, plan: Plan, { people }: Register) {
  await ledger.change(
    'Person',
    plan.changedPeople.map((facts) => ({ ...facts, searchName: searchKey(facts.fullName) })),
  )
  const created = await inParts(
    plan.newPeople.map((facts) => ({ wardId, number: facts.number, ...storedFacts(facts) })),
    (data) => tx.person.createManyAndReturn({ data, select: { id: true, number: true } }),
  )
  ledger.noteCreated(
    'Person',
    created.map(({ id }) => id),
  )
  const ids = new Map([...people.values(), ...created].map(({ number, id }) => [number, id]))
  return (number: string) => known(ids, number)
}

function storedFacts(facts: PersonFacts) {
  return {
    fullName: facts.fullName,
    searchName: searchKey(facts.fullName),
    birthOn: storedOrNone(facts.birthOn),
    birthYear: facts.birthYear,
    gender: facts.gender,
    phone: facts.phone,
    admittedOn: storedOrNone(facts.admittedOn),
    officialOn: storedOrNone(facts.officialOn),
    note: facts.note,
  }
}
