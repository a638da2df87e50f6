import { afterAll, beforeAll, expect, it } from 'vitest'
import { buttonsOf } from '../../../src/demo/people.ts'
import { monthOf } from '../../../src/domain/period.ts'
import { membersOf } from '../../../src/features/registry/index.ts'
import { introduceTransfer } from '../../../src/features/transfers/introduce-transfer.ts'
import { proposeTransfer } from '../../../src/features/transfers/propose-transfer.ts'
import { receiveTransfer } from '../../../src/features/transfers/receive-transfer.ts'
import { reviewTransfer } from '../../../src/features/transfers/review-transfer.ts'
import { createContext } from '../../../src/platform/context.ts'
import { writeWorkbook } from '../../../src/platform/workbook.ts'
import { speakerOf } from '../../../src/telegram/speaker.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard, type TestBranch, type TestPerson, type TestWard } from '../../support/ward.ts'
import { beginPlan, buttonWith, day, lineNumber, pressFor, says, told } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

async function twoBranches(): Promise<{ ward: TestWard; old: TestBranch; next: TestBranch; mover: TestPerson }> {
  const ward = await createTestWard(test, { branches: 2, members: 3 })
  const [old, next] = ward.branches
  const mover = old?.members[1]
  if (!old || !next || !mover) throw new Error('a small ward')
  return { ward, old, next, mover }
}

const db = () => test.app.services.database
const stateOf = async ({ id }: TestPerson) =>
  (await db().transfer.findFirstOrThrow({ where: { personId: id }, orderBy: { id: 'desc' } })).state

/** The member asks for themself; answers with the card that the bot shows. */
async function request(mover: TestPerson, kind: string, answers: (ask: typeof test.people.ask) => Promise<void>) {
  const home = await test.people.ask(mover.account, '/chuyensinhhoat')
  const kinds = await pressFor(test, mover.account, home, buttonWith(home, 'Đề nghị chuyển cho tôi'), 'chuyển thế nào')
  await test.people.press(mover.account, mover.account, kinds, buttonWith(kinds, kind))
  await test.app.settle()
  await answers((from, text) => test.people.ask(from, text))
  const preview = (await test.people.read(mover.account, mover.account)).findLast(says('Mở việc chuyển'))
  if (!preview) throw new Error('no preview')
  return pressFor(test, mover.account, preview, 'Mở', 'Tình trạng: đã đề nghị')
}

it('a member asks, the branch reviews and introduces, the new branch receives, and reminders come in between', async () => {
  const { old, next, mover } = await twoBranches()
  const { people } = test
  await request(mover, 'Chuyển trong phường', async (ask) => {
    const list = (await people.read(mover.account, mover.account)).findLast(says('Về chi bộ nào'))
    if (list) await ask(mover.account, lineNumber(list, next.name))
  })
  const asked = await told(test, old.secretary.account, 'Đề nghị chuyển sinh hoạt')
  expect(asked.text).toContain('Tôi chỉ theo dõi')
  const reviewed = await pressFor(test, old.secretary.account, asked, 'Đã kiểm điểm', 'Tình trạng: đã kiểm điểm')
  await people.press(old.secretary.account, old.secretary.account, reviewed, 'Đã có giấy giới thiệu')
  await told(test, old.secretary.account, 'Số của giấy giới thiệu')
  // Each answer that cannot stand is refused where it is given, and the question stays.
  expect((await people.ask(old.secretary.account, 'không có')).text).toContain('cần có chữ số')
  await people.ask(old.secretary.account, '45-GGT/ĐU')
  expect((await people.ask(old.secretary.account, '31/02/2026')).text).toContain('Không có ngày')
  expect((await people.ask(old.secretary.account, '30/11/2026')).text).toContain('chưa đến')
  await people.ask(old.secretary.account, '23/11/2026')
  expect((await people.ask(old.secretary.account, '20/11/2026')).text).toContain('trước ngày ký')
  await people.ask(old.secretary.account, '01/12/2026')
  expect((await people.ask(old.secretary.account, 'quý IV')).text).toContain('ghi một tháng')
  expect((await people.ask(old.secretary.account, 'tháng 11/2026')).text).toContain('Hạn nộp giấy: 23/12/2026')
  await told(test, mover.account, 'Đảng phí đã đóng đến hết tháng 11/2026')
  const list = await told(test, next.secretary.account, 'được giới thiệu về')

  // Nobody receives: on the day of effect the branch hears of it, a week before the deadline the member, after it the office.
  await people.advance('P8D')
  await told(test, next.secretary.account, 'Đã đến ngày 01/12/2026')
  await people.advance('P15D')
  await told(test, mover.account, 'Hạn 23/12/2026: nộp giấy')
  await people.advance('P8D')
  await told(test, mover.account, 'Hạn 23/12/2026: nộp giấy')
  const { officer } = await wardOf(old)
  await told(test, officer, 'Quá hạn nộp giấy giới thiệu (23/12/2026)')
  expect(await membersOf(db(), old.id, day('2026-12-24')).then(idsOf)).toContain(mover.id)

  await pressFor(test, next.secretary.account, list, 'Tiếp nhận tất cả', 'từ ngày 25/12/2026')
  expect(buttonsOf(await people.ask(next.secretary.account, '/chuyensinhhoat')).join()).not.toContain('tiếp nhận:')
  await people.advance('P1D')
  expect(await membersOf(db(), next.id, day('2026-12-25')).then(idsOf)).toContain(mover.id)
  expect(await membersOf(db(), old.id, day('2026-12-25')).then(idsOf)).not.toContain(mover.id)
  expect((await people.ask(mover.account, '/hoso')).text).toContain('25/12/2026 – nay')
  // To the old secretary the person is as unknown as anybody; the new one sees the record, and only that look is recorded.
  expect((await people.ask(old.secretary.account, `/hoso ${mover.number}`)).text).toContain('Không thấy đồng chí nào')
  expect((await people.ask(next.secretary.account, `/hoso ${mover.number}`)).text).toContain('Hồ sơ sinh hoạt đảng')
  expect(await db().auditEntry.count({ where: { action: 'person.pathViewed' } })).toBe(1)
})

