import { searchKey } from '../../../domain/names.ts'
import type { Transaction } from '../../../platform/database.ts'
import type { PersonFacts, Plan } from './plan.ts'
import { type Register, stored } from './register.ts'
import type { Day } from './rows.ts'

/** Rows in one statement: a statement holds at most 32,766 values. */
const rowsAtOnce = 1_000

/** Writes a plan in the given transaction. What ends is ended before what follows it begins, as the constraints ask. */
export async function writePlan(tx: Transaction, wardId: number, plan: Plan, register: Register): Promise<void> {
  const branchId = await writeBranches(tx, wardId, plan, register)
  const personId = await writePeople(tx, wardId, plan, register)
  for (const [to, id] of byDay(plan.endedMemberships, ({ to }) => to))
    await tx.membership.updateMany({ where: { id }, data: { to, reason: 'moved' } })
  for (const [from, id] of byDay(plan.correctedMemberships, ({ from }) => from))
    await tx.membership.updateMany({ where: { id }, data: { from } })
  for (const [to, id] of byDay(plan.endedStatuses, ({ to }) => to))
    await tx.memberStatus.updateMany({ where: { id }, data: { to } })
  for (const [to, id] of byDay(plan.endedCadres, ({ to }) => to))
    await tx.cadre.updateMany({ where: { id }, data: { to } })
  for (const { id, title, from, to } of plan.changedPositions)
    await tx.position.update({ where: { id }, data: { title, from: stored(from), to: storedOrNone(to) } })
  await inParts(
    plan.newMemberships,
    ({ number, branchCode, from }) => ({
      personId: personId(number),
      organisationId: branchId(branchCode),
      from: stored(from),
    }),
    (data) => tx.membership.createMany({ data }),
  )
  await inParts(
    plan.newStatuses,
    ({ number, kind, from }) => ({
      personId: personId(number),
      kind,
      from: stored(from),
    }),
    (data) => tx.memberStatus.createMany({ data }),
  )
  await inParts(
    plan.newCadres,
    ({ number, office, job, from }) => ({
      personId: personId(number),
      office,
      job,
      from: stored(from),
    }),
    (data) => tx.cadre.createMany({ data }),
  )
  await inParts(
    plan.newPositions,
    ({ number, branchCode, post, title, from, to }) => ({
      wardId,
      personId: personId(number),
      organisationId: branchCode === null ? null : branchId(branchCode),
      post,
      title,
      from: stored(from),
      to: storedOrNone(to),
    }),
    (data) => tx.position.createMany({ data }),
  )
}

/** Writes the branches; answers with the id behind a code. */
async function writeBranches(tx: Transaction, wardId: number, plan: Plan, { branches }: Register) {
  for (const { id, openedOn, ...facts } of plan.changedBranches)
    await tx.organisation.update({ where: { id }, data: { ...facts, openedOn: storedOrNone(openedOn) } })
  const created = await inParts(
    plan.newBranches,
    ({ openedOn, ...facts }) => ({
      ...facts,
      wardId,
      kind: 'branch',
      openedOn: storedOrNone(openedOn),
    }),
    (data) => tx.organisation.createManyAndReturn({ data, select: { id: true, code: true } }),
  )
  const ids = new Map([...branches.values(), ...created.flat()].map(({ code, id }) => [code, id]))
  return (code: string) => known(ids, code)
}

/** Writes the people; answers with the id behind a number. */
async function writePeople(tx: Transaction, wardId: number, plan: Plan, { people }: Register) {
  for (const { id, ...facts } of plan.changedPeople) await tx.person.update({ where: { id }, data: storedFacts(facts) })
  const created = await inParts(
    plan.newPeople,
    ({ number, ...facts }) => ({ wardId, number, ...storedFacts(facts) }),
    (data) => tx.person.createManyAndReturn({ data, select: { id: true, number: true } }),
  )
  const ids = new Map([...people.values(), ...created.flat()].map(({ number, id }) => [number, id]))
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

function storedOrNone(day: Day | null): Date | null {
  return day === null ? null : stored(day)
}

function known(ids: ReadonlyMap<string, number>, key: string): number {
  const id = ids.get(key)
  if (id === undefined) throw new Error(`an import refers to ${key}, which it does not write`)
  return id
}

/** Rows that get the same day are written together. */
function byDay<T extends { id: number }>(rows: readonly T[], dayOf: (row: T) => Day): [Date, { in: number[] }][] {
  return [...Map.groupBy(rows, dayOf)].map(([day, same]) => [stored(day), { in: same.map(({ id }) => id) }])
}

async function inParts<T, D, R>(
  rows: readonly T[],
  data: (row: T) => D,
  write: (part: D[]) => Promise<R>,
): Promise<R[]> {
  const results: R[] = []
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    results.push(await write(rows.slice(at, at + rowsAtOnce).map(data)))
  }
  return results
}
