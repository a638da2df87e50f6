import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Result } from '../../src/domain/result.ts'
import { toggleTeller } from '../../src/features/votes/ballots/choose-tellers.ts'
import { confirmCounts } from '../../src/features/votes/ballots/confirm-counts.ts'
import { createBallot } from '../../src/features/votes/ballots/create-ballot.ts'
import { enterCounts } from '../../src/features/votes/ballots/enter-counts.ts'
import { openPaper } from '../../src/features/votes/ballots/open-paper.ts'
import { publishBallot } from '../../src/features/votes/ballots/publish-ballot.ts'
import { assign, inGroup, inPrivate, member, oneBranch, says } from '../features/tasks/kit.ts'
import { close, open } from '../features/votes/kit.ts'
import { as } from '../features/votes/sealed-kit.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { buttonsOf } from '../support/people.ts'
import type { TestBranch } from '../support/ward.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

async function letStrangerIn(branch: TestBranch): Promise<number> {
  const stranger = await test.people.add('Người Không Rõ')
  await test.people.changeGroup(branch.group, { add: [stranger] })
  await test.app.settle()
  return stranger
}

const namesIn = (branch: TestBranch) =>
  [branch.secretary, branch.deputy, branch.probationary, ...branch.members].map(({ fullName }) => fullName)

/** What the group reads from now on, as somebody in it who has just come sees it. */
async function groupSince(branch: TestBranch, reader: number, before: number): Promise<string> {
  await test.app.settle()
  const seen = await test.people.read(reader, branch.group)
  return seen
    .filter(({ from, seq }) => from.isBot && seq > before)
    .map(({ text, buttons }) => [text, JSON.stringify(buttons)].join('\n'))
    .join('\n')
}

const lastSeq = async (branch: TestBranch, reader: number) =>
  (await test.people.read(reader, branch.group)).at(-1)?.seq ?? 0

describe('a classification', () => {
  const got = <T>(result: Result<T>): T => {
    if (!result.ok) throw new Error(result.problem.code)
    return result.value
  }
  /** Everybody on the paper gets the level of that place (0 to 3), on every slip. */
  async function count(branch: TestBranch, voteId: number, level: number, reason: string | null): Promise<void> {
    const [first, second] = [await as(test, branch.deputy), await as(test, member(branch, 1))]
    const { questions } = await test.app.services.database.vote.findUniqueOrThrow({
      where: { id: voteId },
      select: { questions: true },
    })
    const row = [0, 0, 0, 0].with(level, 5)
    const counts = { issued: 5, returned: 5, invalid: 0, joined: 0, questions: questions.map(() => row) }
    got(await enterCounts(first, { voteId, counts, reason }))
    const sheet = await test.app.services.database.voteSheet.findUniqueOrThrow({ where: { voteId } })
    for (const teller of [first, second]) got(await confirmCounts(teller, { voteId, edition: sheet.edition }))
  }

  it('and its correction name people in the group only while everybody there is known; each opens it in private', async () => {
    const branch = await oneBranch(test)
    const leader = await as(test, branch.secretary)
    const vote = got(
      await createBallot(leader, { key: 'mixed', branchId: branch.id, form: 'paper', about: { period: '2026' } }),
    )
    for (const { id } of [branch.deputy, member(branch, 0), member(branch, 1)]) {
      got(await toggleTeller(leader, vote.id, id))
    }
    got(await openPaper(leader, vote.id))
    await count(branch, vote.id, 1, null)
    got(await publishBallot(leader, vote.id))
    const known = await inGroup(test, branch, 'Kết quả Phiếu số')
    expect(known.text).toContain(member(branch, 2).fullName)

    const stranger = await letStrangerIn(branch)
    const before = await lastSeq(branch, stranger)
    await count(branch, vote.id, 3, `nhầm phiếu của đồng chí ${member(branch, 2).fullName}`)
    const corrected = await inGroup(test, branch, '(đính chính)')
    const said = await groupSince(branch, stranger, before)
    for (const name of namesIn(branch)) expect(said).not.toContain(name)
    expect(corrected.text).toMatch(/Xếp loại \d đồng chí:/)
    expect(corrected.text).toContain('Phiếu thu về: 5')

    // Whoever belongs there reads it alone; whoever does not reads nothing.
    const reader = member(branch, 2)
    const pressed = await test.people.press(reader.account, branch.group, corrected, 'Xem biểu quyết')
    expect(pressed.text).toContain('chat riêng')
    const own = await inPrivate(test, reader, 'Kết quả Phiếu số')
    expect(own.text).toContain(reader.fullName)
    await test.people.press(stranger, branch.group, corrected, 'Xem biểu quyết')
    for (const name of namesIn(branch)) expect(await groupSince(branch, stranger, before)).not.toContain(name)
  })
})

