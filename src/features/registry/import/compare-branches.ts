import type { Comparing, RowKind } from './compare.ts'
import { branchSheet } from './layout.ts'
import type { BranchRow } from './rows.ts'

/** A branch that is new, renamed, or as it was. Two branches never share a name: nobody could tell their groups apart. */
export function compareBranch(comparing: Comparing, sheet: string, row: BranchRow): RowKind {
  const { register, branches, plan, changes } = comparing
  const namesake = [...register.branches.values()].find(
    ({ code, name, dissolvedOn }) =>
      code !== row.code && dissolvedOn === null && !branches.has(code) && name.toLowerCase() === row.name.toLowerCase(),
  )
  if (namesake) {
    const problem = { code: 'registry.branchNameTaken', params: { name: row.name, code: namesake.code } }
    comparing.report(sheet, row.row, branchSheet.columns[1].title, row.name, problem)
  }
  const kept = register.branches.get(row.code)
  const facts = {
    name: row.name,
    sector: row.sector,
    openedOn: row.openedOn === undefined ? (kept?.openedOn ?? null) : row.openedOn,
  }
  if (!kept) {
    plan.newBranches.push({ ...facts, code: row.code })
    return 'new'
  }
  if (kept.name === facts.name && kept.sector === facts.sector && kept.openedOn === facts.openedOn) return 'same'
  plan.changedBranches.push({ ...facts, id: kept.id })
  changes.push({ kind: 'branch', code: row.code, name: row.name })
  return 'changed'
}
