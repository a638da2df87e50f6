import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../../src/platform/verify-audit.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { createTestWard, type TestWard } from '../../support/ward.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database
const says = (words: string) => (message: { text: string }) => message.text.includes(words)

async function people(): Promise<{ ward: TestWard; member: { id: number; account: number; fullName: string } }> {
  const ward = await createTestWard(at)
  const member = ward.branches[0]?.members[1]
  if (!member) throw new Error('a member')
  return { ward, member }
}

async function ask(account: number, button: string, text: string) {
  const own = await at.people.ask(account, '/dulieucuatoi')
  await at.people.press(account, account, own, button)
  await at.people.next(account, account, says('gõ'))
  await at.people.say(account, account, text)
  return at.people.next(account, account)
}

test('a correction is received with the days of the law, reminded of, and closed with a word to the member', async () => {
  const { ward, member } = await people()
  const receipt = await ask(member.account, 'Đề nghị sửa', 'Năm sinh 1956, đúng là 1965')
  expect(receipt.text).toContain('Trả lời chậm nhất 25/11/2026. Làm xong chậm nhất 03/12/2026.')
  const note = await at.people.next(ward.officer, ward.officer, says('về dữ liệu cá nhân'))
  expect(note.text).not.toContain(member.fullName)
  await at.people.press(ward.officer, ward.officer, note, 'Xem đề nghị')
  const shown = await at.people.next(ward.officer, ward.officer, says('đúng là 1965'))
  expect(buttonsOf(shown)).toEqual(['Báo đã nhận', 'Gia hạn 15 ngày', 'Đã làm xong', 'Không làm được'])
  await at.people.advance('P1D')
  const reminder = await at.people.next(ward.officer, ward.officer, says('hạn 25/11/2026'))
  expect(reminder.text).toContain('Cần trả lời')
  await at.people.press(ward.officer, ward.officer, shown, 'Báo đã nhận')
  await at.people.next(member.account, member.account, says('đã nhận và đang xử lý'))
  await at.people.press(ward.officer, ward.officer, shown, 'Đã làm xong')
  await at.people.next(ward.officer, ward.officer, says('gõ một câu'))
  await at.people.say(ward.officer, ward.officer, 'Đã sửa năm sinh thành 1965')
  await at.people.next(member.account, member.account, says('Đã sửa năm sinh thành 1965'))
  await at.people.press(ward.officer, ward.officer, shown, 'Đã làm xong')
  await at.people.next(ward.officer, ward.officer, says('đã được giải quyết'))
})

test('the law gives one extension', async () => {
  const { ward, member } = await people()
  await ask(member.account, 'Đề nghị sửa', 'Sai tên')
  const { id } = await db().dataRequest.findFirstOrThrow({ where: { personId: member.id } })
  const note = await at.people.next(ward.officer, ward.officer, says(`số ${id} về dữ liệu`))
  await at.people.press(ward.officer, ward.officer, note, 'Xem đề nghị')
  const shown = await at.people.next(ward.officer, ward.officer, says('Sai tên'))
  await extend(ward, shown)
  expect((await at.people.next(ward.officer, ward.officer)).text).toContain('Đã gia hạn')
  const before = await db().dataRequest.findUniqueOrThrow({ where: { id } })
  await extend(ward, shown)
  expect((await at.people.next(ward.officer, ward.officer)).text).toContain('chỉ cho gia hạn một lần')
  expect((await db().dataRequest.findUniqueOrThrow({ where: { id } })).doneDueOn).toEqual(before.doneDueOn)
})

async function extend(ward: TestWard, shown: Parameters<TestApp['people']['press']>[2]) {
  await at.people.press(ward.officer, ward.officer, shown, 'Gia hạn')
  await at.people.next(ward.officer, ward.officer, says('gõ lý do'))
  await at.people.say(ward.officer, ward.officer, 'Chờ chi bộ xác nhận')
}

test('a second request of the same kind waits for the first, and one of no words is asked for again', async () => {
  const { member } = await people()
  await ask(member.account, 'Đề nghị xóa', 'Tên Telegram')
  expect((await ask(member.account, 'Đề nghị xóa', 'Tên Telegram')).text).toContain('cùng loại đang chờ')
  expect((await ask(member.account, 'Đề nghị sửa', 'x'.repeat(1001))).text).toContain('từ 1 đến 1000 ký tự')
  expect(await db().dataRequest.count({ where: { personId: member.id } })).toBe(1)
})

test('an erasure takes what rests on consent, leaves the register, and the audit stays whole', async () => {
  const { ward, member } = await people()
  await ask(member.account, 'Đề nghị xóa', 'Mọi thứ')
  const { id } = await db().dataRequest.findFirstOrThrow({ where: { personId: member.id } })
  const note = await at.people.next(ward.officer, ward.officer, says(`số ${id} về dữ liệu`))
  await at.people.press(ward.officer, ward.officer, note, 'Xem đề nghị')
  const shown = await at.people.next(ward.officer, ward.officer, says('Mọi thứ'))
  await at.people.press(ward.officer, ward.officer, shown, 'Đã làm xong')
  await at.people.next(ward.officer, ward.officer, says('gõ một câu'))
  await at.people.say(ward.officer, ward.officer, 'Đã xóa tên Telegram')
  await at.people.next(member.account, member.account, says('Đã xóa tên Telegram'))
  const links = await db().accountLink.findMany({ where: { personId: member.id } })
  expect(links).toMatchObject([{ accountName: '', endReason: 'withdrawn' }])
  expect((await db().person.findUniqueOrThrow({ where: { id: member.id } })).fullName).toBe(member.fullName)
  await at.people.advance('PT2M')
  expect(await verifyAudit(db(), at.app.services.clock.now())).toMatchObject({ broken: null, unsealed: 0 })
  expect((await at.people.ask(member.account, '/menu')).text).toContain('chưa được kết nối')
})

test('a secretary asks for a member without a smartphone, of the own branch only', async () => {
  const ward = await createTestWard(at, { branches: 2 })
  const [branch, other] = ward.branches
  const member = branch?.members.at(-1)
  const stranger = other?.members[0]
  if (!branch || !member || !stranger) throw new Error('members')
  const { account } = branch.secretary
  const menu = await at.people.ask(account, '/yeucaudulieu')
  await at.people.press(account, account, menu, 'Nhập thay')
  await at.people.next(account, account, says('họ tên'))
  await at.people.say(account, account, stranger.number)
  await at.people.next(account, account, says('Không thấy'))
  await at.people.say(account, account, member.number)
  const kinds = await at.people.next(account, account, says('Đề nghị việc gì'))
  await at.people.press(account, account, kinds, 'Đề nghị sửa')
  await at.people.next(account, account, says('Cần sửa gì'))
  await at.people.say(account, account, 'Sai điện thoại')
  await at.people.next(account, account, says('Đã nhận đề nghị'))
  const request = await db().dataRequest.findFirstOrThrow({ where: { personId: member.id } })
  expect(request.enteredById).toBe(BigInt(account))
})