describe('an open vote', () => {
  it('about somebody tells a group with a stranger its numbers, and not what was asked', async () => {
    const branch = await oneBranch(test)
    const { fullName } = member(branch, 2)
    const { message } = await open(test, branch, `Kỷ luật đồng chí ${fullName}?`)
    await letStrangerIn(branch)
    // The question itself stands above as it was typed there.
    const told = await close(test, branch, message)
    expect([told.text, ...told.buttons.flat().map(({ text }) => text)].join('\n')).not.toContain(fullName)
    const plain = await open(test, branch, 'Nhất trí nghị quyết tháng 12?')
    expect((await close(test, branch, plain.message)).text).toContain('Nhất trí nghị quyết tháng 12?')
  })

  it('about somebody who has left the branch counts as one about somebody', async () => {
    const branch = await oneBranch(test)
    const { id, fullName } = member(branch, 2)
    await test.app.services.database.membership.deleteMany({ where: { personId: id } })
    const { message } = await open(test, branch, `Ý kiến về ${fullName}`)
    await letStrangerIn(branch)
    expect((await close(test, branch, message)).text).not.toContain(fullName)
  })
})

describe('tasks', () => {
  it('are told to a group with a stranger by number and work, and neither by whom nor what was reported', async () => {
    const branch = await oneBranch(test)
    const stranger = await letStrangerIn(branch)
    const before = await lastSeq(branch, stranger)
    const { secretary } = branch
    const owing = member(branch, 1)
    const preview = await test.people.ask(secretary.account, `/giaoviec ${owing.number}: dọn vườn hoa; hạn 30/11`)
    await test.people.press(secretary.account, secretary.account, preview, 'Giao việc')
    const told = await inGroup(test, branch, 'dọn vườn hoa')
    expect(told.text).toContain('Giao cho 1 đồng chí')
    expect(buttonsOf(told)).toContain('Báo cáo kết quả')
    const call = await inPrivate(test, owing, 'dọn vườn hoa')
    await test.people.press(owing.account, owing.account, call, 'Báo cáo kết quả')
    await inPrivate(test, owing, 'Kết quả Nhiệm vụ số')
    await test.people.say(owing.account, owing.account, 'Đã nhổ cỏ trước cửa nhà đồng chí Bí Thư')
    const report = await inPrivate(test, secretary, 'Đã nhổ cỏ')
    await test.people.press(secretary.account, secretary.account, report, 'Trả lại')
    await test.people.say(secretary.account, secretary.account, 'chưa sạch')
    const said = await groupSince(branch, stranger, before)
    expect(said).toContain('Đã có báo cáo Nhiệm vụ số 1')
    expect(said).not.toContain('nhổ cỏ')
    for (const name of namesIn(branch)) expect(said).not.toContain(name)
  })

  it('are not put together in such a group: whoever assigns is asked to do it in private, by whatever step', async () => {
    const branch = await oneBranch(test)
    const { secretary, group } = branch
    const call = await assign(test, branch, member(branch, 1))
    const stranger = await letStrangerIn(branch)
    const before = await lastSeq(branch, stranger)
    for (const text of [
      '/giaoviec',
      '/giaoviec N',
      '/giaoviec Lê',
      `/giaoviec ${member(branch, 1).number}: quét ngõ`,
    ]) {
      await test.people.say(secretary.account, group, text)
      expect((await inGroup(test, branch, 'chat riêng với tôi')).text).toContain('không nêu tên ở đây')
    }
    await test.people.press(secretary.account, group, call, 'Báo cáo kết quả')
    await test.people.say(secretary.account, group, '/taohoatdong')
    const said = await groupSince(branch, stranger, before)
    for (const name of namesIn(branch)) expect(said).not.toContain(name)
  })

  it('stand in the morning digest without names while a stranger is there, and with them when they have gone', async () => {
    const branch = await oneBranch(test)
    const db = test.app.services.database
    await assign(test, branch, member(branch, 1))
    await db.taskDigest.create({ data: { branchId: branch.id, hour: 7, every: 'day' } })
    const stranger = await letStrangerIn(branch)
    const before = await lastSeq(branch, stranger)
    await test.people.advance('PT23H')
    expect(await groupSince(branch, stranger, before)).toContain('dọn vườn hoa')
    for (const name of namesIn(branch)) expect(await groupSince(branch, stranger, before)).not.toContain(name)
    await test.people.changeGroup(branch.group, { remove: [stranger] })
    await test.app.settle()
    await test.people.advance('PT24H')
    const again = await test.people.read(branch.secretary.account, branch.group)
    expect(again.findLast(says('dọn vườn hoa'))?.text).toContain(member(branch, 1).fullName)
  })
})
