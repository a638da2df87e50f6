import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { dayAt, toUtcMidnight } from '../../src/domain/dates.ts'
import { morningOf } from '../../src/domain/mornings.ts'
import { searchKey } from '../../src/domain/names.ts'
import { createContext } from '../../src/platform/context.ts'
import { speakerOf } from '../../src/telegram/speaker.ts'
import { codeIn } from '../features/linking/support.ts'
import { assign, inGroup, inPrivate, jpeg, member, says } from '../features/tasks/kit.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import type { SeenMessage } from '../support/people.ts'
import { createTestWard, type TestBranch, type TestPerson, type TestWard } from '../support/ward.ts'

let test: TestApp
let ward: TestWard
let branch: TestBranch
let next: TestBranch
beforeAll(async () => {
  // A Monday, 09:00 in Viet Nam; the first quarter of 2027 has Tết in it, with a Saturday among its days off.
  test = await startTestApp({ now: new Date('2027-01-04T02:00:00Z') })
  ward = await createTestWard(test, { branches: 2, members: [42, 1] })
  const [first, second] = ward.branches
  if (!first || !second) throw new Error('a ward of two branches')
  branch = first
  next = second
})
afterAll(() => test.stop())

const db = () => test.app.services.database
const day = (text: string) => Temporal.PlainDate.from(text)
const owed = async ({ account }: TestPerson) => (await test.people.ask(account, '/viecchuaxong')).text
const press = ({ account }: TestPerson, message: SeenMessage, button: string) =>
  test.people.press(account, account, message, button)
const reads = async ({ account }: TestPerson, words: string) =>
  (await test.people.read(account, account)).filter(says(words))
const lineOf = ({ text }: SeenMessage, words: string) =>
  text
    .split('\n')
    .find((line) => line.includes(words))
    ?.split('.')[0] ?? ''

/** Lives on day by day, each time a little after the hour of reminders, until that day. */
async function liveUntil(date: string): Promise<void> {
  for (;;) {
    const now = test.sandbox.clock.now()
    const today = dayAt(now)
    const morning = morningOf(today).getTime() + 1_800_000
    const target = now.getTime() < morning ? morning : morningOf(today.add({ days: 1 })).getTime() + 1_800_000
    if (Temporal.PlainDate.compare(dayAt(new Date(target)), day(date)) > 0) return
    await test.people.advance(`PT${Math.ceil((target - now.getTime()) / 1000)}S`)
  }
}

async function textOf(message: SeenMessage): Promise<string> {
  const bytes = await test.people.file(message.files[0]?.url ?? '')
  return strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array()).replace(/<[^>]+>/g, '|')
}

/** The member begins a plan from the template and hands it in. */
async function handIn(person: TestPerson): Promise<SeenMessage> {
  const none = await test.people.ask(person.account, '/kehoach')
  await press(person, none, 'Lập từ mẫu')
  await press(person, await inPrivate(test, person, 'đang viết'), 'Nộp chi bộ')
  return inPrivate(test, branch.secretary, `Đồng chí ${person.fullName}`)
}

/** Says of every open item of the month how it stands. */
async function reportMonth(person: TestPerson, status: string): Promise<void> {
  await press(person, await test.people.ask(person.account, '/kehoach'), 'Tự đánh giá tháng')
  for (;;) {
    const question = await test.people.next(person.account, person.account, ({ text }) =>
      /còn \d+ mục|đủ các mục/.test(text),
    )
    if (question.buttons.length === 0) return
    await press(person, question, status)
  }
}

/** The secretary's remark on a head, from the list of what is not done. */
async function remark(person: TestPerson, month: string, words: string): Promise<void> {
  const { secretary } = branch
  const list = await test.people.ask(secretary.account, '/viecchuaxong')
  await test.people.ask(secretary.account, lineOf(list, `Nhận xét ${month} cho đồng chí ${person.fullName}`))
  await test.people.ask(secretary.account, words)
  await inPrivate(test, person, `Chi bộ nhận xét ${month}`)
}

