import { toUtcMidnight } from '../../src/domain/dates.ts'
import { searchKey } from '../../src/domain/names.ts'
import { isPeriod } from '../../src/domain/period.ts'
import { consentVersion } from '../../src/features/linking/index.ts'
import { draftEvaluation, issueEvaluation } from '../../src/features/notices/index.ts'
import { previewEvaluation } from '../../src/features/notices/preview-evaluation.ts'
import { createContext, type Services } from '../../src/platform/context.ts'
import { type Database, openDatabase } from '../../src/platform/database.ts'
import { createLog } from '../../src/platform/log.ts'
import { readWorkbook } from '../../src/platform/reading/read-workbook.ts'
import { loadTexts } from '../../src/platform/texts.ts'
import { writeWorkbook } from '../../src/platform/workbook.ts'
import type { Benchmark, Row } from './frame/rows.ts'

const branchCount = 100
const peopleCount = 5000
const since = toUtcMidnight(Temporal.PlainDate.from('2024-01-01'))

/**
 * A month's results of 5,000 cadres in 100 branches, everybody linked and every branch with a group: from the file to the
 * preview, from the press to everything written and queued, and the same for a sheet that corrects all of them.
 */
const notices: Benchmark = async () => {
  const database = await openDatabase({ memory: true })
  const services: Services = {
    database: database.prisma,
    clock: { now: () => new Date('2026-11-28T02:00:00Z') },
    log: createLog('silent'),
    texts: loadTexts(),
    onCommit: () => {},
  }
  const { wardId, leaderId } = await makeWard(database.prisma)
  const grants = [{ role: 'leader' as const, wardId, branchId: null }]
  const actor = { personId: leaderId, wardId, grants, accountId: 1n, name: 'Nguyễn Văn Lãnh Đạo' }
  const ctx = createContext(services, actor, null)
  const first = await send(ctx, 60)
  const second = await send(ctx, 61)
  const queued = await database.prisma.delivery.count()
  await database.close()
  // A message to each group and each person, and for the correction the same again with the groups' old messages rewritten.
  if (queued < 2 * (branchCount + peopleCount)) throw new Error(`only ${queued} deliveries were queued`)
  const row = (what: string, value: number, atMost: number): Row => {
    return {
      name: `a month of 5,000 people in 100 branches ${what}`,
      who: 'Liên Chi',
      unit: 's',
      value,
      aim: { atMost },
    }
  }
  return [
    row('checked and previewed', first.previewed, 5),
    row('issued: everything written and queued', first.issued, 3),
    row('corrected whole, checked and previewed', second.previewed, 5),
    row('corrected whole, issued', second.issued, 6),
  ]
}
export default notices

/** Sends a sheet in which everybody has so many points or a few more; answers with the seconds to the preview and after. */
async function send(
  ctx: ReturnType<typeof createContext>,
  points: number,
): Promise<{ previewed: number; issued: number }> {
  const titles = ['Số đảng viên', 'Họ và tên', 'Điểm', 'Nhận xét']
  const lines = Array.from({ length: peopleCount }, (_, index) => {
    return [numberOf(index), nameOf(index), points + (index % 30), 'Hoàn thành đúng hạn các nhiệm vụ được giao.']
  })
  const file = await writeWorkbook([{ sheet: 'Kết quả', rows: [titles, ...lines] }])
  const period = '2026-11'
  if (!isPeriod(period)) throw new Error(period)
  const startedAt = performance.now()
  const sheets = await readWorkbook(file)
  if (!sheets.ok) throw new Error(sheets.problem.code)
  const drafted = await draftEvaluation(ctx, { period, sheets: sheets.value, fileHash: '' })
  if (!drafted.ok || !('issueId' in drafted.value)) throw new Error('the sheet was refused')
  const preview = await previewEvaluation(ctx, drafted.value)
  if (!preview.ok || preview.value.branches.length !== branchCount) throw new Error('the preview is not whole')
  const previewedAt = performance.now()
  const issued = await issueEvaluation(ctx, drafted.value)
  if (!issued.ok || issued.value.peopleCount !== peopleCount) throw new Error('not everything was issued')
  const issuedAt = performance.now()
  return { previewed: (previewedAt - startedAt) / 1000, issued: (issuedAt - previewedAt) / 1000 }
}

function numberOf(index: number): string {
  return `D-${String(index + 1).padStart(5, '0')}`
}

function nameOf(index: number): string {
  return `Nguyễn Thị Cán Bộ ${index + 1}`
}

/** Rows written directly: what is measured is a month, not the import of a ward. */
async function makeWard(db: Database): Promise<{ wardId: number; leaderId: number }> {
  const now = new Date('2026-11-01T00:00:00Z')
  const { id: wardId } = await db.ward.create({ data: { name: 'Đảng bộ phường Lớn', createdAt: now } })
  const branches = await db.organisation.createManyAndReturn({
    data: Array.from({ length: branchCount }, (_, index) => ({
      wardId,
      kind: 'branch',
      sector: 'residential',
      code: `TDP${String(index + 1).padStart(3, '0')}`,
      name: `Chi bộ tổ dân phố số ${index + 1}`,
      openedOn: since,
    })),
  })
  const people = await db.person.createManyAndReturn({
    data: Array.from({ length: peopleCount }, (_, index) => ({
      wardId,
      number: numberOf(index),
      fullName: nameOf(index),
      searchName: searchKey(nameOf(index)),
      birthYear: 1960 + (index % 40),
    })),
  })
  const branchOf = (index: number) => branches[index % branchCount]?.id ?? 0
  const each = <T>(row: (personId: number, index: number) => T) => people.map(({ id }, index) => row(id, index))
  await db.membership.createMany({
    data: each((personId, i) => ({ personId, organisationId: branchOf(i), from: since })),
  })
  await db.memberStatus.createMany({ data: each((personId) => ({ personId, kind: 'official', from: since })) })
  await db.cadre.createMany({ data: each((personId) => ({ personId, office: 'UBND', job: 'Công chức', from: since })) })
  await db.accountLink.createMany({
    data: each((personId, index) => ({
      personId,
      accountId: BigInt(10_000 + index),
      accountName: nameOf(index),
      linkedAt: now,
      consentAt: now,
      consentVersion,
    })),
  })
  await db.groupLink.createMany({
    data: branches.map(({ id, name }, index) => ({
      organisationId: id,
      chatId: BigInt(-1_000_000 - index),
      title: name,
      linkedBy: 1n,
      linkedAt: now,
    })),
  })
  await db.position.createMany({
    data: branches.map(({ id }, index) => ({
      wardId,
      personId: people[index]?.id ?? 0,
      organisationId: id,
      post: 'secretary',
      title: 'Bí thư chi bộ',
      from: since,
    })),
  })
  const leaderId = people[0]?.id ?? 0
  await db.position.create({
    data: { wardId, personId: leaderId, post: 'wardSecretary', title: 'Bí thư Đảng ủy', from: since },
  })
  return { wardId, leaderId }
}
