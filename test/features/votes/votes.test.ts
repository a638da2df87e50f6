import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { buttonsOf } from '../../support/people.ts'
import { createTestWard } from '../../support/ward.ts'
import { close, inGroup, inPrivate, member, messageNow, oneBranch, open, says } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const day = (text: string) => toUtcMidnight(Temporal.PlainDate.from(text))

describe('opening', () => {
  it('shows before how many may vote and how many are left out and why, then freezes the roll', async () => {
    const branch = await oneBranch(test)
    const db = test.app.services.database
    await db.memberStatus.updateMany({ where: { personId: member(branch, 2).id }, data: { kind: 'suspended' } })
    await test.people.say(branch.secretary.account, branch.group, '/bieuquyet Nhất trí nghị quyết?')
    const preview = await inGroup(test, branch, 'Xem lại trước khi mở')
    expect(preview.text).toContain('Được biểu quyết: 5 đồng chí.')
    expect(preview.text).toContain('Không biểu quyết: 1 đồng chí (đảng viên dự bị).')
    expect(preview.text).toContain('Không biểu quyết: 1 đồng chí (đình chỉ sinh hoạt).')
    await test.people.press(branch.secretary.account, branch.group, preview, 'Mở biểu quyết')
    const message = await inGroup(test, branch, 'Đã biểu quyết: 0/5')
    expect(message.text).toMatch(/^Phiếu thăm dò số 1\nThăm dò ý kiến/)
    expect(buttonsOf(message)).toEqual(['Tán thành', 'Không tán thành', 'Ý kiến khác', 'Kết thúc biểu quyết'])
    const vote = await db.vote.findFirstOrThrow({
      where: { branchId: branch.id },
      include: { roll: true, leftOut: true },
    })
    expect(vote).toMatchObject({ packId: 'vote-2011-charter', packHash: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect([vote.roll.length, vote.leftOut.map(({ reason }) => reason).sort()]).toEqual([
      5,
      ['probationary', 'suspended'],
    ])
    await inPrivate(test, branch.secretary, 'Đã mở trong nhóm: Phiếu thăm dò số 1')
  })

  it('asks step by step, with own options one a line', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    await test.people.say(secretary.account, group, '/bieuquyet')
    const asked = await inGroup(test, branch, 'Biểu quyết về việc gì?')
    await test.people.say(secretary.account, group, 'Chọn ngày dọn vệ sinh', asked.id)
    const preview = await inGroup(test, branch, 'Xem lại trước khi mở')
    await test.people.press(secretary.account, group, preview, 'Đổi phương án')
    const options = await inGroup(test, branch, 'mỗi dòng một phương án')
    await test.people.say(secretary.account, group, '1. Sáng thứ Bảy', options.id)
    const again = await inGroup(test, branch, 'Cần từ 2 đến 8 phương án')
    await test.people.say(secretary.account, group, '1. Sáng thứ Bảy\n2. Chiều Chủ nhật', again.id)
    const second = await inGroup(test, branch, 'Xem lại trước khi mở')
    await test.people.press(secretary.account, group, second, 'Mở biểu quyết')
    const message = await inGroup(test, branch, 'Đã biểu quyết: 0/')
    expect(buttonsOf(message)).toEqual(['Sáng thứ Bảy', 'Chiều Chủ nhật', 'Kết thúc biểu quyết'])
  })

  it('takes the options from the lines after the question, and refuses one that stands twice', async () => {
    const branch = await oneBranch(test)
    const { secretary } = branch
    const twice = await test.people.ask(secretary.account, '/bieuquyet Chọn ngày\nThứ Bảy\nthu bay')
    expect(twice.text).toContain('có hai lần')
    const preview = await test.people.ask(secretary.account, 'Thứ Bảy\nChủ nhật')
    expect(preview.text).toContain('1. Thứ Bảy\n2. Chủ nhật')
  })

  it('is for the secretary and the deputy; a draft is its author’s, and pressed twice makes one vote', async () => {
    const branch = await oneBranch(test)
    const { secretary, deputy, group } = branch
    await test.people.say(member(branch, 1).account, group, '/bieuquyet Có nên không?')
    expect((await test.people.next(member(branch, 1).account, group)).text).toContain('chưa được giao cho đồng chí')
    await test.people.say(deputy.account, group, '/bieuquyet Có nên không?')
    const preview = await inGroup(test, branch, 'Xem lại trước khi mở')
    const refused = await test.people.press(secretary.account, group, preview, 'Mở biểu quyết')
    expect(refused.text).toContain('của đồng chí khác')
    await Promise.all([
      test.people.press(deputy.account, group, preview, 'Mở biểu quyết'),
      test.people.press(deputy.account, group, preview, 'Mở biểu quyết').catch(() => null),
    ])
    await test.app.settle()
    expect(await test.app.services.database.vote.count({ where: { branchId: branch.id } })).toBe(1)
  })

  it('needs a connected group', async () => {
    const branch = await oneBranch(test)
    await test.app.services.database.groupLink.updateMany({
      where: { organisationId: branch.id },
      data: { endedAt: test.app.services.clock.now() },
    })
    const answer = await test.people.ask(branch.secretary.account, '/bieuquyet Có nên không?')
    expect(answer.text).toContain('chưa kết nối nhóm')
  })
})

describe('voting', () => {
  it('counts each on the roll once, changeable until the closing; the group sees only how many', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const { message } = await open(test, branch)
    const voter = member(branch, 1)
    const vote = (button: string) => test.people.press(voter.account, group, message, button)
    expect((await vote('Tán thành')).text).toContain('Đã ghi: Tán thành')
    expect((await vote('Tán thành')).text).toContain('không có gì thay đổi')
    expect((await vote('Không tán thành')).text).toContain('Đã đổi sang: Không tán thành')
    await test.people.press(secretary.account, group, message, 'Tán thành')
    const now = await messageNow(test, branch, message.id)
    expect(now.text).toContain('Đã biểu quyết: 2/6')
    expect(now.text).not.toContain(voter.fullName)
    const result = await close(test, branch, now)
    expect(result.text).toContain('1. Tán thành: 1/6')
    expect(result.text).toContain('2. Không tán thành: 1/6')
    expect(result.text).toContain('chưa đủ số đồng chí biểu quyết')
  })

  it('may be done in private too', async () => {
    const branch = await oneBranch(test)
    const { message } = await open(test, branch)
    const voter = member(branch, 1)
    await test.people.ask(voter.account, '/cacbieuquyet')
    const card = await test.people.ask(voter.account, '1')
    await test.people.press(voter.account, voter.account, card, 'Tán thành')
    await inPrivate(test, voter, 'Đồng chí đã chọn: Tán thành')
    expect((await messageNow(test, branch, message.id)).text).toContain('Đã biểu quyết: 1/6')
  })

  it('is refused to those off the roll, each with the reason', async () => {
    const ward = await createTestWard(test, { branches: 2 })
    const [branch, other] = ward.branches
    if (!branch || !other) throw new Error('two branches were wanted')
    const db = test.app.services.database
    const { message } = await open(test, branch)
    const guest = other.deputy
    await test.people.changeGroup(branch.group, { add: [guest.account] })
    const press = async (account: number) => (await test.people.press(account, branch.group, message, 'Tán thành')).text
    expect(await press(branch.probationary.account)).toContain('Đảng viên dự bị được theo dõi')
    expect(await press(guest.account)).toContain('của chi bộ khác')
    await db.membership.updateMany({ where: { personId: guest.id }, data: { to: day('2026-11-22') } })
    await db.membership.create({ data: { personId: guest.id, organisationId: branch.id, from: day('2026-11-23') } })
    expect(await press(guest.account)).toContain('sau khi biểu quyết đã mở')
    expect(await db.voteChoice.count({ where: { roll: { vote: { branchId: branch.id } } } })).toBe(0)
  })

  it('is over for whoever has left the branch since, though their place on the roll stays', async () => {
    const branch = await oneBranch(test)
    const { message } = await open(test, branch)
    const gone = member(branch, 1)
    await test.app.services.database.membership.updateMany({
      where: { personId: gone.id },
      data: { to: day('2026-11-22') },
    })
    const home = await createTestWard(test, { branches: 1 })
    await test.app.services.database.membership.create({
      data: { personId: gone.id, organisationId: home.branches[0]?.id ?? 0, from: day('2026-11-23') },
    })
    const answer = await test.people.press(gone.account, branch.group, message, 'Tán thành')
    expect(answer.text).toContain('không còn sinh hoạt ở chi bộ này')
    expect((await messageNow(test, branch, message.id)).text).toContain('0/6')
  })

  it('goes on in a group that became a supergroup, under a message of its own there', async () => {
    const { branches } = await createTestWard(test, { members: 4 })
    const [branch] = branches
    if (!branch) throw new Error('a ward without a branch')
    const { secretary, deputy } = branch
    const people = branch.members.flatMap(({ account }) => (account ? [account] : []))
    const group = await test.people.addGroup('Nhóm cũ', [secretary.account, deputy.account, ...people], false)
    await test.people.changeGroup(group, { bot: 'add' })
    await test.app.services.database.groupLink.updateMany({
      where: { organisationId: branch.id },
      data: { chatId: BigInt(group) },
    })
    await open(test, { ...branch, group })
    await test.app.settle()
    const supergroup = test.sandbox.world.migrateGroup(group).id
    await test.app.settle()
    const moved = await test.people.next(secretary.account, supergroup, says('Đã biểu quyết: 0/6'))
    expect(moved.buttons.flat().map(({ text }) => text)).toContain('Tán thành')
    await test.people.ask(deputy.account, '/cacbieuquyet')
    const card = await test.people.ask(deputy.account, '1')
    await test.people.press(deputy.account, deputy.account, card, 'Tán thành')
    const anew = await test.people.next(secretary.account, supergroup, says('Đã biểu quyết: 1/6'))
    expect(anew.buttons.flat().map(({ text }) => text)).toContain('Tán thành')
    await test.people.press(secretary.account, supergroup, anew, 'Tán thành')
    await test.people.next(secretary.account, supergroup, says('Đã biểu quyết: 2/6'))
  })

  it('keeps at most one edit waiting, and the last one shows the last count', async () => {
    const branch = await oneBranch(test, 9)
    const { id, message } = await open(test, branch)
    const voters = [branch.secretary, branch.deputy, ...branch.members.slice(0, 8)]
    await Promise.all(voters.map(({ account }) => test.people.press(account, branch.group, message, 'Tán thành')))
    expect((await messageNow(test, branch, message.id)).text).toContain('Đã biểu quyết: 10/11')
    const { deliveryId } = await test.app.services.database.vote.findUniqueOrThrow({ where: { id } })
    const edits = await test.app.services.database.delivery.findMany({ where: { editsId: deliveryId } })
    expect(edits.length).toBeLessThanOrEqual(10)
    expect(edits.filter(({ state }) => state !== 'sent')).toEqual([])
  })
})