it('a quarter in a branch of 45 with two heads of the ward', { timeout: 240_000 }, async () => {
  const { secretary, group } = branch
  const [chair, deputyHead, loser, mover, worker] = [0, 1, 2, 3, 4].map((nth) => member(branch, nth))
  if (!chair || !deputyHead || !loser || !mover || !worker) throw new Error('a branch of 45')
  // Names that no other name begins with.
  await rename(chair, 'Vũ Đình Khải')
  await rename(deputyHead, 'Đỗ Thị Minh')
  await rename(loser, 'Hoàng Thị Mai')
  await rename(mover, 'Bùi Văn Sơn')
  await rename(worker, 'Đinh Công Lực')
  await db().position.create({
    data: {
      wardId: ward.id,
      personId: deputyHead.id,
      post: 'wardDeputySecretary',
      title: 'Phó Bí thư Đảng ủy',
      from: toUtcMidnight(day('2024-01-01')),
    },
  })

  // January: a clean-up each Saturday, and the year's plans from the template to the branch's approval.
  await test.people.ask(secretary.account, '/taohoatdong')
  const title = await test.people.ask(secretary.account, '1')
  await press(secretary, title, 'Dọn vệ sinh sáng thứ Bảy')
  await inPrivate(test, secretary, 'Khi nào?')
  await test.people.ask(secretary.account, '7:00 mỗi thứ 7')
  await press(secretary, await test.people.ask(secretary.account, 'Nhà văn hóa'), 'Không có')
  await press(secretary, await inPrivate(test, secretary, 'Tạo hoạt động này?'), 'Tạo và báo')
  const announced = await inGroup(test, branch, 'Tại: Nhà văn hóa')
  expect(announced.text).toMatch(/^07:00 09\/01\/2027, thứ Bảy/)
  await test.people.press(worker.account, group, announced, 'Tham gia')
  await test.people.press(loser.account, group, announced, 'Không tham gia')

  await press(secretary, await handIn(chair), 'Trả lại')
  await inPrivate(test, secretary, 'Cần bổ sung gì')
  await test.people.ask(secretary.account, 'Thêm việc gắn với chức vụ')
  await inPrivate(test, chair, 'Thêm việc gắn với chức vụ')
  const returned = await test.people.ask(chair.account, '/kehoach')
  await press(chair, returned, 'Thêm mục')
  await inPrivate(test, chair, 'Thêm mục vào nhóm nào?')
  await test.people.ask(chair.account, '5')
  const mended = await test.people.ask(chair.account, 'Trả lời kiến nghị của tổ dân phố; đúng hẹn; tháng 12')
  await press(chair, mended, 'Nộp chi bộ')
  await press(secretary, await inPrivate(test, secretary, 'Trả lời kiến nghị của tổ dân phố'), 'Duyệt')
  await inPrivate(test, chair, 'Chi bộ đã duyệt')
  for (const person of [deputyHead, mover]) {
    await press(secretary, await handIn(person), 'Duyệt')
    await inPrivate(test, person, 'Chi bộ đã duyệt')
  }

  // The day before, those who join and those who have not answered are reminded; whoever declined is left in peace.
  await liveUntil('2027-01-08')
  expect(await reads(worker, 'đến đúng giờ')).toHaveLength(1)
  expect(await reads(loser, 'Nhà văn hóa')).toHaveLength(0)
  expect(await reads(mover, 'Đồng chí chưa trả lời')).toHaveLength(1)
  await inPrivate(test, secretary, member(branch, 41).fullName)
  await liveUntil('2027-01-09')
  await recordCleanUp(worker)

  // From the 20th the month is said: by the heads of each item, by the branch of each head.
  await liveUntil('2027-01-20')
  await inPrivate(test, chair, 'Đến kỳ tự đánh giá kế hoạch tu dưỡng tháng 1/2027')
  const before = await owed(secretary)
  for (const head of [chair, deputyHead]) {
    expect(await owed(head)).toContain('Tự đánh giá kế hoạch tháng 1/2027')
    expect(before).toContain(`Nhận xét tháng 1/2027 cho đồng chí ${head.fullName}`)
    await reportMonth(head, 'Đang thực hiện')
    expect(await owed(head)).not.toContain('Tự đánh giá kế hoạch')
    await remark(head, 'tháng 1/2027', 'Sát dân, đúng hẹn')
  }
  await reportMonth(mover, 'Đang thực hiện')
  expect(await owed(secretary)).not.toContain('Nhận xét tháng')

  // On the first of February the secretary reads who of the heads was given nothing, the ward only how many.
  await liveUntil('2027-02-01')
  const idle = await inPrivate(test, secretary, 'áng 1/2027: chi bộ chưa giao việc cho')
  expect(idle.text).toContain(chair.fullName)
  expect(idle.text).toContain(deputyHead.fullName)
  const count = await test.people.next(ward.officer, ward.officer, says('2/2 đồng chí chưa được chi bộ giao việc'))
  expect(count.text).not.toContain(chair.fullName)
  await press(secretary, idle, `Giao việc cho ${chair.fullName}`)
  const suggestions = await inPrivate(test, secretary, 'Giao việc gì cho')
  expect(suggestions.text).toContain('điểm rác tồn đọng')
  await test.people.ask(secretary.account, lineOf(suggestions, 'điểm rác tồn đọng'))
  const office = await test.people.ask(secretary.account, '20/2')
  await press(secretary, office, 'Giao việc')
  await inPrivate(test, chair, 'điểm rác tồn đọng')
  expect(await db().task.findFirst({ where: { branchId: branch.id } })).toMatchObject({ kind: 'office', number: 1 })
  await assign(test, branch, deputyHead, 'cùng bí thư thăm hộ khó khăn; hạn 25/2')
  await assign(test, branch, loser, 'quét ngõ 12; hạn 20/2')
  await assign(test, branch, mover, 'lập danh sách hộ trồng hoa; hạn 20/3')
  await assign(test, branch, mover, 'trông vườn hoa đầu ngõ; hạn 31/3')

  // Tết: the Saturday among its days off has no clean-up, the next one has.
  await liveUntil('2027-02-13')
  const held = await db().activity.findMany({ where: { branchId: branch.id }, orderBy: { startsAt: 'asc' } })
  expect(held.map(({ startsAt }) => dayAt(startsAt).toString())).toEqual([
    '2027-01-09',
    '2027-01-16',
    '2027-01-23',
    '2027-01-30',
    '2027-02-13',
  ])

  // A lost phone: the old account speaks for nobody any more, and what was owed is owed on the new one.
  const shown = await test.people.ask(secretary.account, `/moi ${loser.number}`)
  await press(secretary, shown, 'Mời lại')
  const letter = await inPrivate(test, secretary, '?start=p_')
  const found = await test.people.add('Máy mới')
  await press({ ...loser, account: found }, await test.people.ask(found, `/start p_${codeIn(letter)}`), 'Tôi đồng ý')
  const { birthYear } = await db().person.findUniqueOrThrow({ where: { id: loser.id } })
  await test.people.say(found, found, String(birthYear))
  await test.people.next(found, found, ({ text }) => text.startsWith('Kính chào'))
  expect((await test.people.ask(loser.account, '/viecchuaxong')).text).not.toContain('quét ngõ 12')
  const returnedTo = { ...loser, account: found }
  expect(await owed(returnedTo)).toContain('quét ngõ 12')
  // The reminder of the day before comes to the new phone, and to it alone.
  await liveUntil('2027-02-19')
  await inPrivate(test, returnedTo, 'Ngày mai là hạn của Nhiệm vụ số 3')
  expect(await reads(loser, 'Ngày mai là hạn')).toHaveLength(0)
  await test.people.ask(found, '/baocao 3 Đã quét xong')
  await press(secretary, await inPrivate(test, secretary, 'quét xong'), 'Chấp nhận')

  // Both heads report, one in shares; a photo goes with it.
  await test.people.sendFile(chair.account, chair.account, {
    name: 'a.jpg',
    data: jpeg(),
    as: 'photo',
    caption: '/baocao 1 Điểm rác đã dọn',
  })
  await press(secretary, await inPrivate(test, secretary, 'Điểm rác đã dọn'), 'Chấp nhận')
  await test.people.ask(deputyHead.account, '/baocao 2 Được 50%, còn một hộ')
  expect(await owed(deputyHead)).toContain('thăm hộ khó khăn')
  await test.people.ask(deputyHead.account, '/baocao 2 Đã thăm đủ')
  await press(secretary, await inPrivate(test, secretary, 'Đã thăm đủ'), 'Chấp nhận')
  await liveUntil('2027-02-21')
  for (const head of [chair, deputyHead]) {
    await reportMonth(head, 'Đang thực hiện')
    await remark(head, 'tháng 2/2027', 'Đã làm việc chi bộ giao')
  }

  // A member moves in mid-task: what was given is still theirs, until the old branch gives it to somebody else.
  await move(mover)
  await liveUntil('2027-03-10')
  await inPrivate(test, mover, 'Từ ngày 10/03/2027 đồng chí sinh hoạt tại')
  const left = await inPrivate(test, secretary, 'đã chuyển khỏi')
  expect(left.text).toContain('4 (')
  expect(left.text).toContain('5 (')
  expect(await owed(mover)).toContain('lập danh sách hộ trồng hoa')
  await test.people.ask(mover.account, '/baocao 4 Danh sách đã xong')
  await press(secretary, await inPrivate(test, secretary, 'Danh sách đã xong'), 'Chấp nhận')
  const tasks = await test.people.ask(secretary.account, '/viec')
  const card = await test.people.ask(secretary.account, lineOf(tasks, 'Nhiệm vụ số 5'))
  await press(secretary, card, 'Giao cho người khác')
  // A list of 44 has pages.
  let candidates = await inPrivate(test, secretary, 'cho ai?')
  while (!candidates.text.includes(worker.fullName)) {
    await press(secretary, candidates, 'Trang sau')
    candidates = await inPrivate(test, secretary, 'cho ai?')
  }
  await test.people.ask(secretary.account, lineOf(candidates, worker.fullName))
  expect(await owed(mover)).not.toContain('trông vườn hoa')
  expect(await owed(worker)).toContain('trông vườn hoa')
  // The plan went along: the new branch follows it, the old one does not see it any more.
  expect((await plansOf(next)).text).toContain(`${mover.fullName}: chi bộ đã duyệt`)
  expect((await plansOf(branch)).text).not.toContain(mover.fullName)

  // March is said; the papers of the quarter.
  await liveUntil('2027-03-22')
  for (const head of [chair, deputyHead]) {
    await reportMonth(head, 'Đạt')
    await remark(head, 'tháng 3/2027', 'Gương mẫu cả quý')
  }
  const list = await plansOf(branch)
  await press(secretary, list, 'Xuất sổ theo dõi')
  const register = await textOf(
    await test.people.next(
      secretary.account,
      secretary.account,
      ({ files }) => files[0]?.name === 'so-theo-doi-2027.docx',
    ),
  )
  for (const head of [chair, deputyHead]) expect(register).toContain(head.fullName)
  expect(register).toContain('Gương mẫu cả quý')
  expect(register).not.toContain(mover.fullName)
  await press(secretary, await test.people.ask(secretary.account, lineOf(list, `${chair.fullName}:`)), 'Xuất kế hoạch')
  const paper = await textOf(
    await test.people.next(
      secretary.account,
      secretary.account,
      ({ files }) => files[0]?.name === 'ke-hoach-2027.docx',
    ),
  )
  for (const words of [
    'Trả lời kiến nghị của tổ dân phố',
    'Đang thực hiện',
    'Đạt',
    'Sát dân, đúng hẹn',
    'Gương mẫu cả quý',
  ])
    expect(paper).toContain(words)

  // March had a task for one head and none for the other: the one is named, the ward reads a count.
  // Somebody who has moved away still sits in the group, so nobody is named there.
  await test.people.say(
    secretary.account,
    secretary.account,
    `/giaoviec ${chair.number}: trả lời kiến nghị về trật tự; hạn 5/4`,
  )
  const order = await inPrivate(test, secretary, 'Giao việc này?')
  await test.people.press(secretary.account, secretary.account, order, 'Giao việc')
  await test.app.settle()
  await liveUntil('2027-04-01')
  const march = await inPrivate(test, secretary, 'áng 3/2027: chi bộ chưa giao việc cho')
  expect(march.text).toContain(deputyHead.fullName)
  expect(march.text).not.toContain(chair.fullName)
  await test.people.next(ward.officer, ward.officer, says('1/2 đồng chí'))

  // At the end every list of what is not done is just what the rows say, for everybody of both branches.
  for (const person of ward.everyone) {
    const account = person.id === loser.id ? found : person.account
    expect(await listed(person, account), person.fullName).toEqual(await expected(person))
  }
  expect(await db().delivery.count({ where: { state: 'failed' } })).toBe(0)
})

