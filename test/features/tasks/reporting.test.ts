import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { assign, inGroup, inPrivate, jpeg, member, oneBranch, says, sendAlbum, twoBranches } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

describe('reporting', () => {
  it('with a photo in private, by button: the group sees the photo, the report stays one', async () => {
    const branch = await oneBranch(test)
    const { secretary } = branch
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    const own = await inPrivate(test, assignee, 'Nhiệm vụ số 1')
    await test.people.press(assignee.account, assignee.account, own, 'Báo cáo kết quả')
    await inPrivate(test, assignee, 'Kết quả Nhiệm vụ số 1')
    const photo = { name: 'vuon.jpg', data: jpeg(), mime: 'image/jpeg', as: 'photo' as const }
    await test.people.sendFile(assignee.account, assignee.account, { ...photo, caption: 'Vườn đã sạch' })
    await inPrivate(test, assignee, 'Đã nhận báo cáo Nhiệm vụ số 1')
    const posted = await inGroup(test, branch, 'Đã có báo cáo Nhiệm vụ số 1')
    expect(posted.text).toContain('Vườn đã sạch')
    expect(posted.files).toHaveLength(1)
    await test.people.sendFile(assignee.account, assignee.account, photo)
    await inPrivate(test, assignee, 'Đã thêm vào báo cáo Nhiệm vụ số 1')
    expect((await inGroup(test, branch, 'Thêm vào báo cáo')).files).toHaveLength(1)
    expect((await inPrivate(test, secretary, 'Đã có báo cáo')).files).toHaveLength(1)
    await test.app.settle()
    const reports = await test.app.services.database.taskReport.findMany({
      where: { task: { branchId: branch.id } },
      include: { parts: true },
    })
    expect(reports).toHaveLength(1)
    expect(reports[0]?.parts.map(({ fileKind }) => fileKind)).toEqual(['photo', 'photo'])
  })

  it('with a number and a document in one message', async () => {
    const branch = await oneBranch(test)
    const assignee = member(branch, 2)
    await assign(test, branch, assignee)
    await test.people.sendFile(assignee.account, assignee.account, {
      name: 'danh-sach.pdf',
      data: new Uint8Array([37, 80, 68, 70]),
      caption: '/baocao 1 Danh sách hộ mới',
    })
    await inPrivate(test, assignee, 'Đã nhận báo cáo Nhiệm vụ số 1')
    const posted = await inGroup(test, branch, 'Danh sách hộ mới')
    expect(posted.files.map(({ name }) => name)).toEqual(['danh-sach.pdf'])
  })

  it('a photo sent in private without a word is kept until the task is chosen', async () => {
    const branch = await oneBranch(test)
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    await assign(test, branch, assignee, 'dọn ngõ; không hạn')
    await test.people.sendFile(assignee.account, assignee.account, { name: 'a.jpg', data: jpeg(), as: 'photo' })
    await inPrivate(test, assignee, 'Báo cáo nhiệm vụ nào?')
    const answer = await test.people.ask(assignee.account, '2')
    expect(answer.text).toContain('Đã nhận báo cáo Nhiệm vụ số 2')
  })

  it.each([
    ['in answer to the task in the group', 'group'],
    ['in private while the result is awaited', 'asked'],
    ['in private without a word', 'loose'],
  ])('all photos of an album belong to one report: %s', async (_, way) => {
    const branch = await oneBranch(test)
    const assignee = member(branch, 1)
    const announced = await assign(test, branch, assignee)
    const album = { id: `1300${branch.id}`, caption: 'Trước và sau' }
    const chat = way === 'group' ? branch.group : assignee.account
    if (way === 'asked') {
      await test.people.press(assignee.account, branch.group, announced, 'Báo cáo kết quả')
      const question = await test.people.next(assignee.account, branch.group, says('Kết quả Nhiệm vụ số 1'))
      sendAlbum(test, assignee, branch.group, { ...album, replyTo: question.id })
    } else {
      sendAlbum(test, assignee, chat, { ...album, replyTo: way === 'group' ? announced.id : undefined })
    }
    if (way === 'loose') {
      await inPrivate(test, assignee, 'Báo cáo nhiệm vụ nào?')
      await test.app.settle()
      await test.people.ask(assignee.account, '1')
    }
    await inPrivate(test, branch.secretary, 'Đã có báo cáo')
    await test.app.settle()
    const reports = await test.app.services.database.taskReport.findMany({
      where: { task: { branchId: branch.id } },
      include: { parts: { orderBy: { id: 'asc' } } },
    })
    expect(reports.map(({ parts }) => parts.map(({ text, fileName }) => [text, fileName !== null]))).toEqual([
      [
        ['Trước và sau', true],
        ['', true],
        ['', true],
      ],
    ])
    const toSecretary = await test.people.read(branch.secretary.account, branch.secretary.account)
    expect(toSecretary.flatMap(({ files }) => files)).toHaveLength(3)
  })

  it("another member's task cannot be reported; an answer of thanks is not one", async () => {
    const branch = await oneBranch(test)
    const { group } = branch
    const announced = await assign(test, branch, member(branch, 1))
    const other = member(branch, 2)
    await test.people.say(other.account, group, 'Tôi làm rồi', announced.id)
    const refused = await test.people.next(other.account, group)
    expect(refused.text).toContain('giao cho đồng chí khác')
    const pressed = await test.people.press(other.account, group, announced, 'Báo cáo kết quả')
    expect(pressed.text).toContain('giao cho đồng chí khác')
    await test.people.say(member(branch, 1).account, group, 'Vâng ạ', announced.id)
    expect((await test.people.next(member(branch, 1).account, group)).text).toContain('Đã rõ')
    expect(await test.app.services.database.taskReport.count({ where: { task: { branchId: branch.id } } })).toBe(0)
  })

  it('the secretary enters it for a member without a smartphone, and it is marked so', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const announced = await assign(test, branch, member(branch, 3))
    await test.people.say(secretary.account, group, '/baocao 1 Đã phát 40 tờ rơi')
    const posted = await inGroup(test, branch, 'Đã có báo cáo Nhiệm vụ số 1')
    expect(posted.text).toContain('(nhập thay)')
    // Words in answer to the task are a report only if the secretary says so.
    await test.people.say(secretary.account, group, 'Cố gắng nhé', announced.id)
    const asked = await inGroup(test, branch, 'Đây là báo cáo thay')
    await test.people.press(secretary.account, group, asked, 'Không phải báo cáo')
    await test.app.settle()
    expect(
      await test.app.services.database.taskReportPart.count({ where: { report: { task: { branchId: branch.id } } } }),
    ).toBe(1)
  })

  it('what is not a report is refused with the remedy', async () => {
    const branch = await oneBranch(test)
    const assignee = member(branch, 1)
    expect((await test.people.ask(assignee.account, '/baocao')).text).toContain('không có việc nào')
    expect((await test.people.ask(assignee.account, '/baocao 99 xong')).text).toContain('Không tìm thấy Nhiệm vụ số 99')
    await assign(test, branch, assignee)
    expect((await test.people.ask(assignee.account, `/baocao 1 ${'a'.repeat(3000)}`)).text).toContain('dài quá')
  })

  it('whoever moved to another branch meanwhile still reports on the task they were given', async () => {
    const [branch, other] = await twoBranches(test)
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    const db = test.app.services.database
    await db.membership.updateMany({
      where: { personId: assignee.id },
      data: { to: new Date('2026-11-22T00:00:00Z') },
    })
    await db.membership.create({
      data: { personId: assignee.id, organisationId: other.id, from: new Date('2026-11-23T00:00:00Z') },
    })
    const answer = await test.people.ask(assignee.account, '/baocao 1 Đã bàn giao xong')
    expect(answer.text).toContain('Đã nhận báo cáo Nhiệm vụ số 1')
    await inGroup(test, branch, 'Đã có báo cáo Nhiệm vụ số 1')
  })

  it('without a number in the group: one open task is meant, of several one is asked', async () => {
    const branch = await oneBranch(test)
    const { group } = branch
    const assignee = member(branch, 1)
    await assign(test, branch, assignee)
    await assign(test, branch, assignee, 'dọn ngõ; không hạn')
    await test.people.say(assignee.account, group, '/baocao Đã làm xong')
    const list = await test.people.next(assignee.account, group, says('Báo cáo nhiệm vụ nào?'))
    await test.people.press(assignee.account, group, list, '2')
    await inGroup(test, branch, 'Đã có báo cáo Nhiệm vụ số 2')
  })
})
