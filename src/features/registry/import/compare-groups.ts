import { titleKey } from '../../../domain/vocabulary.ts'
import { type Comparing, type RowKind, reportOn } from './compare.ts'

/** Residential groups that are new, counted anew, or as they were. */
export function compareGroups(comparing: Comparing): RowKind[] {
  const { sheet, rows } = comparing.rows.groups
  const kept = new Map(comparing.register.groups.map((group) => [titleKey(group.name), group]))
  return rows.map((row): RowKind => {
    const held = kept.get(titleKey(row.name))
    const branchCode = row.branchCode === undefined ? (held?.branchCode ?? null) : row.branchCode
    if (branchCode !== null && !comparing.branches.has(branchCode)) {
      const report = reportOn(comparing, sheet, row.row)
      report('Mã chi bộ', branchCode, 'registry.branchUnknown', { value: branchCode })
      return 'same'
    }
    const facts = {
      name: row.name,
      branchCode,
      households: row.households === undefined ? (held?.households ?? null) : row.households,
      residents: row.residents === undefined ? (held?.residents ?? null) : row.residents,
    }
    if (!held) {
      comparing.plan.newGroups.push(facts)
      return 'new'
    }
    const isSame =
      held.name === facts.name &&
      held.branchCode === branchCode &&
      held.households === facts.households &&
      held.residents === facts.residents
    if (isSame) return 'same'
    comparing.plan.changedGroups.push({ ...facts, id: held.id })
    comparing.changes.push({ kind: 'group', name: row.name })
    return 'changed'
  })
}