async function rename(person: TestPerson, fullName: string): Promise<void> {
  person.fullName = fullName
  await db().person.update({ where: { id: person.id }, data: { fullName, searchName: searchKey(fullName) } })
}

/** The worker comes by the code, the phoneless one by the list; the result is told. */
async function recordCleanUp(worker: TestPerson): Promise<void> {
  const { secretary } = branch
  const { code } = await db().activity.findFirstOrThrow({ where: { branchId: branch.id } })
  expect((await test.people.ask(worker.account, `/diemdanh ${code}`)).text).toContain('đồng chí có mặt')
  await test.people.ask(secretary.account, '/hoatdong')
  await press(secretary, await test.people.ask(secretary.account, '1'), 'Ghi kết quả')
  await inPrivate(test, secretary, 'Kết quả thế nào?')
  await test.people.ask(secretary.account, 'bà con 20, 400 mét')
  await inGroup(test, branch, 'Đã làm sạch: 400 mét')
}

/** From the member's request to the new branch's reception, with effect on 10/03/2027. */
async function move(mover: TestPerson): Promise<void> {
  const { people } = test
  const { secretary } = branch
  const home = await people.ask(mover.account, '/chuyensinhhoat')
  const own = home.buttons.flat().find(({ text }) => text.includes('Đề nghị chuyển cho tôi'))
  await press(mover, home, own?.text ?? '')
  const kinds = await inPrivate(test, mover, 'chuyển thế nào')
  const inWard = kinds.buttons.flat().find(({ text }) => text.includes('Chuyển trong phường'))
  await press(mover, kinds, inWard?.text ?? '')
  const places = await inPrivate(test, mover, 'Về chi bộ nào')
  await press(mover, await people.ask(mover.account, lineOf(places, next.name)), 'Mở')
  const asked = await inPrivate(test, secretary, 'Đề nghị chuyển sinh hoạt')
  await press(secretary, asked, 'Đã kiểm điểm')
  await press(secretary, await inPrivate(test, secretary, 'Tình trạng: đã kiểm điểm'), 'Đã có giấy giới thiệu')
  await inPrivate(test, secretary, 'Số của giấy giới thiệu')
  for (const words of ['45-GGT/ĐU', '21/02/2027', '10/03/2027', 'tháng 2/2027'])
    await people.ask(secretary.account, words)
  const list = await inPrivate(test, next.secretary, 'được giới thiệu về')
  await press(next.secretary, list, 'Tiếp nhận tất cả')
  await inPrivate(test, next.secretary, 'từ ngày 10/03/2027')
}

