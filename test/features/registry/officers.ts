import { type CheckedRegistry, checkRegistry, confirmImport } from '../../../src/features/registry/index.ts'
import type { ActingPerson, Context } from '../../../src/platform/context.ts'
import { createContext } from '../../../src/platform/context.ts'
import type { SheetRows } from '../../../src/platform/workbook.ts'
import type { TestApp } from '../../support/app.ts'

let accounts = 900_000_000n

/** A ward with nothing in it, and its officer. */
export async function emptyWard(test: TestApp): Promise<{ wardId: number; officer: ActingPerson; ctx: Context }> {
  const { services } = test.app
  const ward = await services.database.ward.create({
    data: { name: 'Đảng bộ phường Mới', createdAt: services.clock.now() },
  })
  const officer = officerOf(ward.id)
  return { wardId: ward.id, officer, ctx: createContext(services, officer, null) }
}

export function officerOf(wardId: number): ActingPerson {
  const grants = [{ role: 'officer' as const, wardId, branchId: null }]
  return { personId: null, wardId, grants, accountId: ++accounts, name: null }
}

export async function check(ctx: Context, sheets: SheetRows[]): Promise<CheckedRegistry> {
  const checked = await checkRegistry(ctx, { sheets, fileHash: '' })
  if (!checked.ok) throw new Error(checked.problem.code)
  return checked.value
}

/** Checks and confirms; answers with the check. */
export async function importAll(ctx: Context, sheets: SheetRows[]): Promise<CheckedRegistry> {
  const checked = await check(ctx, sheets)
  if (checked.problems.length > 0) throw new Error(JSON.stringify(checked.problems))
  if (checked.importId === null) return checked
  const confirmed = await confirmImport(ctx, { importId: checked.importId })
  if (!confirmed.ok) throw new Error(confirmed.problem.code)
  return checked
}
