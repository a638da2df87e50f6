import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { searchKey } from '../../../src/domain/names.ts'
import { hashCode } from '../../../src/features/linking/codes.ts'
import { acceptInvitation, createInvitation, privateChatOf } from '../../../src/features/linking/index.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf, type SeenMessage } from '../../support/people.ts'
import { readGreyPng, readQr } from '../../support/read-qr.ts'
import { createTestWard, type TestPerson, type TestWard } from '../../support/ward.ts'
import { codeIn, contextOf, orThrow } from './support.ts'

let at: TestApp
let ward: TestWard
let secretary: TestPerson
let branchId: number
beforeAll(async () => {
  at = await startTestApp()
  ward = await createTestWard(at, { branches: 2 })
  const [branch] = ward.branches
  if (!branch) throw new Error('no branch')
  secretary = branch.secretary
  branchId = branch.id
})
afterAll(() => at.stop())

const db = () => at.app.services.database

/** A member of the first branch without an account, fresh for each test. */
async function newMember(fullName: string, birthYear: number | null = null): Promise<number> {
  const since = new Date('2024-01-01T00:00:00Z')
  const person = await db().person.create({
    data: {
      wardId: ward.id,
      number: `M-${fullName}`,
      fullName,
      searchName: searchKey(fullName),
      birthYear,
      memberships: { create: { organisationId: branchId, from: since } },
      statuses: { create: { kind: 'official', from: since } },
    },
  })
  return person.id
}

const codeIdOf = async (code: string) =>
  (await db().accessCode.findUniqueOrThrow({ where: { hash: hashCode(code) } })).id

const invite = async (personId: number) =>
  orThrow(await createInvitation(await contextOf(at, secretary.account), { personId })).code

async function accept(account: number, code: string): Promise<{ notice: SeenMessage; welcome: SeenMessage }> {
  const notice = await at.people.ask(account, `/start p_${code}`)
  await at.people.press(account, account, notice, 'Tôi đồng ý')
  const { person } = await db().accessCode.findUniqueOrThrow({
    where: { hash: hashCode(code) },
    include: { person: true },
  })
  if (person?.birthYear) await at.people.say(account, account, String(person.birthYear))
  const welcome = await at.people.next(account, account, ({ text }) => text.startsWith('Kính chào'))
  return { notice, welcome }
}

test('the secretary picks a member from the numbered list and gets a letter to forward', async () => {
  const personId = await newMember('Hoàng Văn Chưa Kết Nối')
  const list = await at.people.ask(secretary.account, '/moi')
  expect(list.text).toContain('chưa kết nối')
  const line = list.text.split('\n').find((one) => one.includes('Hoàng Văn Chưa Kết Nối'))
  const letter = await at.people.ask(secretary.account, line?.split('.')[0] ?? '')
  expect(letter.text).toContain('Kính gửi đồng chí Hoàng Văn Chưa Kết Nối')
  expect(letter.text).toMatch(/https:\/\/t\.me\/lienchi_bot\?start=p_[A-Z0-9]{8}/)
  expect((await at.people.next(secretary.account, secretary.account)).text).toContain('chuyển tiếp')

  const account = await at.people.add('Hoàng Chưa')
  const { notice, welcome } = await accept(account, codeIn(letter))
  expect(notice.text).not.toContain('Hoàng Văn')
  expect(welcome.text).toContain('Kính chào đồng chí Hoàng Văn Chưa Kết Nối')
  expect(welcome.text).toContain('Chi bộ tổ dân phố số 1')
  expect(buttonsOf(welcome)).toContain('Mở danh mục việc')
  const link = await db().accountLink.findFirstOrThrow({ where: { personId, endedAt: null } })
  expect(link).toMatchObject({ accountId: BigInt(account), accountName: 'Hoàng Chưa', consentVersion: '2026-11' })
  expect(link.consentAt).not.toBeNull()
})

test('nothing is written before the notice is accepted, and declining leaves nothing', async () => {
  const personId = await newMember('Đỗ Thị Từ Chối')
  const account = await at.people.add('Từ Chối')
  const notice = await at.people.ask(account, `/start p_${await invite(personId)}`)
  await at.people.press(account, account, notice, 'Không đồng ý')
  await at.people.next(account, account, ({ text }) => text.includes('nhập thay'))
  expect(await db().accountLink.count({ where: { personId } })).toBe(0)
  expect(await db().form.count({ where: { accountId: BigInt(account) } })).toBe(0)
  expect(await db().auditEntry.count({ where: { actorAccountId: BigInt(account) } })).toBe(0)
})

