import type { Transaction } from '../../../platform/database.ts'
import type { Held } from './history.ts'
import { type ImportRecord, Ledger, type RegistryTable } from './ledger.ts'
import type { Plan, Stretches } from './plan.ts'
import { type Register, stored } from './register.ts'
import { inParts, storedOrNone } from './stored.ts'
import { writeBranches, writeGroups } from './write-branches.ts'
import { writePeople } from './write-people.ts'

/** Writes a plan in the given transaction. Answers with what it takes to undo it. */
export async function writePlan(
  tx: Transaction,
  wardId: number,
  plan: Plan,
  register: Register,
  now: Date,
): Promise<ImportRecord> {
  const ledger = new Ledger(tx)
  const branchId = await writeBranches(tx, ledger, wardId, plan, register)
  await writeGroups(tx, ledger, wardId, plan, branchId)
  const personId = await writePeople(tx, ledger, wardId, plan, register)
  const writing = { ledger, personId }
  await writeStretches(writing, 'Membership', plan.memberships, {
    asRow: ({ branchCode, kind, reason }) => ({ organisationId: branchId(branchCode), kind, reason }),
    create: (data) => tx.membership.createManyAndReturn({ data, select: { id: true } }),
  })
  await writeStretches(writing, 'MemberStatus', plan.statuses, {
    asRow: ({ kind }) => ({ kind }),
    create: (data) => tx.memberStatus.createManyAndReturn({ data, select: { id: true } }),
  })
  await writeStretches(writing, 'Cadre', plan.cadres, {
    asRow: ({ office, job }) => ({ office, job }),
    create: (data) => tx.cadre.createManyAndReturn({ data, select: { id: true } }),
  })
  await writeStretches(writing, 'Position', plan.positions, {
    asRow: ({ branchCode, post, title }) => ({
      wardId,
      organisationId: branchCode === null ? null : branchId(branchCode),
      post,
      title,
    }),
    create: (data) => tx.position.createManyAndReturn({ data, select: { id: true } }),
  })
  await writeStretches(writing, 'ResidenceLiaison', plan.liaisons, {
    asRow: ({ branchCode, workplace, exempt }) => ({
      organisationId: branchId(branchCode),
      workplace,
      commentExempt: exempt,
    }),
    create: (data) => tx.residenceLiaison.createManyAndReturn({ data, select: { id: true } }),
  })
  await writeComments(tx, ledger, plan, personId, now)
  return ledger.close()
}

/** How the stretches of one table are written. */
interface Writing<F, R> {
  asRow(held: Held<F>): R
  create(data: (R & { personId: number; from: Date; to: Date | null })[]): Promise<{ id: number }[]>
}

/** What ends is written before what goes on, as the indexes of what is open ask. */
async function writeStretches<F, R extends object>(
  { ledger, personId }: { ledger: Ledger; personId: (number: string) => number },
  table: RegistryTable,
  stretches: Stretches<F>,
  { asRow, create }: Writing<F, R>,
): Promise<void> {
  const changed = (isOpen: boolean) => stretches.changed.filter(({ to }) => (to === null) === isOpen)
  for (const part of [changed(false), changed(true)]) {
    const rows = part.map((held) => ({ id: held.id, ...asRow(held), from: held.from, to: held.to }))
    await ledger.change(table, rows)
  }
  const data = stretches.new.map((held) => ({
    ...asRow(held),
    personId: personId(held.number),
    from: stored(held.from),
    to: storedOrNone(held.to),
  }))
  const created = await inParts(data, create)
  ledger.noteCreated(
    table,
    created.map(({ id }) => id),
  )
  for (const { number } of [...stretches.new, ...stretches.changed]) ledger.people.add(personId(number))
}

async function writeComments(
  tx: Transaction,
  ledger: Ledger,
  plan: Plan,
  personId: (number: string) => number,
  now: Date,
): Promise<void> {
  await ledger.change('ResidenceComment', plan.changedComments)
  if (plan.newComments.length === 0) return
  const liaisons = await tx.residenceLiaison.findMany({
    where: { personId: { in: plan.newComments.map(({ number }) => personId(number)) } },
  })
  const liaisonOf = ({ number, liaisonFrom }: Plan['newComments'][number]) => {
    const id = personId(number)
    const found = liaisons.find((one) => one.personId === id && one.from.getTime() === stored(liaisonFrom).getTime())
    if (!found) throw new Error(`a comment on ${number} belongs to no liaison`)
    return found.id
  }
  const created = await tx.residenceComment.createManyAndReturn({
    data: plan.newComments.map((one) => ({ liaisonId: liaisonOf(one), year: one.year, text: one.text, at: now })),
    select: { id: true },
  })
  ledger.noteCreated(
    'ResidenceComment',
    created.map(({ id }) => id),
  )
}
