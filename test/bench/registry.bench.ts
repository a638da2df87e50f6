import { exportRegistry } from '../../src/features/registry/export-registry.ts'
import { checkRegistry, confirmImport } from '../../src/features/registry/index.ts'
import { undoImport } from '../../src/features/registry/undo-import.ts'
import { createContext, type Services } from '../../src/platform/context.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { loadTexts } from '../../src/platform/texts.ts'
import { readWorkbook, writeWorkbook } from '../../src/platform/workbook.ts'
import { branchLine, memberLine, workbook } from '../features/registry/workbooks.ts'

/** How long a workbook of 3,000 members takes from the file to the preview (aim 5 s), to be written, exported and undone, on PGlite. */
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

const seconds = (from: number, to: number) => ((to - from) / 1000).toFixed(1)
console.log(`registry: 3,000 rows previewed in ${seconds(startedAt, previewedAt)} s (aim 5)`)
console.log(`registry: 3,000 rows written in ${seconds(previewedAt, writtenAt)} s`)
console.log(`registry: 3,000 rows exported and read back in ${seconds(writtenAt, exportedAt)} s`)
console.log(`registry: the export previewed, 0 changes, in ${seconds(exportedAt, comparedAt)} s`)
console.log(`registry: 3,000 rows undone in ${seconds(comparedAt, undoneAt)} s`)
