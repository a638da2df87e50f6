import { formatPeriod, isPeriod } from '../../domain/period.ts'
import { standsAs } from '../../domain/plans.ts'
import { writeDocument } from '../../platform/document.ts'
import type { Texts } from '../../platform/texts.ts'
import type { PlanItemView, PlanView } from './plan-view.ts'

/** The member's plan with what was said of it month by month, as .docx. */
export function planDocument(texts: Texts, plan: PlanView): Promise<Uint8Array> {
  const progress = plan.items.flatMap((item, index) =>
    item.progress.map(({ month, status, note }) => [
      named(month),
      String(index + 1),
      texts(`plans:statuses.${status}`),
      note ?? '',
    ]),
  )
  return writeDocument({
    type: texts('plans:paperType'),
    summary: texts('plans:paperSummary', { year: plan.year }),
    body: [
      { kind: 'paragraph', text: texts('plans:whose', { name: plan.person.name }) },
      { kind: 'paragraph', text: plan.branchName },
      {
        kind: 'table',
        widths: [1, 4, 8, 6, 2],
        rows: [texts('plans:paperColumns').split('|'), ...plan.items.map((item, index) => itemRow(texts, item, index))],
      },
      ...(progress.length > 0
        ? [
            { kind: 'heading' as const, text: texts('plans:paperProgress') },
            {
              kind: 'table' as const,
              widths: [4, 2, 4, 8],
              rows: [texts('plans:paperProgressColumns').split('|'), ...progress],
            },
          ]
        : []),
      ...plan.remarks.map(({ month, text }) => ({
        kind: 'item' as const,
        text: texts('plans:monthRemark', { month: named(month), text }),
      })),
      ...(plan.summary === null
        ? []
        : [{ kind: 'paragraph' as const, text: texts('plans:summaryLine', { text: plan.summary }) }]),
    ],
    signatures: [
      { post: texts('plans:signsForBranch'), name: '' },
      { post: texts('plans:signsSelf'), name: plan.person.name },
    ],
  })
}

/** The branch's register of the year: who has a plan, how it stands, item by item in counts. */
export function registerDocument(
  texts: Texts,
  branch: { name: string; year: number },
  members: readonly { name: string; plan: PlanView | null }[],
): Promise<Uint8Array> {
  return writeDocument({
    type: texts('plans:registerType'),
    summary: texts('plans:registerSummary', { branch: branch.name, year: branch.year }),
    body: [
      {
        kind: 'table',
        widths: [1, 6, 4, 2, 2, 2, 6],
        rows: [
          texts('plans:registerColumns').split('|'),
          ...members.map(({ name, plan }, index) => [
            String(index + 1),
            name,
            plan ? texts(`plans:states.${plan.state}`) : texts('plans:noPlan'),
            ...(['done', 'doing', 'notDone'] as const).map((status) =>
              String(plan?.items.filter((item) => standsAs(item) === status).length ?? 0),
            ),
            plan?.remarks.at(-1)?.text ?? '',
          ]),
        ],
      },
    ],
    signatures: [{ post: texts('plans:signsForBranch'), name: '' }],
  })
}

function itemRow(texts: Texts, { group, text, measure, dueMonth }: PlanItemView, index: number): string[] {
  return [String(index + 1), texts(`plans:groups.${group}`), text, measure, String(dueMonth)]
}

function named(month: string): string {
  return isPeriod(month) ? formatPeriod(month) : month
}