test('the secretary reads who was linked under which name and undoes it in one tap', async () => {
  const personId = await newMember('Vũ Thị Nhầm Người')
  const code = await invite(personId)
  const older = await invite(personId)
  const account = await at.people.add('Kẻ lạ')
  await accept(account, code)
  const note = await at.people.next(secretary.account, secretary.account, ({ text }) =>
    text.includes('Vũ Thị Nhầm Người'),
  )
  expect(note.text).toContain('Kẻ lạ')
  await at.people.press(secretary.account, secretary.account, note, 'Không đúng người')
  const undone = await at.people.next(secretary.account, secretary.account, ({ text }) => text.includes('Đã ngắt'))
  expect(buttonsOf(undone)).toEqual(['Mời lại'])
  const told = await at.people.next(account, account, ({ text }) => text.includes('ngắt kết nối'))
  expect(told.text).not.toContain('Vũ Thị')
  expect(await privateChatOf(db(), personId)).toBeNull()
  expect((await at.people.ask(account, '/menu')).text).toContain('chưa được kết nối')
  expect((await at.people.ask(account, `/start p_${code}`)).text).toContain('không còn dùng được')
  expect((await at.people.ask(account, `/start p_${older}`)).text).toContain('đã hết hạn')
  const [link] = await db().accountLink.findMany({ where: { personId } })
  expect(link).toMatchObject({ endReason: 'wrongPerson' })
})

test('a member cannot undo the link of another, even with a forged button', async () => {
  const personId = await newMember('Bùi Văn Giữ Nguyên')
  const account = await at.people.add('Bùi Giữ')
  await accept(account, await invite(personId))
  const link = await db().accountLink.findFirstOrThrow({ where: { personId, endedAt: null } })
  const other = ward.branches[0]?.members[1]?.account ?? 0
  const menu = await at.people.ask(other, '/menu')
  const answer = await at.sandbox.world.press({
    from: other,
    chat: other,
    message: menu.id,
    button: '1',
    data: `lwrong:${link.id}`,
  })
  expect(answer.text).toContain('chưa được giao')
  expect(await privateChatOf(db(), personId)).toBe(BigInt(account))
})

test('whoever opens an invitation says the year of birth, and may mistype it twice', async () => {
  const personId = await newMember('Trịnh Thị Năm Sinh', 1957)
  const account = await at.people.add('Trịnh Năm Sinh')
  const notice = await at.people.ask(account, `/start p_${await invite(personId)}`)
  await at.people.press(account, account, notice, 'Tôi đồng ý')
  const question = await at.people.next(account, account, ({ text }) => text.includes('gõ năm sinh'))
  expect(question.text).not.toContain('Trịnh Thị')
  expect((await at.people.ask(account, 'năm 57')).text).toContain('4 chữ số')
  expect((await at.people.ask(account, '1975')).text).toContain('Còn 2 lần thử')
  expect((await at.people.ask(account, 'sinh năm 1958')).text).toContain('Còn 1 lần thử')
  expect((await at.people.ask(account, '02/9/1957')).text).toContain('Kính chào đồng chí Trịnh Thị Năm Sinh')
  expect(await privateChatOf(db(), personId)).toBe(BigInt(account))
})

test('the third wrong year ends the invitation, and the secretary reads who tried', async () => {
  const personId = await newMember('Ngô Văn Thư Lạc', 1949)
  const account = await at.people.add('Người Nhặt Được')
  const code = await invite(personId)
  const notice = await at.people.ask(account, `/start p_${code}`)
  await at.people.press(account, account, notice, 'Tôi đồng ý')
  await at.people.next(account, account, ({ text }) => text.includes('gõ năm sinh'))
  for (const year of ['1950', '1951']) await at.people.ask(account, year)
  expect((await at.people.ask(account, '1952')).text).toContain('hết hiệu lực')
  expect((await at.people.ask(account, '1949')).text).toContain('chưa được kết nối')
  expect((await at.people.ask(account, `/start p_${code}`)).text).toContain('đã hết hạn')
  const note = await at.people.next(secretary.account, secretary.account, ({ text }) =>
    text.includes('Ngô Văn Thư Lạc'),
  )
  expect(note.text).toContain('Tên trên Telegram: Người Nhặt Được')
  expect(buttonsOf(note)).toEqual(['Mời lại'])
  expect(await db().accountLink.count({ where: { personId } })).toBe(0)
})