it('a guest on a temporary transfer stays on the list at home, has no vote in either place, and the stay ends by itself', async () => {
  const { ward, old, next, mover } = await twoBranches()
  const { people } = test
  const today = test.app.context().today()
  const written = (on: Temporal.PlainDate) =>
    on.toLocaleString('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric' })
  const until = today.add({ months: 4 })
  await request(mover, 'Chuyển tạm thời', async (ask) => {
    const list = (await people.read(mover.account, mover.account)).findLast(says('Đến đâu?'))
    if (list) await ask(mover.account, lineNumber(list, next.name))
    const study = await ask(mover.account, written(until))
    await people.press(mover.account, mover.account, study, 'Không, việc khác')
    await test.app.settle()
  })
  const { id } = await db().transfer.findFirstOrThrow({ where: { personId: mover.id } })
  await db().transfer.update({
    where: { id },
    data: {
      state: 'introduced',
      instrumentNumber: '7-GGT',
      instrumentOn: new Date(`${today}`),
      effectiveOn: new Date(`${today.add({ days: 2 })}`),
      introducedOn: new Date(`${today}`),
      presentBy: new Date(`${today.add({ days: 30 })}`),
    },
  })
  const open = await people.ask(ward.officer, '/chuyensinhhoat')
  const listed = await pressFor(test, ward.officer, open, buttonWith(open, 'Đang làm thủ tục'), mover.fullName)
  const card = await people.ask(ward.officer, lineNumber(listed, 'chờ tiếp nhận'))
  await people.press(ward.officer, ward.officer, card, 'Tiếp nhận')
  await test.app.settle()
  expect(await db().transfer.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: 'received',
    receivedOnBehalf: true,
  })
  await people.advance('P3D')
  const during = today.add({ days: 3 })
  expect(await membersOf(db(), next.id, during).then(idsOf)).toContain(mover.id)
  expect(await membersOf(db(), old.id, during).then(idsOf)).toContain(mover.id)
  const directory = await people.ask(next.secretary.account, '/danhba')
  expect(directory.text).toContain('6 đảng viên, và 1 đồng chí sinh hoạt tạm thời')
  for (const branch of [old, next]) expect(await rollOf(branch)).not.toContain(mover.id)
  const { days } = during.until(until, { largestUnit: 'days' })
  await people.advance(`P${days}D`)
  await told(test, old.secretary.account, 'hết thời gian sinh hoạt tạm thời')
  expect(await membersOf(db(), next.id, until.add({ days: 1 })).then(idsOf)).not.toContain(mover.id)
  expect(await membersOf(db(), old.id, until.add({ days: 1 })).then(idsOf)).toContain(mover.id)
})

