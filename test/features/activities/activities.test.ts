import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { morningOf } from '../../../src/domain/mornings.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'
import type { TestBranch, TestPerson } from '../../support/ward.ts'
import { inGroup, inPrivate, jpeg, member, oneBranch, says, sendPhotoInAnswer, twoBranches } from '../tasks/kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const db = () => test.app.services.database
const activityOf = (branch: TestBranch) =>
  db().activity.findFirstOrThrow({ where: { branchId: branch.id }, include: { calls: true, photos: true } })
const owed = async (person: TestPerson) => (await test.people.ask(person.account, '/viecchuaxong')).text
const press = (person: TestPerson, message: SeenMessage, button: string) =>
  test.people.press(person.account, person.account, message, button)

/** The secretary plans a clean-up in private; answers with what the group reads. */
async function plan(branch: TestBranch, time = '7:00 thứ 7'): Promise<SeenMessage> {
  const { secretary } = branch
  await test.people.ask(secretary.account, '/taohoatdong')
  const title = await test.people.ask(secretary.account, '1')
  await press(secretary, title, 'Dọn vệ sinh sáng thứ Bảy')
  await inPrivate(test, secretary, 'Khi nào?')
  await test.people.ask(secretary.account, time)
  const theme = await test.people.ask(secretary.account, 'Nhà văn hóa')
  await press(secretary, theme, 'Không có')
  await press(secretary, await inPrivate(test, secretary, 'Tạo hoạt động này?'), 'Tạo và báo')
  return inGroup(test, branch, 'Tại: Nhà văn hóa')
}

/** The organiser's card of the branch's activity. */
async function card(branch: TestBranch): Promise<SeenMessage> {
  await test.people.ask(branch.secretary.account, '/hoatdong')
  return test.people.ask(branch.secretary.account, '1')
}

