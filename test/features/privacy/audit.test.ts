import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard } from '../../support/ward.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database

test('/nhatky says who read and did what, by day, person and branch, with names only as they are now', async () => {
  const ward = await createTestWard(at, { branches: 2 })
  const [branch] = ward.branches
  const member = branch?.members[1]
  if (!branch || !member) throw new Error('members')
  const { secretary } = branch
  await at.people.ask(secretary.account, `/timnguoi ${member.number}`)
  const all = await at.people.ask(ward.officer, '/nhatky')
  expect(all.text).toMatch(new RegExp(`1\\. .* – ${secretary.fullName}: xem hồ sơ đảng viên \\(${member.fullName}\\)`))
  expect(await db().auditEntry.count({ where: { action: 'registry.memberViewed', wardId: ward.id } })).toBe(1)
  await db().person.update({ where: { id: member.id }, data: { fullName: 'Lê Thị Đổi Tên' } })
  expect((await at.people.ask(ward.officer, `/nhatky ${member.number}`)).text).toContain('(Lê Thị Đổi Tên)')
  expect((await at.people.ask(ward.officer, '/nhatky 23/11/2026')).text).toContain('Nhật ký ngày 23/11/2026')
  expect((await at.people.ask(ward.officer, `/nhatky ${branch.name}`)).text).toContain('xem hồ sơ')
  expect((await at.people.ask(ward.officer, '/nhatky chẳng có ai')).text).toContain('Không thấy')
  expect((await at.people.ask(secretary.account, '/nhatky')).text).toContain('chưa được giao')
})

test('the record is read in numbered pages, of the own ward only', async () => {
  const ward = await createTestWard(at)
  const other = await createTestWard(at)
  const now = at.app.services.clock.now()
  const row = { at: now, action: 'task.assigned', subject: { task: 1 } }
  await db().auditEntry.createMany({ data: Array.from({ length: 20 }, () => ({ ...row, wardId: ward.id })) })
  await db().auditEntry.create({ data: { ...row, action: 'vote.opened', wardId: other.id } })
  const first = await at.people.ask(ward.officer, '/nhatky')
  expect(first.text).toContain('15. ')
  expect(first.text).not.toContain('mở biểu quyết')
  await at.people.press(ward.officer, ward.officer, first, 'Trang sau')
  const seen = await at.people.next(ward.officer, ward.officer, ({ text }) => text.includes('Trang 2'))
  expect(seen.text).toContain('16. ')
})

test('whoever may read the record can have it checked, and hears of a break with its minute', async () => {
  const ward = await createTestWard(at)
  await at.people.ask(ward.officer, '/nhatky')
  await at.people.advance('PT2M')
  const page = await at.people.ask(ward.officer, '/nhatky')
  await at.people.press(ward.officer, ward.officer, page, 'Kiểm tra')
  expect((await at.people.next(ward.officer, ward.officer)).text).toContain('Nhật ký còn nguyên vẹn')
  await db().$transaction([
    db().$executeRaw`SET LOCAL session_replication_role = replica`,
    db()
      .$executeRaw`UPDATE "AuditEntry" SET "actorPersonId" = 9999 WHERE "id" = (SELECT min("entryId") FROM "AuditSealEntry")`,
  ])
  await at.people.press(ward.officer, ward.officer, page, 'Kiểm tra')
  const broken = await at.people.next(ward.officer, ward.officer, ({ text }) => text.includes('đã bị can thiệp'))
  expect(broken.text).toMatch(/Phút đầu tiên không còn đúng: \d\d:\d\d 23\/11\/2026/)
})

test('rows that still wait for their seal are said to wait, and nobody is said to have tampered', async () => {
  const other = await startTestApp()
  const ward = await createTestWard(other)
  const page = await other.people.ask(ward.officer, '/nhatky')
  const longAgo = new Date(other.app.services.clock.now().getTime() - 3_600_000)
  const row = { at: longAgo, action: 'task.assigned', subject: {} }
  await other.app.services.database.auditEntry.createMany({ data: Array.from({ length: 3 }, () => row) })
  await other.people.press(ward.officer, ward.officer, page, 'Kiểm tra')
  const { text } = await other.people.next(ward.officer, ward.officer, (one) => one.text.includes('Đã kiểm tra'))
  expect(text).toContain('3 dòng còn chờ đóng dấu')
  expect(text).toContain('Nhật ký còn nguyên vẹn')
  await other.stop()
})

test('every act that the program records has words of its own in /nhatky', () => {
  const root = join(import.meta.dirname, '../../../src')
  const sources = globSync('**/*.ts', { cwd: root, exclude: ['platform/prisma/**'] })
  const written = sources.flatMap((file) => {
    const recorded = /\b(?:audit|auditRead)\(\s*(?:tx,\s*)?([^,]+),/g
    const given = [...readFileSync(join(root, file), 'utf8').matchAll(recorded)].map(([, action = '']) => action)
    return given.flatMap((action) =>
      [...action.matchAll(/'([a-zA-Z]+(?:\.[a-zA-Z]+)+)'/g)].map(([, name = '']) => name),
    )
  })
  const actions = [...new Set(written)].sort()
  expect(actions.length).toBeGreaterThan(80)
  const unnamed = actions.filter((action) => at.app.services.texts.find(`privacy:actions.${action}`) === null)
  expect(unnamed).toEqual([])
})

test('whoever looks through what is held about others leaves that in the record', async () => {
  const ward = await createTestWard(at, { branches: 2 })
  const [branch, other] = ward.branches
  const member = branch?.members[1]
  if (!branch || !other || !member) throw new Error('members')
  const secretary = branch.secretary.account
  const { people } = at
  const recorded = async (action: string) => db().auditEntry.count({ where: { action, wardId: ward.id } })
  const says = (words: string) => (message: { text: string }) => message.text.includes(words)
  const press = (account: number, message: Awaited<ReturnType<typeof people.ask>>, words: string) => {
    const button = message.buttons.flat().find(({ text }) => text.includes(words))?.text ?? ''
    return people.press(account, account, message, button)
  }

  await people.say(secretary, branch.group, `/giaoviec ${member.number}: dọn vườn hoa; hạn 30/11`)
  const question = await people.next(secretary, branch.group, says('Giao việc này?'))
  await people.press(secretary, branch.group, question, 'Giao việc')
  await at.app.quiet()
  await people.ask(member.account, '/viec')
  expect(await recorded('task.listed')).toBe(0)
  await people.ask(secretary, '/viec')
  expect(await recorded('task.listed')).toBe(1)

  await people.ask(ward.leader.account, '/canbo')
  expect(await recorded('notice.cadresListed')).toBe(1)
  await people.ask(ward.officer, '/trunghoso')
  expect(await recorded('registry.duplicatesListed')).toBe(1)
  await people.ask(ward.officer, '/yeucaudulieu')
  expect(await recorded('privacy.requestsListed')).toBe(1)
  const plans = await people.ask(secretary, '/kehoach')
  const own = plans.text.includes('chi bộ') ? plans : await people.next(secretary, secretary)
  await press(secretary, own, 'Xem danh sách chi bộ')
  await at.app.quiet()
  expect(await recorded('plan.branchListed')).toBe(1)
  await people.ask(ward.officer, `/hoso ${member.number}`)
  expect(await recorded('person.pathViewed')).toBe(1)
  const lines = (await people.ask(ward.officer, '/nhatky')).text
  expect(lines).toContain('xem danh sách việc')
  expect(lines).toContain('xem quá trình sinh hoạt')
  expect(lines).not.toContain('việc khác')
})
