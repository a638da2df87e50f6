import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard } from '../../support/ward.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database
const says = (words: string) => (message: { text: string }) => message.text.includes(words)

async function oldCode(wardId: number, name: string): Promise<void> {
  const long = new Date('2026-01-05T00:00:00Z')
  await db().accessCode.create({ data: { kind: 'start', hash: name, wardId, createdAt: long, expiresAt: long } })
}

test('what is too old is shown to the officers two weeks before it is deleted, and only that', async () => {
  const ward = await createTestWard(at)
  await oldCode(ward.id, 'one')
  await at.people.advance('P1D')
  const note = await at.people.next(ward.officer, ward.officer, says('sẽ xóa dữ liệu hết hạn lưu'))
  expect(note.text).toContain('Ngày 08/12/2026')
  expect(note.text).toContain('1 dòng')
  expect((await at.people.ask(ward.officer, '/luutru')).text).toContain('xóa ngày 08/12/2026')
  await at.people.advance('P13D')
  expect(await db().accessCode.count({ where: { wardId: ward.id } })).toBe(1)
  await at.people.advance('P1D')
  expect(await db().accessCode.count({ where: { wardId: ward.id } })).toBe(0)
  expect(await db().auditEntry.count({ where: { wardId: ward.id, action: 'privacy.deleted' } })).toBe(1)
  await at.people.press(ward.officer, ward.officer, note, 'Giữ thêm')
  await at.people.next(ward.officer, ward.officer, says('đã xóa rồi'))
})

test('an officer keeps it for a year, after which it is asked again', async () => {
  const ward = await createTestWard(at)
  await oldCode(ward.id, 'two')
  await at.people.advance('P1D')
  const note = await at.people.next(ward.officer, ward.officer, says('sẽ xóa dữ liệu hết hạn lưu'))
  await at.people.press(ward.officer, ward.officer, note, 'Giữ thêm')
  await at.people.next(ward.officer, ward.officer, says('Đã giữ lại đến'))
  await at.people.advance('P60D')
  expect(await db().accessCode.count({ where: { wardId: ward.id } })).toBe(1)
  await at.people.advance('P310D')
  await at.people.next(ward.officer, ward.officer, says('sẽ xóa dữ liệu hết hạn lưu'))
})

test('who once sat in a group is forgotten after two years, who sits in it is not, nor anybody of another ward', async () => {
  const ward = await createTestWard(at)
  const other = await createTestWard(at)
  const now = at.app.services.clock.now().getTime()
  const long = new Date(now - 740 * 86_400_000)
  const [mine, theirs] = [ward, other].map(({ branches }) => BigInt(branches[0]?.group ?? 0))
  const ended = { standing: 'member', since: long, endedAt: long }
  await db().groupAccount.createMany({
    data: [
      { ...ended, chatId: mine ?? 0n, accountId: 1n },
      { ...ended, chatId: mine ?? 0n, accountId: 2n, endedAt: new Date(now) },
      { ...ended, chatId: theirs ?? 0n, accountId: 3n },
    ],
  })
  const inside = await db().groupAccount.count({ where: { chatId: mine ?? 0n, endedAt: null } })
  await at.people.advance('P1D')
  const note = await at.people.next(ward.officer, ward.officer, says('Tài khoản từng ở trong nhóm'))
  expect(note.text).toContain('1 dòng')
  const held = await at.people.next(other.officer, other.officer, says('Tài khoản từng ở trong nhóm'))
  await at.people.press(other.officer, other.officer, held, 'Giữ thêm')
  await at.people.advance('P14D')
  const left = await db().groupAccount.findMany({ where: { accountId: { in: [1n, 2n, 3n] } } })
  expect(left.map(({ accountId }) => accountId)).toEqual([2n, 3n])
  expect(await db().groupAccount.count({ where: { chatId: mine ?? 0n, endedAt: null } })).toBe(inside)
})