describe('a clean-up on Saturday morning', () => {
  it('is announced, answered, attended in three ways, and told with its photos as an album', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const [one, two, silent] = [member(branch, 1), member(branch, 2), member(branch, 3)]
    const announced = await plan(branch)
    expect(announced.text).toMatch(/^07:00 28\/11\/2026, thứ Bảy/)
    expect(await owed(one)).toContain('Dọn vệ sinh sáng thứ Bảy')

    await test.people.press(one.account, group, announced, 'Tham gia')
    await test.people.press(two.account, group, announced, 'Không tham gia')
    await test.app.settle()
    const counted = (await test.people.read(secretary.account, group)).find(({ id }) => id === announced.id)
    expect(counted?.text).toContain('Tham gia: 1. Không tham gia: 1. Chưa trả lời: 5.')
    expect(counted?.text).not.toContain(one.fullName)
    expect(await owed(one)).toContain('không còn việc nào')
    // For a member without a smartphone the organiser answers.
    await press(secretary, await card(branch), 'Trả lời thay')
    const list = await inPrivate(test, secretary, 'Trả lời thay đồng chí nào?')
    const line = list.text.split('\n').find((text) => text.includes(silent.fullName))
    const question = await test.people.ask(secretary.account, line?.split('.')[0] ?? '')
    await press(secretary, question, 'Tham gia')
    await inPrivate(test, secretary, 'Đã ghi thay')

    const early = await test.people.ask(one.account, `/diemdanh ${(await activityOf(branch)).code}`)
    expect(early.text).toContain('chưa đến giờ')
    await test.people.advance('P4DT22H30M')
    const { code } = await activityOf(branch)
    expect((await test.people.ask(one.account, '/diemdanh 99999')).text).toContain('Mã không đúng')
    expect((await test.people.ask(one.account, code)).text).toContain('đồng chí có mặt')
    await press(secretary, await card(branch), 'Điểm danh theo danh sách')
    const roll = await inPrivate(test, secretary, 'Điểm danh: Dọn vệ sinh')
    expect(roll.text).toContain(`${one.fullName} (có mặt)`)
    const silentLine = roll.text.split('\n').find((text) => text.includes(silent.fullName))
    const taken = await test.people.ask(secretary.account, silentLine?.split('.')[0] ?? '')
    expect(taken.text).toContain('2 đồng chí có mặt')

    await press(secretary, await card(branch), 'Thêm ảnh')
    await inPrivate(test, secretary, 'Đề nghị đồng chí gửi ảnh')
    for (const name of ['1.jpg', '2.jpg']) {
      await test.people.sendFile(secretary.account, secretary.account, { name, data: jpeg(), as: 'photo' })
      await inPrivate(test, secretary, 'Hoạt động có')
    }
    await test.people.advance('PT1H')
    await press(secretary, await card(branch), 'Ghi kết quả')
    await inPrivate(test, secretary, 'Kết quả thế nào?')
    await test.people.ask(secretary.account, 'bà con 12, 300 mét, 2 điểm rác, đã trồng hoa')
    const told = await inGroup(test, branch, 'Kết quả: Dọn vệ sinh')
    expect(told.text).toContain('Đã làm sạch: 300 mét')
    await test.app.settle()
    const held = await activityOf(branch)
    expect(held).toMatchObject({ state: 'held', guestCount: 12, metreCount: 300, spotCount: 2 })
    expect(held.calls.flatMap(({ personId, attendedBy }) => (attendedBy ? [[personId, attendedBy]] : []))).toEqual([
      [one.id, 'code'],
      [silent.id, 'list'],
    ])
    const albumCalls = (await test.people.calls()).filter(({ method }) => method === 'sendMediaGroup')
    expect(albumCalls).toHaveLength(1)

    // The month's standing: sums for everybody, names for those who organise.
    const month = await test.people.ask(one.account, '/hoatdong')
    await press(one, month, 'Bảng tháng 11/2026')
    const standing = await inPrivate(test, one, '1 lần, 300 mét')
    expect(standing.text).toContain('Đồng chí có mặt 1/1 lần')
    expect(standing.text).not.toContain(silent.fullName)
    // And in the person's own record.
    expect((await test.people.ask(one.account, '/hoso')).text).toContain('tháng 11/2026: 1/1 lần')
    expect((await test.people.ask(two.account, '/hoso')).text).toContain('tháng 11/2026: 0/1 lần')
  })

  it('with a photo in answer to the message, the sender is there and the photo is kept', async () => {
    const branch = await oneBranch(test)
    const sender = member(branch, 1)
    const announced = await plan(branch, '10 giờ ngày mai')
    await test.people.advance('P1DT3H')
    sendPhotoInAnswer(test, sender, branch.group, announced.id)
    await inGroup(test, branch, 'đồng chí có mặt')
    const held = await activityOf(branch)
    expect(held.calls.find(({ personId }) => personId === sender.id)?.attendedBy).toBe('photo')
    expect(held.photos).toHaveLength(1)
  })

  it('comes back each week, is called off once, and for good', async () => {
    const branch = await oneBranch(test)
    const { secretary } = branch
    await plan(branch, '7:00 mỗi chủ nhật')
    for (const days of ['P3D', 'P4D', 'P3D']) await test.people.advance(days)
    expect(await db().activity.count({ where: { branchId: branch.id } })).toBeGreaterThanOrEqual(2)
    await press(secretary, await card(branch), 'Hủy và thôi lặp lại')
    await inPrivate(test, secretary, 'Vì sao hủy?')
    await test.people.ask(secretary.account, 'Trời mưa bão')
    expect((await inGroup(test, branch, 'Đã hủy:')).text).toContain('Lý do: Trời mưa bão')
    const before = await db().activity.count({ where: { branchId: branch.id } })
    for (const days of ['P3D', 'P4D', 'P3D', 'P4D']) await test.people.advance(days)
    expect(await db().activity.count({ where: { branchId: branch.id } })).toBe(before)
  })

  it('what cannot be is refused in one sentence: the past, the 31st, somebody of another branch', async () => {
    const [branch, other] = await twoBranches(test)
    const { secretary, group } = branch
    await test.people.ask(secretary.account, '/taohoatdong')
    const title = await test.people.ask(secretary.account, '1')
    await press(secretary, title, 'Dọn vệ sinh')
    await inPrivate(test, secretary, 'Khi nào?')
    expect((await test.people.ask(secretary.account, 'thứ 7')).text).toContain('cả giờ và ngày')
    expect((await test.people.ask(secretary.account, '7:00 ngày 31 hằng tháng')).text).toContain('Không phải tháng nào')
    expect((await test.people.ask(secretary.account, '7:00 1/1/2020')).text).toContain('đã qua')
    expect(await db().activity.count({ where: { branchId: branch.id } })).toBe(0)
    const announced = await plan(other, '7:00 ngày mai')
    expect(announced.buttons.flat().map(({ text }) => text)).toEqual(['Tham gia', 'Không tham gia'])
    const id = (await activityOf(other)).id
    const menu = await test.people.ask(secretary.account, '/menu')
    for (const data of [`aj:${id}`, `aroll:${id}`, `aend:${id}`, `acan:${id}`, `aview:${id}`]) {
      test.sandbox.world.press({ from: secretary.account, chat: secretary.account, message: menu.id, button: '', data })
    }
    await test.app.settle()
    const untouched = await activityOf(other)
    expect(untouched.state).toBe('planned')
    expect(untouched.calls.some(({ joins }) => joins !== null)).toBe(false)
    expect((await test.people.read(secretary.account, group)).some(says('Nhà văn hóa'))).toBe(false)
  })
})

