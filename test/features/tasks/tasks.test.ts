import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storeFile } from '../../../src/sandbox/files/store.ts'
import { put } from '../../../src/sandbox/world/talking.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'
import { createTestWard, type TestBranch, type TestPerson } from '../../support/ward.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

async function oneBranch(): Promise<TestBranch> {
  const { branches } = await createTestWard(test, { members: 4 })
  const [branch] = branches
  if (!branch) throw new Error('a ward without a branch')
  return branch
}

/** The secretary assigns in the group with one line; answers with the message that the group reads. */
async function assign(branch: TestBranch, person: TestPerson, work = 'dọn vườn hoa; hạn 30/11'): Promise<SeenMessage> {
  const { secretary, group } = branch
  await test.people.say(secretary.account, group, `/giaoviec ${person.number}: ${work}`)
  const preview = await test.people.next(secretary.account, group, ({ text }) => text.includes('Giao việc này?'))
  await test.people.press(secretary.account, group, preview, 'Giao việc')
  return test.people.next(secretary.account, group, isAnnouncement)
}

const isAnnouncement = ({ text, buttons }: SeenMessage) =>
  text.includes('Nhiệm vụ số') && buttons.flat().some((button) => button.text === 'Báo cáo kết quả')
const says = (words: string) => (message: SeenMessage) => message.text.includes(words)
const plain = (branch: TestBranch, nth: number): TestPerson => {
  const person = branch.members[nth]
  if (!person) throw new Error(`no member ${nth}`)
  return person
}
const inGroup = (branch: TestBranch, words: string) =>
  test.people.next(branch.secretary.account, branch.group, says(words))
const inPrivate = (person: TestPerson, words: string) => test.people.next(person.account, person.account, says(words))

