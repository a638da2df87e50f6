import type { Transaction } from '../../../platform/database.ts'
import { type Ledger, overwrite } from './ledger.ts'
import type { BranchFacts, GroupFacts, Plan } from './plan.ts'
import type { Register } from './register.ts'
import { inParts, known, storedOrNone } from './stored.ts'

/** Writes kinds and organisations, a parent before what hangs under it; answers with the id behind a code. */
export async function writeBranches(tx: Transaction, ledger: Ledger, wardId: number, plan: Plan, register: Register) {
  const newKinds = await tx.organisationKind.createManyAndReturn({
    data: plan.newKinds.map((kind) => ({ wardId, ...kind })),
    select: { id: true, name: true },
  })
  ledger.noteCreated(
    'OrganisationKind',
    newKinds.map(({ id }) => id),
  )
  const kindIds = new Map([...register.kinds, ...newKinds].map(({ name, id }) => [name, id]))
  const asRow = ({ kindName, parentCode, ...facts }: BranchFacts) => ({
    ...facts,
    namedKindId: kindName === null ? null : known(kindIds, kindName),
  })
  const created = await inParts(
    plan.newBranches.map(({ code, ...facts }) => {
      const row = asRow(facts)
      return {
        ...row,
        wardId,
        code,
        openedOn: storedOrNone(row.openedOn),
        dissolvedOn: storedOrNone(row.dissolvedOn),
      }
    }),
    (data) => tx.organisation.createManyAndReturn({ data, select: { id: true, code: true } }),
  )
  ledger.noteCreated(
    'Organisation',
    created.map(({ id }) => id),
  )
  const ids = new Map([...register.branches.values(), ...created].map(({ code, id }) => [code, id]))
  const idOf = (code: string) => known(ids, code)
  const parentIdOf = ({ parentCode }: BranchFacts) => (parentCode === null ? null : idOf(parentCode))
  await ledger.change(
    'Organisation',
    plan.changedBranches.map(({ id, ...facts }) => ({ id, ...asRow(facts), parentId: parentIdOf(facts) })),
  )
  await overwrite(
    tx,
    'Organisation',
    plan.newBranches
      .filter(({ parentCode }) => parentCode !== null)
      .map((facts) => ({ id: idOf(facts.code), parentId: parentIdOf(facts) })),
  )
  return idOf
}

export async function writeGroups(
  tx: Transaction,
  ledger: Ledger,
  wardId: number,
  plan: Plan,
  branchId: (code: string) => number,
): Promise<void> {
  const asRow = ({ name, branchCode, households, residents }: GroupFacts) => ({
    name,
    organisationId: branchCode === null ? null : branchId(branchCode),
    households,
    residents,
  })
  await ledger.change(
    'ResidentialGroup',
    plan.changedGroups.map((group) => ({ id: group.id, ...asRow(group) })),
  )
  const created = await tx.residentialGroup.createManyAndReturn({
    data: plan.newGroups.map((group) => ({ wardId, ...asRow(group) })),
    select: { id: true },
  })
  ledger.noteCreated(
    'ResidentialGroup',
    created.map(({ id }) => id),
  )
}