test('a wrong year that is handled twice counts once', async () => {
  const personId = await newMember('Lâm Văn Hai Lần', 1960)
  const codeId = await codeIdOf(await invite(personId))
  const ctx = await contextOf(at, await at.people.add('Lâm'), 'same:update')
  const wrong = { codeId, birthYear: 1961, accountName: 'Lâm' }
  for (const left of [2, 2]) {
    expect(await acceptInvitation(ctx, wrong)).toMatchObject({
      problem: { code: 'linking.birthYearWrong', params: { left } },
    })
  }
})

test('a used invitation says so to others and is answered calmly to its own account', async () => {
  const personId = await newMember('Lý Thị Dùng Rồi')
  const account = await at.people.add('Lý Dùng')
  const code = await invite(personId)
  await accept(account, code)
  expect((await at.people.ask(account, `/start p_${code}`)).text).toContain('đã dùng mã này rồi')
  const other = await at.people.add('Người đến sau')
  const answer = await at.people.ask(other, `/start p_${code}`)
  expect(answer.text).toContain('đã có người dùng')
  expect(answer.text).not.toContain('Lý')
})

test('one account does not speak for two people', async () => {
  const first = await newMember('Phan Văn Một')
  const second = await newMember('Phan Văn Hai')
  const account = await at.people.add('Phan')
  await accept(account, await invite(first))
  expect((await at.people.ask(account, `/start p_${await invite(second)}`)).text).toContain(
    'một tài khoản không thay được hai người',
  )
  expect(await db().accountLink.count({ where: { personId: second } })).toBe(0)
})

test('after a lost phone a new invitation ends the old link, and an older one does not work any more', async () => {
  const personId = await newMember('Đinh Thị Mất Máy')
  const lost = await at.people.add('Máy cũ')
  const older = await invite(personId)
  await accept(lost, await invite(personId))
  const found = await at.people.add('Máy mới')
  expect((await at.people.ask(found, `/start p_${older}`)).text).toContain('giấy mời khác đã được dùng')

  const shown = await at.people.ask(secretary.account, '/moi Đinh Thị Mất Máy')
  expect(shown.text).toContain('Máy cũ')
  await at.people.press(secretary.account, secretary.account, shown, 'Mời lại')
  const letter = await at.people.next(secretary.account, secretary.account, ({ text }) => text.includes('?start=p_'))
  await accept(found, codeIn(letter))
  await at.people.next(lost, lost, ({ text }) => text.includes('tài khoản khác'))
  expect(await privateChatOf(db(), personId)).toBe(BigInt(found))
  const links = await db().accountLink.findMany({ where: { personId }, orderBy: { id: 'asc' } })
  expect(links).toMatchObject([{ endReason: 'replaced' }, { endedAt: null }])
})

test('whoever made the invitation and leads no more does not read who has been linked', async () => {
  const [branch] = (await createTestWard(at)).branches
  const invited = branch?.members.at(-1)
  if (!branch || !invited) throw new Error('no member')
  const { deputy } = branch
  const { code } = orThrow(await createInvitation(await contextOf(at, deputy.account), { personId: invited.id }))
  await db().position.updateMany({ where: { personId: deputy.id }, data: { to: new Date('2026-11-01T00:00:00Z') } })
  await accept(await at.people.add('Máy của đồng chí ấy'), code)
  await at.people.next(branch.secretary.account, branch.secretary.account, ({ text }) => text.includes('Máy của'))
  await at.app.settle()
  const seen = await at.people.read(deputy.account, deputy.account)
  expect(seen.some(({ text }) => text.includes('Máy của'))).toBe(false)
})

