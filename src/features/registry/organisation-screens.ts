import { formatDate, formatNumber } from '../../domain/formats.ts'
import type { Button } from '../../platform/messages.ts'
import type { Texts } from '../../platform/texts.ts'
import type { PickList } from '../../telegram/pick-list.ts'
import type { TreeGroup, TreeLine, TreePage } from './view-organisations.ts'

/** Residential groups beyond this are only counted: a phone shows no more. */
const shownGroups = 12

/** A node with what hangs under it, each to be opened; `rorg:<id>:<page>:<dissolved>`, 0 for the ward itself. */
export function treeList(texts: Texts, view: TreePage, at: { page: number; dissolved: boolean }): PickList {
  const { node, children } = view
  const id = node?.id ?? 0
  const facts = [
    node && texts('registry:tree.kind', { value: kindOf(texts, node), code: node.code }),
    node && dayLine(texts, 'opened', node.openedOn, node.openedBy),
    node && dayLine(texts, 'dissolved', node.dissolvedOn, node.dissolvedBy),
    view.counts.map(({ form, count }) => texts(`registry:tree.count.${form}`, { count })).join(', '),
    texts('registry:memberCount', { count: view.members }),
    ...groupLines(texts, view),
    children.length > 0 && ['', texts(at.dissolved ? 'registry:tree.dissolvedTitle' : 'registry:tree.childrenTitle')],
  ]
  return {
    title: node?.name ?? view.wardName,
    intro: facts
      .flat()
      .filter((line) => typeof line === 'string')
      .filter(isSaid)
      .join('\n'),
    items: children.map((child) => ({ label: lineOf(texts, child), data: `rorg:${child.id}` })),
    page: at.page,
    pageData: (page) => `rorg:${id}:${page}:${at.dissolved ? 1 : 0}`,
    more: buttonsOf(texts, view, at.dissolved),
  }
}

function isSaid(line: string, index: number, all: readonly string[]): boolean {
  return line !== '' || all[index + 1] !== undefined
}

function kindOf(texts: Texts, { form, kindName }: TreeLine): string {
  return kindName ?? texts(`registry:tree.form.${form}`)
}

function lineOf(texts: Texts, line: TreeLine): string {
  const { name, members, form, dissolvedOn } = line
  if (dissolvedOn) return texts('registry:tree.dissolvedLine', { name, on: formatDate(dissolvedOn) })
  return form === 'partyGroup'
    ? texts('registry:tree.groupLine', { name, kind: kindOf(texts, line) })
    : texts('registry:tree.line', { name, kind: kindOf(texts, line), members })
}

function dayLine(
  texts: Texts,
  key: 'opened' | 'dissolved',
  on: Temporal.PlainDate | null,
  by: string | null,
): string | null {
  if (on === null) return null
  const line = texts(`registry:tree.${key}`, { on: formatDate(on) })
  return by === null ? line : texts('registry:tree.byInstrument', { line, instrument: by })
}

/** Of a branch each residential group, of a larger node their sums. */
function groupLines(texts: Texts, { node, groups }: TreePage): string[] {
  if (groups.length === 0) return []
  if (node?.form === 'branch' && groups.length <= shownGroups) return groups.map((group) => groupLine(texts, group))
  const total = (key: 'households' | 'residents') => groups.reduce((all, one) => all + (one[key] ?? 0), 0)
  const sums = { households: formatNumber(total('households')), residents: formatNumber(total('residents')) }
  return [texts('registry:tree.groupSums', { count: groups.length, ...sums })]
}

function groupLine(texts: Texts, { name, households, residents }: TreeGroup): string {
  if (households === null && residents === null) return name
  return texts('registry:tree.residentialGroup', {
    name,
    households: households === null ? '–' : formatNumber(households),
    residents: residents === null ? '–' : formatNumber(residents),
  })
}

function buttonsOf(texts: Texts, { node, parent, liaisons, dissolvedCount }: TreePage, dissolved: boolean): Button[][] {
  const rows: Button[][] = []
  if (node?.form === 'branch') rows.push([{ text: texts('registry:tree.members'), data: `rbranch:${node.id}:0` }])
  if (liaisons > 0 && node) {
    rows.push([{ text: texts('registry:tree.liaisons', { count: liaisons }), data: `rliaisons:${node.id}:0` }])
  }
  if (dissolvedCount > 0 && !dissolved) {
    const text = texts('registry:tree.showDissolved', { count: dissolvedCount })
    rows.push([{ text, data: `rorg:${node?.id ?? 0}:0:1` }])
  }
  if (dissolved) rows.push([{ text: texts('registry:tree.showStanding'), data: `rorg:${node?.id ?? 0}` }])
  else if (node) {
    const text = texts('registry:tree.up', { name: parent?.name ?? texts('registry:tree.whole') })
    rows.push([{ text, data: `rorg:${parent?.id ?? 0}` }])
  }
  return rows
}
