import { afterAll, beforeAll, expect, it } from 'vitest'
import { buttonsOf } from '../../../src/demo/people.ts'
import { branchesOf, memberOf, membersOf } from '../../../src/features/registry/index.ts'
import { readWorkbook } from '../../../src/platform/reading/read-workbook.ts'
import { writeWorkbook } from '../../../src/platform/workbook.ts'
import { speakerOf } from '../../../src/telegram/speaker.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import type { TestBranch, TestPerson } from '../../support/ward.ts'
import { beginPlan, buttonWith, day, lineNumber, pressFor, type SeedCase, says, seedCase, told } from './kit.ts'

let test: TestApp
let seed: SeedCase
beforeAll(async () => {
  test = await startTestApp()
  seed = await seedCase(test)
}, 240_000)
afterAll(() => test.stop())

it('the office branch is dissolved, thirty cadres go to nine branches, one is sent back and one branch is late', {
  timeout: 240_000,
}, async () => {
  const { people } = test
  const { database: db } = test.app.services
  const { ward, office, cadres } = seed
  const { officer } = ward
  const [first, eighth, ninth] = [branch(0), branch(7), branch(8)]
  const { secretary } = office
  const plain = cadre(5)

  // Something is still to be done in the office's branch.
  await people.say(secretary.account, office.group, `/giaoviec ${plain.number}: bàn giao hồ sơ; hạn 15/12`)
  const task = await people.next(secretary.account, office.group, says('Giao việc này?'))
  await people.press(secretary.account, office.group, task, 'Giao việc')
  await people.next(secretary.account, office.group, says('Nhiệm vụ số 1'))

  // The officer plans with a workbook: nothing is written as long as one cell of it cannot be read.
  const ways = await beginPlan(test, officer, { leaving: office.name, effectiveOn: '01/12/2026' })
  const template = await pressFor(test, officer, ways, 'Nhận mẫu Excel', 'Mã chi bộ đến')
  const sheet = await sheetOf(template.files[0]?.url ?? '')
  expect(sheet).toHaveLength(31)
  await sendSheet(sheet, (index) => (index === 3 ? 'TDP99' : branch(index % 9).code))
  const refused = await told(test, officer, 'cần sửa')
  expect(refused.text).toContain('Dòng 5, cột «Mã chi bộ đến»: không có mã chi bộ «TDP99»')
  await sendSheet(sheet, (index) => branch(index % 9).code)
  const preview = await told(test, officer, '30 đồng chí rời Chi bộ cơ quan phường')
  expect(preview.text).toContain('Nhiệm vụ chưa xong: 1.')
  expect(await db.transfer.count()).toBe(0)
  await people.press(officer, officer, preview, 'Xác nhận')
  await test.app.settle()
  const transfers = await db.transfer.findMany({ where: { wardId: ward.id } })
  expect(transfers).toHaveLength(30)
  const goingTo = (to: TestBranch) =>
    cadres.filter(({ id }) => transfers.some(({ personId, toId }) => personId === id && toId === to.id))

  // Each person hears of it; the paper and the portal stay official.
  const own = await told(test, plain.account, 'được giới thiệu về')
  expect(own.text).toContain('Hạn nộp giấy giới thiệu: 23/12/2026')
  expect(own.text).toContain('Tôi chỉ theo dõi')

  // Seven branches receive everybody at once, the eighth sends one back, the ninth does nothing yet.
  for (const { secretary: receiver } of seed.residential.slice(0, 7)) {
    const list = await told(test, receiver.account, 'được giới thiệu về')
    await pressFor(test, receiver.account, list, 'Tiếp nhận tất cả', 'Đã tiếp nhận')
  }
  const sentBack = goingTo(eighth)[0]
  if (!sentBack) throw new Error('nobody goes to the eighth branch')
  const receiver = eighth.secretary.account
  const list = await told(test, receiver, 'được giới thiệu về')
  const names = await pressFor(test, receiver, list, 'Xem từng đồng chí', 'Chờ Chi bộ')
  const line = names.text.split('\n').find((text) => text.includes(sentBack.fullName)) ?? ''
  const card = await people.ask(receiver, line.split('.')[0] ?? '')
  expect(card.text).toContain('Đảng phí đã đóng đến hết tháng 11/2026')
  await pressFor(test, receiver, card, 'Trả lại', 'vì lý do gì')
  expect((await people.ask(receiver, 'Đồng chí cư trú ở tổ dân phố số 1')).text).toContain('Đã trả lại')
  await pressFor(test, receiver, list, 'Tiếp nhận tất cả', 'Đã tiếp nhận')

  // The office chooses another branch at once.
  const returned = await told(test, officer, 'trả lại hồ sơ')
  expect(returned.text).toContain('cư trú ở tổ dân phố số 1')
  const choice = await pressFor(test, officer, returned, 'Chọn chi bộ khác', 'về chi bộ nào')
  expect((await people.ask(officer, lineNumber(choice, first.name))).text).toContain(`về ${first.name}`)
  const again = await told(test, first.secretary.account, sentBack.fullName)
  await pressFor(test, first.secretary.account, again, 'Tiếp nhận tất cả', 'Đã tiếp nhận')

  // Until the day itself nothing has moved.
  await people.advance('P7D')
  expect(await membersOf(db, office.id, day('2026-11-30'))).toHaveLength(30)

  // On the day memberships, posts and rights follow; in the morning people are told.
  await people.advance('P1D')
  const comers = [...goingTo(first), sentBack]
  for (const comer of comers) {
    expect(await branchOn(comer, '2026-11-30')).toBe(office.id)
    expect(await branchOn(comer, '2026-12-01')).toBe(first.id)
  }
  const arrived = await told(test, first.secretary.account, `Từ hôm nay: ${comers.length} đồng chí mới`)
  expect(buttonsOf(arrived)).toHaveLength(comers.length)
  const newcomer = buttonsOf(arrived)[0]?.replace('Giao việc: ', '') ?? ''
  await pressFor(test, first.secretary.account, arrived, 'Giao việc', `Giao việc gì cho đồng chí ${newcomer}`)
  const { actor } = await speakerOf(db, { id: BigInt(secretary.account), name: '' }, test.sandbox.clock.now())
  const toOf = transfers.find(({ personId }) => personId === secretary.id)?.toId
  expect(actor.grants).toEqual([{ role: 'member', wardId: ward.id, branchId: toOf }])
  const published = (await people.calls()).filter(
    ({ method, params }) => method === 'setMyCommands' && JSON.stringify(params).includes(String(secretary.account)),
  )
  expect(JSON.stringify(published.at(-1)?.params.commands)).toContain('baocao')
  expect(JSON.stringify(published.at(-1)?.params.commands)).not.toContain('giaoviec')
  await people.say(secretary.account, office.group, `/giaoviec ${plain.number}: việc khác; hạn 20/12`)
  await people.next(secretary.account, office.group, says('chưa được giao cho đồng chí'))

  // A vote opened that day counts the newcomers; those who are late are not on the roll of their new branch.
  const voters = comers.filter(({ id }) => id !== office.probationary.id).map(({ id }) => id)
  expect(await rollOf(first)).toEqual(expect.arrayContaining(voters))
  const late = goingTo(ninth)
  const lateNote = await told(test, ninth.secretary.account, 'chưa được')
  expect(lateNote.text).toContain(`${late.length} đồng chí chưa được ${ninth.name} tiếp nhận`)
  const roll = await rollOf(ninth)
  for (const { id } of late) expect(roll).not.toContain(id)

  // As long as somebody is in it the branch is not dissolved, and it is said who.
  const home = await people.ask(officer, '/chuyensinhhoat')
  const plan = await pressFor(test, officer, home, buttonWith(home, 'Văn bản số'), 'Văn bản số 12-QĐ/ĐU ngày 20/11')
  const { text: why } = await people.press(officer, officer, plan, 'Ghi giải thể')
  expect(why).toContain(`còn ${late.length} đồng chí trong chi bộ`)

  // The ninth branch receives a day late: they move the day after, and no day is taken back.
  await people.advance('P1D')
  await pressFor(test, ninth.secretary.account, lateNote, 'Tiếp nhận tất cả', 'Đã tiếp nhận')
  await people.advance('P1D')
  for (const one of late) {
    expect(await branchOn(one, '2026-12-02')).toBe(office.id)
    expect(await branchOn(one, '2026-12-03')).toBe(ninth.id)
  }

  // Empty, it is dissolved once its last task is ended; whoever had it is told.
  const empty = await told(test, officer, 'mọi đồng chí đã chuyển xong')
  const blocked = await people.press(officer, officer, empty, 'Ghi giải thể')
  expect(blocked.text).toContain('còn 1 nhiệm vụ chưa xong (số 1)')
  const rest = await told(test, officer, 'Văn bản số 12-QĐ/ĐU ngày')
  await pressFor(test, officer, rest, 'Kết thúc việc còn lại', 'Đã kết thúc 1 nhiệm vụ')
  await told(test, plain.account, 'Nhiệm vụ số 1 kết thúc')
  const ready = await told(test, officer, 'Văn bản số 12-QĐ/ĐU ngày')
  await people.press(officer, officer, ready, 'Ghi giải thể')
  await test.app.settle()
  const gone = await db.organisation.findUniqueOrThrow({ where: { id: office.id } })
  expect(gone).toMatchObject({ dissolvedOn: new Date('2026-12-02'), dissolvedBy: '12-QĐ/ĐU' })
  expect((await branchesOf(db, ward.id, day('2026-12-03'))).map(({ id }) => id)).not.toContain(office.id)

  // Its past stands: who was there is found there, and each sees their own path.
  expect(await membersOf(db, office.id, day('2026-11-30'))).toHaveLength(30)
  const path = await people.ask(plain.account, '/hoso')
  expect(path.text).toContain('01/01/2024 – 30/11/2026: Chi bộ cơ quan phường (đã giải thể)')
  expect(path.text).toMatch(/01\/12\/2026 – nay: Chi bộ tổ dân phố số/)
})

