import { may } from '../../domain/access.ts'
import { fail, ok, type Result } from '../../domain/result.ts'
import type { Context } from '../../platform/context.ts'
import { Prisma } from '../../platform/prisma/client.ts'
import { storableJson } from '../../platform/storable.ts'
import { isDuplicate } from '../../platform/transaction.ts'
import type { SheetRows } from '../../platform/workbook.ts'
import { compareWithRegister } from './import/compare.ts'
import { parts } from './import/layout.ts'
import type { ImportNote } from './import/notes.ts'
import { type Change, type Counts, changeCount } from './import/plan.ts'
import { type CellProblem, inOrder } from './import/problems.ts'
import { type ReadRegistry, readRegistry } from './import/read-registry.ts'
import type { Places } from './import/read-table.ts'
import { loadRegister } from './import/register.ts'
import type { RegistryRows } from './import/rows.ts'

export interface CheckRegistry {
  sheets: SheetRows[]
  /** SHA-256 of the file, for the record. */
  fileHash: string
}

/** What importing a workbook would do. */
export interface CheckedRegistry {
  /** What to confirm; null where there is nothing to write or something is wrong. */
  importId: number | null
  counts: Counts
  changes: Change[]
  notes: ImportNote[]
  /** Every wrong cell, from the top of the workbook down. With one of them nothing can be confirmed. */
  problems: CellProblem[]
  /** So many rows of each sheet were looked at, because so much of those was wrong; null where all were. */
  onlyRows: number | null
  /** Where in each sheet its columns stand, for whoever marks the wrong cells. */
  places: ReadonlyMap<string, Places>
}

/**
 * Checks a registry workbook against itself and the ward's register and, where it is right and brings something new, stores
 * it until its sender confirms. A workbook of the same sender that still waits is put aside. The same source is stored once.
 */
export async function checkRegistry(ctx: Context, input: CheckRegistry): Promise<Result<CheckedRegistry>> {
  const { wardId } = ctx.actor
  if (wardId === null) return fail('access.denied', { action: 'registry.import' })
  const leave = may(ctx.actor, 'registry.import', { wardId })
  if (!leave.ok) return leave
  const read = readRegistry(input.sheets, ctx.today())
  if (!read.ok) return read
  const { rows, notes } = read.value
  const register = await loadRegister(ctx.db, wardId)
  const compared = compareWithRegister(rows, register, ctx.today())
  const problems = allProblems(read.value, compared.problems)
  const isWorthWriting = problems.length === 0 && changeCount(compared.counts) > 0
  const importId = isWorthWriting ? await keepForConfirmation(ctx, wardId, input.fileHash, rows) : null
  const { counts, changes } = compared
  return ok({
    importId,
    counts,
    changes,
    notes: [...notes, ...(problems.length > 0 ? [] : compared.notes)],
    problems,
    onlyRows: read.value.onlyRows,
    places: read.value.places,
  })
}

/** What only follows from a row that could not be read is left out: it would send the workbook's owner the wrong way. */
function allProblems({ rows, problems, isPartial, unread }: ReadRegistry, compared: CellProblem[]): CellProblem[] {
  const independent = isPartial ? [] : compared.filter(({ value }) => !unread.has(value))
  return inOrder(
    [...problems, ...independent],
    parts.map((part) => rows[part].sheet),
  )
}

async function keepForConfirmation(
  ctx: Context,
  wardId: number,
  fileHash: string,
  rows: RegistryRows,
): Promise<number> {
  const uploadedBy = ctx.actor.accountId ?? 0n
  const content = storableJson(rows)
  try {
    return await ctx.transaction(async (tx) => {
      await tx.registryImport.updateMany({
        where: { wardId, uploadedBy, state: 'waiting' },
        data: { state: 'discarded', content: Prisma.DbNull, finishedAt: ctx.now() },
      })
      const { id } = await tx.registryImport.create({
        data: { wardId, uploadedBy, fileHash, content, createdAt: ctx.now(), source: ctx.source },
      })
      return id
    })
  } catch (error) {
    if (!isDuplicate(error) || ctx.source === null) throw error
    const { id } = await ctx.db.registryImport.findUniqueOrThrow({ where: { source: ctx.source } })
    return id
  }
}