test('all letters come as one paper to print, a strip for each member with a code of their own', async () => {
  const personId = await newMember('Mai Văn Danh Sách')
  await at.people.say(secretary.account, secretary.account, '/moi tất cả')
  const answer = await at.people.next(secretary.account, secretary.account, ({ files }) => files.length > 0)
  expect(answer.files[0]?.name).toBe('giay-moi-TDP01.docx')
  const paper = unzipSync(await at.people.file(answer.files[0]?.url ?? ''))
  const xml = strFromU8(paper['word/document.xml'] ?? new Uint8Array())
  const text = xml.replaceAll(/<[^>]+>/g, '\n')
  const letters = text.split('Kính gửi đồng chí ').slice(1)
  const pictures = Object.keys(paper).filter((name) => name.startsWith('word/media/'))
  const scanned = pictures.map((name) => readQr(readGreyPng(paper[name] ?? new Uint8Array())))
  const printed = letters.map((one) => {
    const [, first, last] = /mã ([A-Z0-9]{4})-([A-Z0-9]{4})/.exec(one) ?? []
    return `https://t.me/lienchi_bot?start=p_${first}${last}`
  })
  expect(scanned.toSorted()).toEqual(printed.toSorted())
  const letter = letters.find((one) => one.startsWith('Mai Văn Danh Sách'))
  const code = /mã ([A-Z0-9]{4})-([A-Z0-9]{4})/.exec(letter ?? '')
  const account = await at.people.add('Mai')
  const { welcome } = await accept(account, `${code?.[1]}${code?.[2]}`)
  expect(welcome.text).toContain('Mai Văn Danh Sách')
  expect(await privateChatOf(db(), personId)).toBe(BigInt(account))
})

test('an officer invites in any branch, a deputy in the own one only, a member nowhere', async () => {
  const [, other] = ward.branches
  const elsewhere = other?.members.find(({ account }) => account === 0)
  const personId = elsewhere?.id ?? 0
  expect((await createInvitation(await contextOf(at, ward.officer), { personId })).ok).toBe(true)
  expect((await createInvitation(await contextOf(at, other?.deputy.account ?? 0), { personId })).ok).toBe(true)
  expect((await createInvitation(await contextOf(at, secretary.account), { personId })).ok).toBe(false)
  expect((await createInvitation(await contextOf(at, other?.members[1]?.account ?? 0), { personId })).ok).toBe(false)
  expect((await at.people.ask(secretary.account, '/moi Không Có Ai')).text).toContain('Không thấy đồng chí nào')
  const branches = await at.people.ask(ward.officer, '/moi')
  expect(branches.text).toContain('2. Chi bộ tổ dân phố số 2')
})

test('an invitation sent into a group is refused there', async () => {
  const personId = await newMember('Tạ Thị Gửi Nhầm')
  const code = await invite(personId)
  const group = ward.branches[0]?.group ?? 0
  const member = ward.branches[0]?.members[1]?.account ?? 0
  await at.people.say(member, group, `/start@lienchi_bot p_${code}`)
  const answer = await at.people.next(member, group)
  expect(answer.text).toContain('không dùng trong nhóm')
  expect(await db().accountLink.count({ where: { personId } })).toBe(0)
})

test('two accounts that accept one invitation at once: one link, one clear refusal', async () => {
  const personId = await newMember('Cao Văn Hai Máy')
  const code = await invite(personId)
  const accounts = await Promise.all(['Máy A', 'Máy B'].map((name) => at.people.add(name)))
  const results = await Promise.all(
    accounts.map(async (account, index) =>
      acceptInvitation(await contextOf(at, account, `race:${index}`), {
        codeId: await codeIdOf(code),
        birthYear: null,
        accountName: `Máy ${index}`,
      }),
    ),
  )
  expect(results.filter(({ ok }) => ok)).toHaveLength(1)
  expect(await db().accountLink.count({ where: { personId, endedAt: null } })).toBe(1)
})

test('a leader of the ward is invited by an officer, not by the branch: whoever accepts acts in that name', async () => {
  const { leader, officer } = ward
  const bySecretary = await createInvitation(await contextOf(at, secretary.account), { personId: leader.id })
  expect(bySecretary).toMatchObject({ ok: false, problem: { code: 'linking.holderByOfficer' } })
  expect((await at.people.ask(secretary.account, `/moi ${leader.number}`)).text).not.toContain('Kính gửi')
  expect((await createInvitation(await contextOf(at, officer), { personId: leader.id })).ok).toBe(true)
})