describe('assigning', () => {
  it('by one line in the group: the group and the member read it, the due date first', async () => {
    const branch = await oneBranch()
    const member = plain(branch, 1)
    const announced = await assign(branch, member)
    expect(announced.text.split('\n').slice(0, 4)).toEqual([
      'Hạn: 30/11/2026',
      'Nhiệm vụ số 1',
      `Đồng chí ${member.fullName}`,
      '',
    ])
    const own = await inPrivate(member, 'Nhiệm vụ số 1')
    expect(own.text).toMatch(/^Hạn: 30\/11\/2026/)
    expect(own.text).toContain('dọn vườn hoa')
  })

  it('in answer to a member: that member is the assignee', async () => {
    const branch = await oneBranch()
    const { secretary, group } = branch
    const member = plain(branch, 1)
    const said = await test.people.say(member.account, group, 'Sáng mai tôi rỗi.')
    await test.people.say(secretary.account, group, '/giaoviec Dọn ngõ 12, hạn thứ 7 tuần này', said)
    const preview = await inGroup(branch, 'Giao việc này?')
    expect(preview.text).toContain(`Đồng chí ${member.fullName}`)
    expect(preview.text).toMatch(/^Hạn: 28\/11\/2026/)
  })

  it('step by step in private: pick by number, type the work, press the due date, confirm', async () => {
    const branch = await oneBranch()
    const { secretary } = branch
    const list = await test.people.ask(secretary.account, '/giaoviec')
    const line = list.text.split('\n').find((text) => text.includes(plain(branch, 3).fullName))
    const question = await test.people.ask(secretary.account, line?.split('.')[0] ?? '')
    expect(question.text).toContain(`Giao việc gì cho đồng chí ${plain(branch, 3).fullName}?`)
    const due = await test.people.ask(secretary.account, 'Thống kê hộ mới đến')
    expect(buttonsOf(due)).toEqual(['Thứ 7 tuần này (28/11/2026)', 'Cuối tháng (30/11/2026)', 'Không hạn'])
    await test.people.press(secretary.account, secretary.account, due, 'Cuối tháng')
    const preview = await inPrivate(secretary, 'Giao việc này?')
    await test.people.press(secretary.account, secretary.account, preview, 'Giao việc')
    const done = await inPrivate(secretary, 'Đã giao Nhiệm vụ số 1')
    // This member has no smartphone.
    expect(done.text).toContain('Đề nghị báo trực tiếp')
    expect((await inGroup(branch, 'Nhiệm vụ số 1')).text).toContain('Thống kê hộ mới đến')
  })

  it('step by step in the group: the list shows names only, answers are replies', async () => {
    const branch = await oneBranch()
    const { secretary, group } = branch
    await test.people.say(secretary.account, group, '/giaoviec')
    const list = await inGroup(branch, 'Giao việc cho ai?')
    expect(list.text).not.toMatch(/\(19\d\d\)/)
    expect(list.text).toContain(plain(branch, 2).fullName)
    await test.people.say(secretary.account, group, plain(branch, 2).fullName, list.id)
    const question = await inGroup(branch, 'Giao việc gì')
    await test.people.say(secretary.account, group, 'Đón đoàn kiểm tra', question.id)
    const due = await inGroup(branch, 'Hạn đến ngày nào?')
    await test.people.say(secretary.account, group, 'không hạn', due.id)
    expect((await inGroup(branch, 'Giao việc này?')).text).toMatch(/^Không đặt hạn/)
  })

  it('names that fit several people are asked about, with the birth year', async () => {
    const branch = await oneBranch()
    await test.people.say(branch.secretary.account, branch.group, '/giaoviec đảng viên: dọn ngõ; hạn 30/11')
    const list = await inGroup(branch, 'Có nhiều người khớp')
    expect(list.buttons.flat()).toHaveLength(4)
    await test.people.press(branch.secretary.account, branch.group, list, '2')
    // The work and the due date that were said already are kept.
    expect((await inGroup(branch, 'Giao việc này?')).text).toContain('dọn ngõ')
  })

  it('two people of one name are told apart by their birth years', async () => {
    const branch = await oneBranch()
    const db = test.app.services.database
    const name = plain(branch, 0).fullName
    await db.person.update({
      where: { id: plain(branch, 1).id },
      data: { fullName: name, searchName: 'le thi dang vien' },
    })
    await db.person.update({ where: { id: plain(branch, 0).id }, data: { searchName: 'le thi dang vien' } })
    await test.people.say(branch.secretary.account, branch.group, '/giaoviec le thi dang vien: dọn ngõ')
    const list = await inGroup(branch, 'Có nhiều người khớp')
    expect(list.text.match(/\(19\d\d\)/g)).toHaveLength(2)
  })

  it('what cannot be is said in one sentence, and nothing is written', async () => {
    const ward = await createTestWard(test, { branches: 2 })
    const [branch, other] = ward.branches
    if (!branch || !other) throw new Error('two branches were wanted')
    const { secretary } = branch
    const ask = (text: string) => test.people.ask(secretary.account, text)
    expect((await ask('/giaoviec Không Có Ai: dọn ngõ')).text).toContain('Không tìm thấy «Không Có Ai»')
    expect((await ask(`/giaoviec ${other.deputy.fullName}: dọn ngõ`)).text).toContain('không thuộc chi bộ')
    expect((await ask(`/giaoviec ${branch.deputy.fullName}: dọn ngõ; hạn 20/11`)).text).toContain('đã qua')
    expect((await ask(`/giaoviec ${branch.deputy.fullName}: ${'a'.repeat(600)}`)).text).toContain('dài quá')
    await ask('/huy')
    expect(await test.app.services.database.task.count({ where: { branchId: branch.id } })).toBe(0)
  })

  it('is for the secretary, the deputy and the committee of that branch', async () => {
    const ward = await createTestWard(test, { branches: 2 })
    const [branch, other] = ward.branches
    if (!branch || !other) throw new Error('two branches were wanted')
    await test.people.changeGroup(branch.group, { add: [other.secretary.account] })
    for (const person of [plain(branch, 1), other.secretary]) {
      await test.people.say(person.account, branch.group, `/giaoviec ${plain(branch, 0).number}: dọn ngõ`)
      const answer = await test.people.next(person.account, branch.group)
      expect(answer.text).toContain('chưa được giao cho đồng chí')
    }
  })

  it('a confirmation pressed twice makes one task; another person cannot press it', async () => {
    const branch = await oneBranch()
    const { secretary, deputy, group } = branch
    await test.people.say(secretary.account, group, `/giaoviec ${plain(branch, 1).number}: dọn ngõ; hạn 30/11`)
    const preview = await inGroup(branch, 'Giao việc này?')
    const refused = await test.people.press(deputy.account, group, preview, 'Giao việc')
    expect(refused.text).toContain('của đồng chí khác')
    const [data] = await Promise.all([
      test.people.press(secretary.account, group, preview, 'Giao việc'),
      test.people.press(secretary.account, group, preview, 'Giao việc').catch(() => null),
    ])
    expect(data).toBeDefined()
    await test.app.settle()
    expect(await test.app.services.database.task.count({ where: { branchId: branch.id } })).toBe(1)
  })

  it('numbers follow one another in a branch, whoever assigns at the same time', async () => {
    const branch = await oneBranch()
    const { secretary, deputy, group } = branch
    const people = [secretary, deputy]
    const previews = await Promise.all(
      people.map(async ({ account }) => {
        await test.people.say(account, account, `/giaoviec ${plain(branch, 1).number}: dọn ngõ; không hạn`)
        return test.people.next(account, account, says('Giao việc này?'))
      }),
    )
    await Promise.all(
      people.map(({ account }, index) => {
        const preview = previews[index]
        if (!preview) throw new Error('no preview')
        return test.people.press(account, account, preview, 'Giao việc')
      }),
    )
    await test.app.settle()
    const tasks = await test.app.services.database.task.findMany({ where: { branchId: branch.id } })
    expect(tasks.map(({ number }) => number).sort()).toEqual([1, 2])
    expect((await test.people.read(secretary.account, group)).filter(isAnnouncement)).toHaveLength(2)
  })
})