it('somebody who leaves the ward is followed to the paper, and belongs to no branch of it afterwards', async () => {
  const { old, mover } = await twoBranches()
  const { people } = test
  const { secretary } = old
  const home = await people.ask(secretary.account, '/chuyensinhhoat')
  await pressFor(test, secretary.account, home, buttonWith(home, 'Chuyển một đồng chí'), 'Chuyển đồng chí nào')
  expect((await people.ask(secretary.account, 'Người Không Có')).text).toContain('Không thấy đồng chí nào')
  const kinds = await people.ask(secretary.account, mover.number)
  await people.press(secretary.account, secretary.account, kinds, buttonWith(kinds, 'Chuyển chính thức'))
  await told(test, secretary.account, 'Chuyển đến đâu')
  const preview = await people.ask(secretary.account, 'Đảng ủy xã Thử Nghiệm')
  const card = await pressFor(test, secretary.account, preview, 'Mở', 'Tình trạng: đã đề nghị')
  expect(buttonsOf(card)).toEqual(['Đã kiểm điểm', 'Hủy việc chuyển'])
  // Given up, and asked again: one at a time.
  await pressFor(test, secretary.account, card, 'Hủy việc chuyển', 'vì lý do gì')
  expect((await people.ask(secretary.account, 'Đồng chí ở lại công tác')).text).toContain('Đã hủy')
  expect(await stateOf(mover)).toBe('cancelled')
  expect((await people.press(secretary.account, secretary.account, card, 'Đã kiểm điểm')).text).toContain('đã hủy')
  const ctx = createContext(
    test.app.services,
    (await speakerOf(db(), { id: BigInt(secretary.account), name: '' }, test.sandbox.clock.now())).actor,
    null,
  )
  const to = { name: 'Đảng ủy xã Thử Nghiệm' }
  const again = await proposeTransfer(ctx, { key: 'again', personId: mover.id, kind: 'official', to, stay: null })
  const transferId = again.ok ? again.value.id : 0
  await reviewTransfer(ctx, { transferId })
  const today = ctx.today()
  const paper = { instrumentNumber: '8-GGT', instrumentOn: today, effectiveOn: today }
  await introduceTransfer(ctx, { transferId, ...paper, feesPaidThrough: monthOf(today) })
  // The other ward is not here: the branch that is left enters that the papers were taken there.
  expect(await receiveTransfer(ctx, { transferId })).toMatchObject({ value: { transfer: { state: 'received' } } })
  await people.advance('P1D')
  await told(test, mover.account, 'thôi sinh hoạt tại')
  expect(await membersOf(db(), old.id, today).then(idsOf)).toContain(mover.id)
  expect(await db().membership.count({ where: { personId: mover.id, to: null } })).toBe(0)
})

it('a plan is put together in the chat by numbers, and what is changed or dropped tells nobody', async () => {
  const { ward, old, next, mover } = await twoBranches()
  const { people } = test
  const { officer } = ward
  const ways = await beginPlan(test, officer, { leaving: old.name, effectiveOn: '01/06/2027', dissolves: false })
  const list = await pressFor(test, officer, ways, 'Chọn tại đây', 'Đã có nơi đến: 0/')
  const receivers = await people.ask(
    officer,
    lineNumber(list, `${mover.fullName} (${await birthYear(mover)}) → chưa có nơi đến`),
  )
  const placed = await people.ask(officer, lineNumber(receivers, next.name))
  expect(placed.text).toContain('Đã có nơi đến: 1/')
  expect(placed.text).toContain(`→ ${next.name}`)
  const preview = await pressFor(test, officer, placed, 'Xem trước', `1 đồng chí rời ${old.name}`)
  expect(preview.text).toContain('Ở lại: 5 đồng chí')
  // The leaving branch dissolves nothing, and nobody has been told yet.
  const before = await db().delivery.count()
  await people.press(officer, officer, preview, 'Bỏ bản này')
  await test.app.settle()
  await pressFor(test, officer, placed, 'Xem trước', 'Bản soạn này đã bỏ')
  expect(await db().transfer.count({ where: { wardId: ward.id } })).toBe(0)
  expect(await db().delivery.count()).toBe(before)
  // A workbook without a draft to fill is answered with what to do first.
  const rows = [
    ['Số đảng viên', 'Mã chi bộ đến'],
    [mover.number, next.code],
  ]
  const data = await writeWorkbook([{ sheet: 'Chuyển sinh hoạt', rows }])
  await people.sendFile(officer, officer, { name: 'chuyen.xlsx', data })
  expect((await people.next(officer, officer)).text).toContain('Chưa có bản soạn nào')
})

async function birthYear({ id }: TestPerson): Promise<number | null> {
  return (await db().person.findUniqueOrThrow({ where: { id } })).birthYear
}

function idsOf(members: { id: number }[]): number[] {
  return members.map(({ id }) => id)
}

async function wardOf({ id }: TestBranch): Promise<{ officer: number }> {
  const { wardId } = await db().organisation.findUniqueOrThrow({ where: { id } })
  const { accountId } = await db().appointment.findFirstOrThrow({ where: { wardId, role: 'officer' } })
  return { officer: Number(accountId) }
}

/** Who stands on the roll of a vote that the branch's secretary opens now. */
async function rollOf({ id, secretary, group }: TestBranch): Promise<number[]> {
  await test.people.say(secretary.account, group, '/bieuquyet Nhất trí kế hoạch?')
  const preview = await test.people.next(secretary.account, group, says('Xem lại trước khi mở'))
  await test.people.press(secretary.account, group, preview, 'Mở biểu quyết')
  await test.people.next(secretary.account, group, says('Đã biểu quyết: 0/'))
  const vote = await db().vote.findFirstOrThrow({ where: { branchId: id }, include: { roll: true } })
  return vote.roll.map(({ personId }) => personId)
}