async function plansOf({ secretary }: TestBranch): Promise<SeenMessage> {
  await test.people.say(secretary.account, secretary.account, '/kehoach')
  await press(secretary, await inPrivate(test, secretary, 'của đảng viên trong chi bộ'), 'Xem danh sách chi bộ')
  return inPrivate(test, secretary, 'Kế hoạch tu dưỡng năm 2027')
}

/** What `/viecchuaxong` holds for a person, by the data behind its lines. */
async function listed(person: TestPerson, account: number): Promise<string[]> {
  const { services } = test.app
  const speaker = await speakerOf(services.database, { id: BigInt(account), name: 'Thử' }, services.clock.now())
  const context = createContext(services, speaker.actor, null)
  const items: string[] = []
  for (const { owed: owes } of test.app.features) {
    items.push(...((await owes?.(context, person.id)) ?? []).map(({ data }) => data))
  }
  return items.sort()
}

/** The same by the rows alone: tasks not reported, calls not answered, plans not said or not decided. */
async function expected(person: TestPerson): Promise<string[]> {
  const tasks = await db().task.findMany({ where: { assigneeId: person.id, state: { in: ['assigned', 'returned'] } } })
  const calls = await db().activityCall.findMany({
    where: {
      personId: person.id,
      joins: null,
      activity: { state: 'planned', startsAt: { gt: test.sandbox.clock.now() } },
    },
    include: {
      activity: { include: { branch: { include: { memberships: { where: { personId: person.id, to: null } } } } } },
    },
  })
  const plans = await db().selfPlan.findMany({
    where: {
      personId: person.id,
      state: 'approved',
      items: { some: { progress: { none: { OR: [{ month: '2027-03' }, { status: 'done' }] } } } },
    },
  })
  return [
    ...tasks.map(({ id }) => `tview:${id}`),
    ...calls
      .filter(({ activity }) => activity.branch.memberships.length > 0)
      .map(({ activityId }) => `aview:${activityId}`),
    ...plans.map(({ id }) => `pmon:${id}`),
  ].sort()
}
