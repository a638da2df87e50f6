import { exportRegistry } from '../../src/features/registry/export-registry.ts'
import { checkRegistry, confirmImport } from '../../src/features/registry/index.ts'
import { undoImport } from '../../src/features/registry/undo-import.ts'
import { createContext, type Services } from '../../src/platform/context.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { readWorkbook } from '../../src/platform/reading/read-workbook.ts'
import { loadTexts } from '../../src/platform/texts.ts'
import { writeWorkbook } from '../../src/platform/workbook.ts'
import { branchLine, memberLine, workbook } from '../features/registry/workbooks.ts'
import type { Benchmark, Row } from './frame/rows.ts'

/** How long a workbook of 3,000 members takes from the file to the preview, to be written, exported and undone, on PGlite. */
const registry: Benchmark = async () => {
  const database = await openDatabase({ memory: true })
  const services: Services = {
    database: database.prisma,
    clock: { now: () => new Date() },
    log: createLog('silent'),
    texts: loadTexts(),
    onCommit: () => {},
  }
  const ward = await database.prisma.ward.create({ data: { name: 'Đảng bộ phường Lớn', createdAt: new Date() } })
  const grants = [{ role: 'officer' as const, wardId: ward.id, branchId: null }]
  const ctx = createContext(services, { personId: null, wardId: ward.id, grants, accountId: 1n, name: null }, null)
  const file = await writeWorkbook(
    workbook({
      branches: Array.from({ length: 80 }, (_, index) => branchLine(index + 1)),
      members: Array.from({ length: 3000 }, (_, index) => memberLine(index, { 'Mã chi bộ': `CB${1 + (index % 80)}` })),
    }),
  )

  const startedAt = performance.now()
  const sheets = await readWorkbook(file)
  if (!sheets.ok) throw new Error(sheets.problem.code)
  const checked = await checkRegistry(ctx, { sheets: sheets.value, fileHash: '' })
  if (!checked.ok || checked.value.importId === null) throw new Error('the workbook was refused')
  const previewedAt = performance.now()
  const confirmed = await confirmImport(ctx, { importId: checked.value.importId })
  if (!confirmed.ok) throw new Error(confirmed.problem.code)
  const writtenAt = performance.now()
  const exported = await exportRegistry(ctx)
  if (!exported.ok) throw new Error(exported.problem.code)
  const back = await readWorkbook(await writeWorkbook(exported.value.sheets))
  const exportedAt = performance.now()
  const again = back.ok ? await checkRegistry(ctx, { sheets: back.value, fileHash: '' }) : null
  if (!again?.ok || again.value.problems.length > 0 || again.value.importId !== null)
    throw new Error('the exported register is not what the register holds')
  const comparedAt = performance.now()
  const undone = await undoImport(ctx, { importId: checked.value.importId })
  if (!undone.ok) throw new Error(undone.problem.code)
  const undoneAt = performance.now()
  await database.close()

  const row = (name: string, from: number, to: number): Row => ({
    name: `3,000 rows of the register ${name}`,
    who: 'Liên Chi',
    unit: 's',
    value: (to - from) / 1000,
  })
  return [
    { ...row('previewed', startedAt, previewedAt), aim: { atMost: 5 } },
    row('written', previewedAt, writtenAt),
    row('exported and read back', writtenAt, exportedAt),
    row('compared with their export, 0 changes', exportedAt, comparedAt),
    row('undone', comparedAt, undoneAt),
  ]
}

export default registry