describe('closing', () => {
  it('tells numerator, base, majority with its source, and quorum; a late press gets one sentence', async () => {
    const branch = await oneBranch(test)
    const { secretary, deputy, group } = branch
    const { message } = await open(test, branch)
    for (const { account } of [secretary, deputy, member(branch, 0), member(branch, 1)]) {
      await test.people.press(account, group, message, 'Tán thành')
    }
    const result = await close(test, branch, message)
    expect(result.text.split('\n')).toEqual([
      'Kết quả thăm dò số 1',
      'Thăm dò ý kiến. Chi bộ quyết định bằng phiếu giấy hoặc biểu quyết tại cuộc họp.',
      '',
      'Nhất trí nghị quyết tháng 12?',
      '1. Tán thành: 4/6 (66,7%)',
      '2. Không tán thành: 0/6 (0%)',
      '3. Ý kiến khác: 0/6 (0%)',
      '',
      'Đã biểu quyết: 4/6 đồng chí trong danh sách.',
      'Số đồng chí tính tỷ lệ: 6.',
      'Cần ít nhất 2/3 biểu quyết: 4 đồng chí – đủ.',
      'Để đạt đa số cần quá 1/2: ít nhất 4 đồng chí.',
      'Đa số tính theo Điều lệ Đảng Cộng sản Việt Nam, Điều 3, Điều 9 (2011).',
      '',
      'Kết luận: «Tán thành» đạt đa số (4/6).',
      'Kết thúc lúc 09:00 23/11/2026',
    ])
    expect(buttonsOf(await messageNow(test, branch, message.id))).toEqual([])
    const vote = await test.app.services.database.vote.findFirstOrThrow({ where: { branchId: branch.id } })
    const { world } = test.sandbox
    const late = await world.press({
      from: member(branch, 2).account,
      chat: group,
      message: message.id,
      button: '',
      data: `vc:${vote.id}.0.0`,
    })
    expect(late.text).toContain('Biểu quyết đã kết thúc lúc 09:00 23/11/2026')
  })

  it('is confirmed first, by those who may; twice is answered calmly', async () => {
    const branch = await oneBranch(test)
    const { secretary, deputy, group } = branch
    const { id, message } = await open(test, branch)
    const refused = await test.people.press(member(branch, 1).account, group, message, 'Kết thúc biểu quyết')
    expect(refused.text).toContain('chưa được giao cho đồng chí')
    await test.people.press(secretary.account, group, message, 'Kết thúc biểu quyết')
    const first = await inGroup(test, branch, 'không ai đổi được nữa')
    await test.people.press(deputy.account, group, message, 'Kết thúc biểu quyết')
    const second = await inGroup(test, branch, 'không ai đổi được nữa')
    await test.people.press(secretary.account, group, first, 'Chưa kết thúc')
    await inGroup(test, branch, 'vẫn mở')
    await test.people.press(deputy.account, group, second, 'Kết thúc')
    await inGroup(test, branch, 'Kết quả thăm dò số 1')
    const again = await test.sandbox.world.press({
      from: secretary.account,
      chat: group,
      message: second.id,
      button: '',
      data: `vendok:${id}`,
    })
    expect(again).toMatchObject({ answered: true })
    await test.app.settle()
    const seen = await test.people.read(secretary.account, group)
    expect(seen.filter(says('Kết quả thăm dò số 1'))).toHaveLength(1)
  })

  it('shows who chose what to the branch, in private, and only then', async () => {
    const ward = await createTestWard(test, { branches: 2 })
    const [branch, other] = ward.branches
    if (!branch || !other) throw new Error('two branches were wanted')
    const { secretary, group, probationary } = branch
    const { id, message } = await open(test, branch)
    await test.people.press(secretary.account, group, message, 'Tán thành')
    const early = await test.sandbox.world.press({
      from: secretary.account,
      chat: group,
      message: message.id,
      button: '',
      data: `vnames:${id}`,
    })
    expect(early.text).toContain('sau khi kết thúc')
    const result = await close(test, branch, message)
    expect(result.text).not.toContain(secretary.fullName)
    await test.people.press(probationary.account, group, result, 'Xem ai chọn gì')
    const list = await inPrivate(test, probationary, 'ai chọn gì')
    expect(list.text).toContain(`Tán thành: 1\n1. ${secretary.fullName}`)
    expect(list.protected).toBe(true)
    await test.people.changeGroup(group, { add: [other.deputy.account] })
    const refused = await test.people.press(other.deputy.account, group, result, 'Xem ai chọn gì')
    expect(refused.text).toContain('chưa được giao cho đồng chí')
  })
})

