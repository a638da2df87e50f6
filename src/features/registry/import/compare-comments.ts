import { type Comparing, type RowKind, reportOn } from './compare.ts'
import { holderOf } from './holders.ts'

/** A branch's yearly comments on those who live there, each in the stretch that holds a day of that year. */
export function compareComments(comparing: Comparing): RowKind[] {
  const { sheet, rows } = comparing.rows.comments
  return rows.map((row): RowKind => {
    const { number, year, text } = row
    const report = reportOn(comparing, sheet, row.row)
    const fullName = holderOf(comparing, row, report)
    if (fullName === null) return 'same'
    const within = comparing.liaisons
      .of(number)
      .filter(({ from, to }) => Number(from.slice(0, 4)) <= year && (to === null || year <= Number(to.slice(0, 4))))
    const kept = within.flatMap(({ comments }) => comments).find((comment) => comment.year === year)
    if (kept?.text === text) return 'same'
    if (kept && kept.id !== null) {
      comparing.plan.changedComments.push({ id: kept.id, text })
      comparing.changes.push({ kind: 'comment', number, fullName, year })
      return 'changed'
    }
    const liaison = within.at(-1)
    if (!liaison) {
      report('Năm', String(year), 'registry.noLiaison', { number, year })
      return 'same'
    }
    comparing.plan.newComments.push({ number, liaisonFrom: liaison.from, year, text })
    return 'new'
  })
}