describe('the day before', () => {
  it('those who join and those who have not said are reminded, of the silent ones the organiser; whoever declined is not', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const [open, joins, declines, silent] = [0, 1, 2, 3].map((nth) => member(branch, nth))
    if (!open || !joins || !declines || !silent) throw new Error('a branch without members')
    const today = test.app.context().today()
    const saturday = today.add({ days: ((6 - today.dayOfWeek + 7) % 7) + 7 })
    const on = saturday.toLocaleString('vi-VN', { day: '2-digit', month: '2-digit', year: 'numeric' })
    const announced = await plan(branch, `7:00 ${on}`)
    await test.people.press(joins.account, group, announced, 'Tham gia')
    await test.people.press(declines.account, group, announced, 'Không tham gia')
    await test.app.settle()
    const friday = morningOf(saturday.subtract({ days: 1 })).getTime() - test.sandbox.clock.now().getTime()
    await test.people.advance(`PT${Math.floor(friday / 1000) - 60}S`)
    const seen = async (person: TestPerson) =>
      (await test.people.read(person.account, person.account)).filter(({ text }) => text.startsWith('07:00 '))
    const before = await seen(declines)
    await test.people.advance('PT5M')
    expect((await inPrivate(test, joins, 'đến đúng giờ')).text).toMatch(/^07:00 /)
    const asked = await inPrivate(test, open, 'Đồng chí chưa trả lời')
    await press(open, asked, 'Tham gia')
    const told = await inPrivate(test, secretary, 'Tôi không nhắn được')
    expect(told.text).toContain(silent.fullName)
    expect(told.text).not.toContain(open.fullName)
    expect(await seen(declines)).toEqual(before)
  })

  it('what went by while nobody ticked is neither announced nor reminded of, and is counted', async () => {
    const branch = await oneBranch(test)
    await plan(branch, '7:00 mỗi thứ 7')
    const before = await db().activity.count({ where: { branchId: branch.id } })
    await test.people.advance('P29D')
    const after = await db().activity.findMany({ where: { branchId: branch.id } })
    expect(after.length - before).toBeLessThanOrEqual(1)
    const metrics = await test.app.metrics.text()
    const skipped = (what: string) =>
      Number(new RegExp(`lienchi_skipped_total\\{what="${what}"\\} (\\d+)`).exec(metrics)?.[1] ?? 0)
    expect(skipped('activityAnnouncement')).toBeGreaterThanOrEqual(3)
    expect(skipped('activityReminder')).toBeGreaterThanOrEqual(1)
    const told = (await test.people.read(branch.secretary.account, branch.group)).filter(says('Tại: Nhà văn hóa'))
    expect(told).toHaveLength(after.length)
  })
})