describe('entering for members without a smartphone', () => {
  it('is marked, gives way to their own vote, and never replaces it', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const { id, message } = await open(test, branch)
    const phoneless = member(branch, 3)
    const voter = member(branch, 1)
    const enter = async (name: string, option: string) => {
      const list = await test.people.ask(secretary.account, '/bieuquyetthay')
      const line = list.text.split('\n').find((text) => text.includes(name))
      const question = await test.people.ask(secretary.account, line?.split('.')[0] ?? '')
      await test.people.press(secretary.account, secretary.account, question, option)
      return inPrivate(test, secretary, `Nhập thay đồng chí ${name}`)
    }
    await enter(phoneless.fullName, 'Tán thành')
    await enter(voter.fullName, 'Không tán thành')
    await inPrivate(test, voter, 'bí thư đã nhập thay')
    expect((await messageNow(test, branch, message.id)).text).toContain('Đã biểu quyết: 2/6')
    await test.people.press(voter.account, group, message, 'Tán thành')
    const list = await test.people.ask(secretary.account, '/bieuquyetthay')
    expect(list.text).not.toContain(voter.fullName)
    const forged = await test.sandbox.world.press({
      from: secretary.account,
      chat: secretary.account,
      message: list.id,
      button: '',
      data: `vset:${id}.${voter.id}.0.2`,
    })
    expect(forged.text).toContain('đã tự biểu quyết')
    const result = await close(test, branch, message)
    expect(result.text).toContain('1. Tán thành: 2/6')
    expect(result.text).toContain('bí thư nhập thay: 1')
    await test.people.press(secretary.account, group, result, 'Xem ai chọn gì')
    expect((await inPrivate(test, secretary, 'ai chọn gì')).text).toContain(`${phoneless.fullName} (nhập thay)`)
  })

  it('is over too for whoever may not vote themselves any more', async () => {
    const branch = await oneBranch(test)
    const { id } = await open(test, branch)
    const [gone, suspended] = [member(branch, 1), member(branch, 2)]
    const db = test.app.services.database
    await db.membership.updateMany({ where: { personId: gone.id }, data: { to: day('2026-11-22') } })
    await db.memberStatus.create({ data: { personId: suspended.id, kind: 'suspended', from: day('2026-11-23') } })
    const { account } = branch.secretary
    const list = await test.people.ask(account, '/bieuquyetthay')
    for (const { id: personId, fullName } of [gone, suspended]) {
      expect(list.text).not.toContain(fullName)
      const place = { from: account, chat: account, message: list.id, button: '' }
      const answer = await test.sandbox.world.press({ ...place, data: `vset:${id}.${personId}.0.0` })
      expect(answer.text).toContain('không nhập thay được')
    }
    expect(await db.voteChoice.count({ where: { voteId: id } })).toBe(0)
  })

  it('is for the secretary alone, and never in the group', async () => {
    const branch = await oneBranch(test)
    const { id, message } = await open(test, branch)
    const forge = (from: number, data: string) =>
      test.sandbox.world.press({ from, chat: branch.group, message: message.id, button: '', data })
    expect((await forge(branch.secretary.account, `venter:${id}`)).text).toContain('chat riêng')
    const refused = await forge(branch.deputy.account, `vset:${id}.${member(branch, 3).id}.0.0`)
    expect(refused.text).toContain('chưa được giao cho đồng chí')
  })
})

describe('the database itself', () => {
  it('takes no choice without a place on the roll, and none for an option that is not there', async () => {
    const branch = await oneBranch(test)
    const { id } = await open(test, branch)
    const db = test.app.services.database
    const at = test.app.services.clock.now()
    const choice = (personId: number, optionIndex: number) =>
      db.voteChoice.create({ data: { voteId: id, question: 0, personId, optionIndex, at } })
    await expect(choice(branch.probationary.id, 0)).rejects.toThrow()
    await expect(choice(branch.secretary.id, 3)).rejects.toThrow()
    await expect(choice(branch.secretary.id, 0)).resolves.toBeDefined()
  })
})
