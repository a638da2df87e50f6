import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import type { SheetRows } from '../../platform/workbook.ts'
import { registerSheets } from './import/export-sheets.ts'
import { loadRegister } from './import/register.ts'

export interface ExportedRegistry {
  sheets: SheetRows[]
  people: number
  branches: number
}

/**
 * The ward's whole register as the workbook that an import reads: sent back as it is, it changes nothing. That everybody's
 * data left is recorded. Fails with `registry.nothingToExport`.
 */
export async function exportRegistry(ctx: Context): Promise<Result<ExportedRegistry>> {
  const { wardId } = ctx.actor
  if (wardId === null) return fail('access.denied', { action: 'registry.export' })
  const leave = may(ctx.actor, 'registry.export', { wardId })
  if (!leave.ok) return leave
  const register = await loadRegister(ctx.db, wardId)
  const [people, branches] = [register.people.size, register.branches.size]
  if (people + branches === 0) return fail('registry.nothingToExport')
  await ctx.transaction((tx) => ctx.audit(tx, 'registry.exported', { people }, wardId))
  return ok({ sheets: registerSheets(register), people, branches })
}