describe('a larger event', () => {
  it('may call some of the branch only: only they owe an answer, and who else presses reads so', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const [one, two] = [member(branch, 1), member(branch, 2)]
    await test.people.ask(secretary.account, '/taohoatdong')
    const title = await test.people.ask(secretary.account, '5')
    await press(secretary, title, 'Hội nghị đại biểu nhân dân')
    await inPrivate(test, secretary, 'Khi nào?')
    await test.people.ask(secretary.account, '8:00 21/12/2027')
    await press(secretary, await test.people.ask(secretary.account, 'Hội trường'), 'Không có')
    await press(secretary, await inPrivate(test, secretary, 'Tạo hoạt động này?'), 'Chỉ gọi một số đồng chí')
    const list = await inPrivate(test, secretary, 'Gọi những đồng chí nào?')
    const number =
      list.text
        .split('\n')
        .find((line) => line.endsWith(one.fullName))
        ?.split('.')[0] ?? ''
    expect((await test.people.ask(secretary.account, 'mấy người')).text).toContain('Chưa rõ những đồng chí nào')
    expect((await test.people.ask(secretary.account, '99')).text).toContain('99')
    const preview = await test.people.ask(secretary.account, number)
    expect(preview.text).toContain('Gọi 1 đồng chí')
    await press(secretary, preview, 'Tạo và báo')
    const announced = await inGroup(test, branch, 'Tại: Hội trường')
    expect(announced.text).toContain('Chưa trả lời: 1.')
    expect(await owed(one)).toContain('Hội nghị đại biểu nhân dân')
    expect(await owed(two)).not.toContain('Hội nghị đại biểu nhân dân')
    const refused = await test.people.press(two.account, group, announced, 'Tham gia')
    expect(refused.text).toContain('không gọi đồng chí')
  })

  it('is prepared by tasks: who does what until when stands on its card, and who attends, by name for the organiser', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const [one, two] = [member(branch, 1), member(branch, 2)]
    await test.people.ask(secretary.account, '/taohoatdong')
    const title = await test.people.ask(secretary.account, '4')
    await press(secretary, title, 'Ngày hội đại đoàn kết')
    await inPrivate(test, secretary, 'Khi nào?')
    await test.people.ask(secretary.account, '8:00 20/12/2027')
    await press(secretary, await test.people.ask(secretary.account, 'Sân đình'), 'Không có')
    await press(secretary, await inPrivate(test, secretary, 'Tạo hoạt động này?'), 'Tạo và báo')
    const announced = await inGroup(test, branch, 'Tại: Sân đình')
    expect(announced.text).toContain('Ngày hội đại đoàn kết')
    for (const [person, work, due] of [
      [one, 'Chuẩn bị hội trường', '10/12/2027'],
      [two, 'Mời đại biểu', '5/12/2027'],
    ] as const) {
      await press(secretary, await card(branch), 'Giao việc chuẩn bị')
      await inPrivate(test, secretary, 'Giao việc cho ai?')
      await test.people.ask(secretary.account, person.number)
      await test.people.ask(secretary.account, work)
      const preview = await test.people.ask(secretary.account, due)
      expect(preview.text).toContain('Theo: Ngày hội đại đoàn kết toàn dân')
      await press(secretary, preview, 'Giao việc')
      await inPrivate(test, person, work)
    }
    await test.people.ask(one.account, '/baocao 1 Hội trường đã sẵn sàng')
    await test.people.press(one.account, group, announced, 'Tham gia')
    await test.people.press(two.account, group, announced, 'Không tham gia')
    await test.app.settle()
    const shown = await card(branch)
    expect(shown.text).toContain(
      [
        'Chuẩn bị:',
        `1. Mời đại biểu: đồng chí ${two.fullName}, hạn 05/12/2027 (chưa báo cáo)`,
        `2. Chuẩn bị hội trường: đồng chí ${one.fullName}, hạn 10/12/2027 (đã báo cáo, chờ xem)`,
      ].join('\n'),
    )
    await press(secretary, shown, 'Xem ai tham gia')
    const who = await inPrivate(test, secretary, 'Chưa trả lời: 5')
    expect(who.text).toContain(`Tham gia: 1\n1. ${one.fullName}`)
    expect(who.text).toContain(`Không tham gia: 1\n1. ${two.fullName}`)
    // The names are for whoever organises.
    await test.people.ask(one.account, '/hoatdong')
    const own = await test.people.ask(one.account, '1')
    expect(buttonsOf(own)).not.toContain('Xem ai tham gia')
    expect(own.text).toContain(`2. Chuẩn bị hội trường: đồng chí ${one.fullName}, hạn 10/12/2027`)
    expect(own.text).not.toContain('chờ xem')
  })
})