describe('reporting', () => {
  it('by replying to the task in the group: the secretary is asked in private and accepts', async () => {
    const branch = await oneBranch()
    const { secretary, group } = branch
    const member = plain(branch, 1)
    const announced = await assign(branch, member)
    await test.people.say(member.account, group, 'Đã dọn xong 30 mét.', announced.id)
    expect((await inGroup(branch, 'Đã có báo cáo Nhiệm vụ số 1')).text).toContain(member.fullName)
    const asked = await inPrivate(secretary, 'Đã có báo cáo Nhiệm vụ số 1')
    expect(asked.text).toContain('Kết quả: Đã dọn xong 30 mét.')
    expect(buttonsOf(asked)).toEqual(['Chấp nhận', 'Trả lại'])
    await test.people.press(secretary.account, secretary.account, asked, 'Chấp nhận')
    await inGroup(branch, 'báo cáo được chấp nhận')
    await inPrivate(member, 'báo cáo được chấp nhận')
    const again = await test.people.press(secretary.account, secretary.account, asked, 'Trả lại').catch(() => null)
    // The buttons are gone; a press that was already under way is answered calmly.
    expect(again?.text ?? '').not.toContain('Vì sao')
  })

  it('with a photo in private, by button: the group sees the photo, the report stays one', async () => {
    const branch = await oneBranch()
    const { secretary } = branch
    const member = plain(branch, 1)
    await assign(branch, member)
    const own = await inPrivate(member, 'Nhiệm vụ số 1')
    await test.people.press(member.account, member.account, own, 'Báo cáo kết quả')
    await inPrivate(member, 'Kết quả Nhiệm vụ số 1')
    const photo = { name: 'vuon.jpg', data: jpeg(), mime: 'image/jpeg', as: 'photo' as const }
    await test.people.sendFile(member.account, member.account, { ...photo, caption: 'Vườn đã sạch' })
    await inPrivate(member, 'Đã nhận báo cáo Nhiệm vụ số 1')
    const posted = await inGroup(branch, 'Đã có báo cáo Nhiệm vụ số 1')
    expect(posted.text).toContain('Vườn đã sạch')
    expect(posted.files).toHaveLength(1)
    await test.people.sendFile(member.account, member.account, photo)
    await inPrivate(member, 'Đã thêm vào báo cáo Nhiệm vụ số 1')
    expect((await inGroup(branch, 'Thêm vào báo cáo')).files).toHaveLength(1)
    expect((await inPrivate(secretary, 'Đã có báo cáo')).files).toHaveLength(1)
    await test.app.settle()
    const reports = await test.app.services.database.taskReport.findMany({
      where: { task: { branchId: branch.id } },
      include: { parts: true },
    })
    expect(reports).toHaveLength(1)
    expect(reports[0]?.parts.map(({ fileKind }) => fileKind)).toEqual(['photo', 'photo'])
  })

  it('with a number and a document in one message', async () => {
    const branch = await oneBranch()
    const member = plain(branch, 2)
    await assign(branch, member)
    await test.people.sendFile(member.account, member.account, {
      name: 'danh-sach.pdf',
      data: new Uint8Array([37, 80, 68, 70]),
      caption: '/baocao 1 Danh sách hộ mới',
    })
    await inPrivate(member, 'Đã nhận báo cáo Nhiệm vụ số 1')
    const posted = await inGroup(branch, 'Danh sách hộ mới')
    expect(posted.files.map(({ name }) => name)).toEqual(['danh-sach.pdf'])
  })

  it('a photo sent in private without a word is kept until the task is chosen', async () => {
    const branch = await oneBranch()
    const member = plain(branch, 1)
    await assign(branch, member)
    await assign(branch, member, 'dọn ngõ; không hạn')
    await test.people.sendFile(member.account, member.account, { name: 'a.jpg', data: jpeg(), as: 'photo' })
    await inPrivate(member, 'Báo cáo nhiệm vụ nào?')
    const answer = await test.people.ask(member.account, '2')
    expect(answer.text).toContain('Đã nhận báo cáo Nhiệm vụ số 2')
  })

  it.each([
    ['in answer to the task in the group', 'group'],
    ['in private while the result is awaited', 'asked'],
    ['in private without a word', 'loose'],
  ])('all photos of an album belong to one report: %s', async (_, way) => {
    const branch = await oneBranch()
    const member = plain(branch, 1)
    const announced = await assign(branch, member)
    const chat = way === 'group' ? branch.group : member.account
    if (way === 'asked') {
      await test.people.press(member.account, branch.group, announced, 'Báo cáo kết quả')
      const question = await test.people.next(member.account, branch.group, says('Kết quả Nhiệm vụ số 1'))
      sendAlbum(member, branch.group, `1300${branch.id}`, 'Trước và sau', question.id)
    } else {
      sendAlbum(member, chat, `1300${branch.id}`, 'Trước và sau', way === 'group' ? announced.id : undefined)
    }
    if (way === 'loose') {
      await inPrivate(member, 'Báo cáo nhiệm vụ nào?')
      await test.app.settle()
      await test.people.ask(member.account, '1')
    }
    await inPrivate(branch.secretary, 'Đã có báo cáo')
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

  it('returned with a reason that only the member reads, then reported again', async () => {
    const branch = await oneBranch()
    const { secretary, group } = branch
    const member = plain(branch, 1)
    const announced = await assign(branch, member)
    await test.people.say(member.account, group, 'Xong rồi', announced.id)
    const asked = await inPrivate(secretary, 'Đã có báo cáo')
    await test.people.press(secretary.account, secretary.account, asked, 'Trả lại')
    await inPrivate(secretary, 'Vì sao trả lại')
    await test.people.ask(secretary.account, 'Còn rác ở góc vườn')
    const inTheGroup = await inGroup(branch, 'báo cáo được trả lại')
    expect(inTheGroup.text).not.toContain('góc vườn')
    expect((await inPrivate(member, 'báo cáo lại')).text).toContain('Lý do: Còn rác ở góc vườn')
    // An answer to the message in the group that tells of the return is the next report.
    await test.people.say(member.account, group, 'Đã dọn nốt', inTheGroup.id)
    const second = await inPrivate(secretary, 'Đã dọn nốt')
    // The first report has its verdict: an old button changes nothing.
    const old = await test.people.press(secretary.account, secretary.account, asked, 'Chấp nhận').catch(() => null)
    expect(old?.text ?? '').not.toContain('Đã chấp nhận')
    await test.people.press(secretary.account, secretary.account, second, 'Chấp nhận')
    await inGroup(branch, 'báo cáo được chấp nhận')
    const late = await test.people.ask(member.account, '/baocao 1 Thêm một việc')
    expect(late.text).toContain('đã được chấp nhận hoàn thành')
  })

  it('a second verdict on a report is answered calmly and changes nothing', async () => {
    const branch = await oneBranch()
    const { secretary, deputy, group } = branch
    const member = plain(branch, 1)
    const announced = await assign(branch, member)
    await test.people.say(member.account, group, 'Xong rồi', announced.id)
    await inPrivate(secretary, 'Đã có báo cáo')
    const cards = []
    for (const { account } of [secretary, deputy]) {
      await test.people.ask(account, '/viec')
      cards.push(await test.people.ask(account, '1'))
    }
    const [first, second] = cards
    if (!first || !second) throw new Error('no cards')
    await test.people.press(secretary.account, secretary.account, first, 'Chấp nhận')
    await inPrivate(secretary, 'Đã chấp nhận báo cáo Nhiệm vụ số 1')
    await test.people.press(deputy.account, deputy.account, second, 'Trả lại')
    await inPrivate(deputy, 'đã được chấp nhận từ trước')
  })

  it("another member's task cannot be reported; an answer of thanks is not one", async () => {
    const branch = await oneBranch()
    const { group } = branch
    const announced = await assign(branch, plain(branch, 1))
    const other = plain(branch, 2)
    await test.people.say(other.account, group, 'Tôi làm rồi', announced.id)
    const refused = await test.people.next(other.account, group)
    expect(refused.text).toContain('giao cho đồng chí khác')
    const pressed = await test.people.press(other.account, group, announced, 'Báo cáo kết quả')
    expect(pressed.text).toContain('giao cho đồng chí khác')
    await test.people.say(plain(branch, 1).account, group, 'Vâng ạ', announced.id)
    expect((await test.people.next(plain(branch, 1).account, group)).text).toContain('Đã rõ')
    expect(await test.app.services.database.taskReport.count({ where: { task: { branchId: branch.id } } })).toBe(0)
  })

  it('the secretary enters it for a member without a smartphone, and it is marked so', async () => {
    const branch = await oneBranch()
    const { secretary, group } = branch
    const announced = await assign(branch, plain(branch, 3))
    await test.people.say(secretary.account, group, '/baocao 1 Đã phát 40 tờ rơi')
    const posted = await inGroup(branch, 'Đã có báo cáo Nhiệm vụ số 1')
    expect(posted.text).toContain('(nhập thay)')
    // Words in answer to the task are a report only if the secretary says so.
    await test.people.say(secretary.account, group, 'Cố gắng nhé', announced.id)
    const asked = await inGroup(branch, 'Đây là báo cáo thay')
    await test.people.press(secretary.account, group, asked, 'Không phải báo cáo')
    await test.app.settle()
    expect(
      await test.app.services.database.taskReportPart.count({ where: { report: { task: { branchId: branch.id } } } }),
    ).toBe(1)
  })

  it('what is not a report is refused with the remedy', async () => {
    const branch = await oneBranch()
    const member = plain(branch, 1)
    expect((await test.people.ask(member.account, '/baocao')).text).toContain('không có việc nào')
    expect((await test.people.ask(member.account, '/baocao 99 xong')).text).toContain('Không tìm thấy Nhiệm vụ số 99')
    await assign(branch, member)
    expect((await test.people.ask(member.account, `/baocao 1 ${'a'.repeat(3000)}`)).text).toContain('dài quá')
  })
})

describe('what is to be done', () => {
  it('the secretary sees the open tasks of the branch, the overdue first; a member their own', async () => {
    const branch = await oneBranch()
    const { secretary } = branch
    await assign(branch, plain(branch, 1), 'việc sau; hạn 30/11')
    await assign(branch, plain(branch, 2), 'việc trước; hạn 25/11')
    await test.app.services.database.task.updateMany({
      where: { branchId: branch.id, number: 2 },
      data: { dueOn: new Date('2026-11-20T00:00:00Z') },
    })
    const list = await test.people.ask(secretary.account, '/viec')
    expect(list.text.indexOf('việc trước')).toBeLessThan(list.text.indexOf('việc sau'))
    expect(list.text).toContain('quá hạn 3 ngày')
    const own = await test.people.ask(plain(branch, 1).account, '/viec')
    expect(own.text).toContain('việc sau')
    expect(own.text).not.toContain('việc trước')
    const card = await test.people.ask(plain(branch, 1).account, '1')
    expect(buttonsOf(card)).toEqual(['Báo cáo kết quả'])
    expect((await test.people.ask(plain(branch, 3 - 1).account, '/viec')).text).toContain('việc trước')
  })

  it("a forged button shows nobody another branch's task", async () => {
    const ward = await createTestWard(test, { branches: 2 })
    const [branch, other] = ward.branches
    if (!branch || !other) throw new Error('two branches were wanted')
    await assign(branch, plain(branch, 1))
    const task = await test.app.services.database.task.findFirstOrThrow({ where: { branchId: branch.id } })
    const menu = await test.people.ask(other.secretary.account, '/menu')
    for (const data of [`tview:${task.id}`, `trep:${task.id}`, `tfiles:${task.id}`]) {
      expect(await forge(other.secretary, menu, data)).toMatchObject({ alert: true })
    }
  })
})

describe('on the due day', () => {
  it('those who owe are reminded in the morning, once; for others the secretary is told whom to call', async () => {
    const branch = await oneBranch()
    const [owing, done, phoneless] = [plain(branch, 1), plain(branch, 2), plain(branch, 3)]
    const announced = []
    for (const person of [owing, done, phoneless]) announced.push(await assign(branch, person, 'dọn ngõ; hạn ngày mai'))
    await test.people.ask(done.account, '/baocao 2 Xong')
    const before = (await test.people.read(owing.account, owing.account)).length
    await test.people.advance('PT21H59M')
    expect((await test.people.read(owing.account, owing.account)).length).toBe(before)
    await test.people.advance('PT2M')
    await test.people.advance('PT5M')
    const reminded = async (person: TestPerson) =>
      (await test.people.read(person.account, person.account)).filter(says('Hôm nay là hạn')).length
    expect(await reminded(owing)).toBe(1)
    expect(await reminded(done)).toBe(0)
    expect(await reminded(branch.secretary)).toBe(1)
  })
})

/** A press with data of the presser's own making. */
function forge(person: TestPerson, message: SeenMessage, data: string) {
  const { account } = person
  return test.sandbox.world.press({ from: account, chat: account, message: message.id, button: '', data })
}

/** The head of a JPEG of 2 by 2 points. */
function jpeg(): Uint8Array {
  const frame = [0xff, 0xc0, 0, 11, 8, 0, 2, 0, 2, 1, 1, 0x11, 0]
  return new Uint8Array([0xff, 0xd8, ...frame, 0xff, 0xd9, ...Array.from({ length: 12 }, () => 0)])
}

/** An album as Telegram gives it to bots: a message for each photo, one number for all, words under the first only. */
function sendAlbum(person: TestPerson, chat: number, albumId: string, caption: string, replyTo?: number): void {
  const { state } = test.sandbox.world
  for (const index of [1, 2, 3]) {
    const file = storeFile(state, { name: `${index}.jpg`, mime: 'image/jpeg', bytes: Buffer.from(jpeg()) })
    const media = { kind: 'photo' as const, file, duration: 0, spoiler: false }
    const content = { kind: 'media' as const, media, caption: index === 1 ? caption : '', captionEntities: [] }
    const place = { from: person.account, chat, ...(replyTo ? { replyTo } : {}) }
    put(state, place, content, 'can_send_photos', { albumId })
  }
}
