import { mayHangUnder, type NodeKind, nodeKinds, recogniseNodeKind } from '../../../domain/organisations.ts'
import { titleKey } from '../../../domain/vocabulary.ts'
import { type Comparing, type Report, type RowKind, reportOn } from './compare.ts'
import { hasHeld } from './history.ts'
import type { BranchFacts } from './plan.ts'
import type { BranchRow } from './rows.ts'

const knownKinds = nodeKinds.map(({ titles }) => titles[0]).join(', ')

/** The ward's own names of kinds, and the organisations: new, different, or as they were. */
export function compareBranches(comparing: Comparing): { kinds: RowKind[]; branches: RowKind[] } {
  const { rows } = comparing
  const kinds = rows.kinds.rows.map((row): RowKind => {
    const kept = comparing.register.kinds.find(({ name }) => titleKey(name) === titleKey(row.name))
    if (kept && kept.form !== row.form)
      reportOn(comparing, rows.kinds.sheet, row.row)('Tương đương', row.name, 'registry.kindStands', {
        name: kept.name,
      })
    if (kept) return 'same'
    comparing.plan.newKinds.push({ name: row.name, form: row.form })
    return 'new'
  })
  const branches = rows.branches.rows.map((row) =>
    compareBranch(comparing, row, reportOn(comparing, rows.branches.sheet, row.row)),
  )
  // A parent may stand below its child in the sheet, so the tree is looked at when all are known.
  for (const row of rows.branches.rows) checkParent(comparing, row)
  return { kinds, branches }
}

/** An organisation that is new, changed, or as it was. Two never share a name: nobody could tell their groups apart. */
function compareBranch(comparing: Comparing, row: BranchRow, report: Report): RowKind {
  const { register, branchRows, plan, changes } = comparing
  const namesake = [...register.branches.values()].find(
    ({ code, name, dissolvedOn }) =>
      code !== row.code &&
      dissolvedOn === null &&
      !branchRows.has(code) &&
      name.toLowerCase() === row.name.toLowerCase(),
  )
  if (namesake && !row.dissolvedOn)
    report('Tên chi bộ', row.name, 'registry.branchNameTaken', { name: row.name, code: namesake.code })
  const kept = register.branches.get(row.code)
  const kind = kindOf(comparing, row, report)
  const facts: BranchFacts = {
    name: row.name,
    ...kind,
    sector: row.sector ?? kept?.sector ?? 'other',
    parentCode: held(row.parentCode, kept?.parentCode),
    openedOn: held(row.openedOn, kept?.openedOn),
    openedBy: held(row.openedBy, kept?.openedBy),
    dissolvedOn: held(row.dissolvedOn, kept?.dissolvedOn),
    dissolvedBy: held(row.dissolvedBy, kept?.dissolvedBy),
  }
  comparing.branches.set(row.code, { kind: kind.kind, dissolvedOn: facts.dissolvedOn })
  if (!kept) {
    plan.newBranches.push({ ...facts, code: row.code })
    return 'new'
  }
  if (branchFields.every((key) => facts[key] === kept[key])) return 'same'
  plan.changedBranches.push({ ...facts, id: kept.id })
  changes.push({ kind: 'branch', code: row.code, name: row.name })
  return 'changed'
}

const branchFields = [
  'name',
  'kind',
  'kindName',
  'sector',
  'parentCode',
  'openedOn',
  'openedBy',
  'dissolvedOn',
  'dissolvedBy',
] as const satisfies readonly (keyof BranchFacts)[]

/** An empty cell leaves what the register holds; "Xóa" takes it out. */
function held<T>(written: T | null | undefined, held: T | null | undefined): T | null {
  return written === undefined ? (held ?? null) : written
}

/** The kind that "Loại tổ chức" names: the ward's own name before a known one; without it a new node is a branch. */
function kindOf(comparing: Comparing, row: BranchRow, report: Report): { kind: NodeKind; kindName: string | null } {
  const { register, rows } = comparing
  const kept = register.branches.get(row.code)
  const named = [...rows.kinds.rows, ...register.kinds]
  const own = named.find(({ name }) => titleKey(name) === titleKey(row.kind ?? kept?.kindName ?? ''))
  const form = own && nodeKinds.find(({ code }) => code === own.form)?.code
  if (own && form) return { kind: form, kindName: own.name }
  const kind =
    row.kind === undefined ? (comparing.branches.get(row.code)?.kind ?? 'branch') : recogniseNodeKind(row.kind)
  if (!kind)
    report('Loại tổ chức', row.kind ?? '', 'registry.kindUnknown', { value: row.kind ?? '', known: knownKinds })
  return { kind: kind ?? 'branch', kindName: null }
}

function checkParent(comparing: Comparing, row: BranchRow): void {
  const { register, branches } = comparing
  const parentCode = row.parentCode === undefined ? register.branches.get(row.code)?.parentCode : row.parentCode
  const own = branches.get(row.code)
  if (!parentCode || !own) return
  const report = reportOn(comparing, comparing.rows.branches.sheet, row.row)
  const parent = branches.get(parentCode)
  if (!parent) report('Trực thuộc', parentCode, 'registry.parentUnknown', { value: parentCode })
  else if (!mayHangUnder(own.kind, parent.kind))
    report('Trực thuộc', parentCode, 'registry.parentTooLow', { value: parentCode })
}

/** Nobody may still belong to, or hold a post in, an organisation after its last day. Looked at when all rows are known. */
export function checkDissolved(comparing: Comparing): void {
  const { rows, branches, memberships, positions, liaisons } = comparing
  for (const row of rows.branches.rows) {
    const last = branches.get(row.code)?.dissolvedOn
    if (!last) continue
    const later = (held: { branchCode: string | null; from: string; to: string | null }) =>
      held.branchCode === row.code && hasHeld(held) && (held.to === null || held.to > last)
    const count = [...memberships.all.filter(later), ...liaisons.all.filter(later)].length
    const posts = positions.all.filter(later).length
    if (count + posts > 0)
      reportOn(comparing, rows.branches.sheet, row.row)('Ngày giải thể', last, 'registry.stillInside', { count, posts })
  }
}