it('on every day of it each cadre belonged to exactly one branch', async () => {
  const ids = seed.cadres.map(({ id }) => id).sort((a, b) => a - b)
  const rows = await test.app.services.database.membership.findMany({
    where: { personId: { in: ids }, kind: 'official' },
  })
  for (let on = day('2026-11-20'); Temporal.PlainDate.compare(on, day('2026-12-10')) < 0; on = on.add({ days: 1 })) {
    const at = new Date(`${on}T00:00:00Z`)
    const there = rows.filter(({ from, to }) => from <= at && (to === null || at <= to))
    expect(there.map(({ personId }) => personId).sort((a, b) => a - b)).toEqual(ids)
  }
})

function branch(nth: number): TestBranch {
  const found = seed.residential[nth]
  if (!found) throw new Error(`no branch ${nth}`)
  return found
}

function cadre(nth: number): TestPerson {
  const found = seed.cadres[nth]
  if (!found) throw new Error(`no cadre ${nth}`)
  return found
}

async function branchOn({ id }: TestPerson, on: string): Promise<number | undefined> {
  return (await memberOf(test.app.services.database, id, day(on)))?.branchId
}

async function sheetOf(url: string) {
  const sheets = await readWorkbook(await test.people.file(url))
  if (!sheets.ok) throw new Error(sheets.problem.code)
  return sheets.value[0]?.rows ?? []
}

/** The template, filled in: `codeOf` gives the receiving branch of each line. */
async function sendSheet(rows: Awaited<ReturnType<typeof sheetOf>>, codeOf: (index: number) => string): Promise<void> {
  const filled = rows.map((row, index) => (index === 0 ? row : [...row.slice(0, 3), codeOf(index - 1), '11/2026']))
  const data = await writeWorkbook([{ sheet: 'Chuyển sinh hoạt', rows: filled }])
  const { officer } = seed.ward
  await test.people.sendFile(officer, officer, { name: 'chuyen-sinh-hoat.xlsx', data })
}

/** Who stands on the roll of a vote that the branch's secretary opens now. */
async function rollOf({ id, secretary, group }: TestBranch): Promise<number[]> {
  const { people, app } = test
  await people.say(secretary.account, group, '/bieuquyet Nhất trí kế hoạch?')
  const preview = await people.next(secretary.account, group, says('Xem lại trước khi mở'))
  await people.press(secretary.account, group, preview, 'Mở biểu quyết')
  await people.next(secretary.account, group, says('Đã biểu quyết: 0/'))
  const vote = await app.services.database.vote.findFirstOrThrow({ where: { branchId: id }, include: { roll: true } })
  return vote.roll.map(({ personId }) => personId)
}
