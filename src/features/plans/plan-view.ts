import { type PlanGroup, type ProgressStatus, planGroups, progressStatuses } from '../../domain/plans.ts'
import type { Database, Transaction } from '../../platform/database.ts'
import type { Prisma } from '../../platform/prisma/client.ts'

export type PlanState = 'draft' | 'submitted' | 'returned' | 'approved'

export interface PlanItemView {
  id: number
  group: PlanGroup
  text: string
  measure: string
  dueMonth: number
  progress: { month: string; status: ProgressStatus; note: string | null }[]
}

/** A plan as screens and rules read it. */
export interface PlanView {
  id: number
  wardId: number
  branchId: number
  branchName: string
  year: number
  state: PlanState
  remark: string | null
  summary: string | null
  person: { id: number; name: string }
  items: PlanItemView[]
  remarks: { month: string; text: string }[]
}

const include = {
  branch: { select: { wardId: true, name: true } },
  person: { select: { id: true, fullName: true } },
  items: { orderBy: { id: 'asc' }, include: { progress: { orderBy: { month: 'asc' } } } },
  remarks: { orderBy: { month: 'asc' } },
} as const satisfies Prisma.SelfPlanInclude

export async function findPlans(db: Database | Transaction, where: Prisma.SelfPlanWhereInput): Promise<PlanView[]> {
  const rows = await db.selfPlan.findMany({ where, include, orderBy: { id: 'asc' } })
  return rows.map(({ branch, person, items, remarks, ...row }) => ({
    id: row.id,
    wardId: branch.wardId,
    branchId: row.branchId,
    branchName: branch.name,
    year: row.year,
    state: row.state === 'submitted' || row.state === 'returned' || row.state === 'approved' ? row.state : 'draft',
    remark: row.remark,
    summary: row.summary,
    person: { id: person.id, name: person.fullName },
    items: items.map((item) => ({
      id: item.id,
      group: planGroups.find((known) => known === item.group) ?? 'results',
      text: item.text,
      measure: item.measure,
      dueMonth: item.dueMonth,
      progress: item.progress.map(({ month, status, note }) => ({
        month,
        status: progressStatuses.find((known) => known === status) ?? 'doing',
        note,
      })),
    })),
    remarks: remarks.map(({ month, text }) => ({ month, text })),
  }))
}

export async function findPlan(db: Database | Transaction, planId: number): Promise<PlanView | null> {
  const [plan] = await findPlans(db, { id: planId })
  return plan ?? null
}
