import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayAt, toUtcMidnight } from '../../../src/domain/dates.ts'
import { isPeriod, type Period } from '../../../src/domain/period.ts'
import { draftEvaluation, issueEvaluation, resultsOfYear } from '../../../src/features/notices/index.ts'
import { resultTemplate } from '../../../src/features/notices/result-template.ts'
import { viewStatus } from '../../../src/features/notices/view-status.ts'
import { readWorkbook } from '../../../src/platform/reading/read-workbook.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard, type TestBranch, type TestPerson } from '../../support/ward.ts'
import { contextOf, orThrow } from '../linking/support.ts'
import { groupTexts, line, makeCadre, type NoticeWard, noticeWard, nth, says, sendResults, titles } from './support.ts'

/** Results of November are issued in December, when people have moved. */
let test: TestApp
beforeAll(async () => {
  test = await startTestApp({ now: new Date('2026-12-07T02:00:00Z') })
})
afterAll(() => test.stop())

const today = () => dayAt(test.app.services.clock.now())
const db = () => test.app.services.database
const november = { caption: 'tháng 11/2026' }

/** The person is in the other branch from that day on, or in none. */
async function move({ id }: TestPerson, to: TestBranch | null, on = '2026-12-01'): Promise<void> {
  const first = Temporal.PlainDate.from(on)
  const data = { to: toUtcMidnight(first.subtract({ days: 1 })) }
  await db().membership.updateMany({ where: { personId: id, to: null }, data })
  if (to) await db().membership.create({ data: { personId: id, organisationId: to.id, from: toUtcMidnight(first) } })
}

async function issue({ leader }: NoticeWard, person: TestPerson, score: number): Promise<void> {
  const preview = await sendResults(test, leader.account, [line(person, score)], november)
  await test.people.press(leader.account, leader.account, preview, 'Gửi tới các chi bộ')
  await test.app.quiet()
}

const privately = async ({ account }: TestPerson) =>
  (await test.people.read(account, account)).filter(({ from }) => from.isBot).map(({ text }) => text)

/** Two branches, and a cadre of the first who is in the second since the first of December. */
async function aMove() {
  const ward = await noticeWard(test)
  const [left, joined] = [nth(ward.branches, 0), nth(ward.branches, 1)]
  const cadre = nth(left.members, 1)
  await makeCadre(test, cadre)
  return { ward, left, joined, cadre }
}

describe('when the office branch was dissolved and its thirty cadres moved', () => {
  it('November goes to the branches that received them, by the template or by a sheet with the old branch in every line', async () => {
    const ward = await createTestWard(test, { branches: 4, members: [30, 1, 1, 1] })
    const [office, ...receiving] = ward.branches
    if (!office) throw new Error('no branch')
    for (const person of office.members.slice(1)) await makeCadre(test, person)
    const everybody = [office.secretary, office.deputy, ...office.members, office.probationary]
    const homeOf = (index: number) => nth(receiving, index % receiving.length)
    for (const [index, person] of everybody.entries()) await move(person, homeOf(index))
    const ended = { to: toUtcMidnight(Temporal.PlainDate.from('2026-11-30')) }
    await db().position.updateMany({ where: { organisationId: office.id }, data: ended })
    await db().groupLink.updateMany({ where: { organisationId: office.id }, data: { endedAt: new Date() } })
    const dissolvedOn = toUtcMidnight(Temporal.PlainDate.from('2026-12-01'))
    await db().organisation.update({ where: { id: office.id }, data: { dissolvedOn } })

    const leader = await contextOf(test, ward.leader.account)
    const template = orThrow(await resultTemplate(leader, { period: monthNamed('2026-11') }))
    const [sheet] = orThrow(await readWorkbook(template.data))
    const branchesNamed = new Set(sheet?.rows.slice(1).map((row) => row[2]))
    expect(branchesNamed).toEqual(new Set(receiving.map(({ name }) => name)))

    const rows = office.members.map((person, index) => {
      const [number, name, , ...rest] = line(person, 60 + (index % 30))
      return [number ?? null, name ?? null, office.code, ...rest]
    })
    const preview = await sendResults(test, ward.leader.account, rows, november)
    expect(preview.text).toContain('30 đồng chí ở 3 chi bộ')
    expect(preview.text).toContain('Đã chuyển sinh hoạt, kết quả gửi tới chi bộ hiện nay:')
    expect(preview.text.match(new RegExp(`- ${office.name} → `, 'g'))).toHaveLength(3)
    await test.people.press(ward.leader.account, ward.leader.account, preview, 'Gửi tới các chi bộ')
    await test.app.quiet()
    expect(await db().notice.count({ where: { branchId: office.id } })).toBe(0)
    for (const branch of receiving) {
      const read = (await groupTexts(test, branch)).join('\n')
      const own = office.members.filter((person) => homeOf(everybody.indexOf(person)) === branch)
      const named = office.members.filter(({ fullName }) => new RegExp(`${fullName}:`).test(read))
      expect(named.map(({ id }) => id)).toEqual(own.map(({ id }) => id))
    }
    const status = orThrow(await viewStatus(leader, {}))
    expect(status.branches.map(({ branchName }) => branchName)).toEqual(receiving.map(({ name }) => name))
    expect(status.branches.every(({ delivery }) => delivery === 'sent')).toBe(true)
  })

  it('a branch in which the person never was is still pointed out in its cell', async () => {
    const { ward, joined, cadre } = await aMove()
    const [number, name, , ...rest] = line(cadre, 80)
    const row = [number ?? null, name ?? null, joined.code, ...rest]
    expect((await sendResults(test, ward.leader.account, [row], november)).text).toContain(
      'Trong sổ, đồng chí này thuộc',
    )
    await test.people.ask(ward.leader.account, '/huy')
    await move(cadre, joined, '2026-10-15')
    await move(cadre, nth(ward.branches, 0), '2026-10-20')
    // In neither the period's branch nor today's, but once theirs: pointed out once, and sent to where they are.
    const again = await sendResults(test, ward.leader.account, [row], november)
    expect(again.text).toContain(`Cột Chi bộ trong tệp còn ghi chi bộ cũ của 1 đồng chí (${cadre.fullName})`)
  })
})

describe('a result of somebody who has moved since the period', () => {
  it('is read by the present branch, and the other one, which is still there, reads only that they have moved', async () => {
    const { ward, left, joined, cadre } = await aMove()
    await move(cadre, joined)
    await issue(ward, cadre, 85)
    expect((await groupTexts(test, joined)).at(-1)).toContain(`${cadre.fullName}: Hoàn thành tốt nhiệm vụ`)
    expect((await groupTexts(test, left)).join()).not.toContain(cadre.fullName)
    for (const leader of [left.secretary, left.deputy]) {
      const told = (await privately(leader)).filter((text) => text.includes(cadre.fullName))
      expect(told).toEqual([expect.stringContaining(`Đồng chí ${cadre.fullName}, nay ở ${joined.name}`)])
      expect(told.join()).not.toMatch(/tốt nhiệm vụ|85/)
    }
  })

  it('corrected, is read whole by the present branch, as a correction by the one that had it first, and once by the person', async () => {
    const { ward, left, joined, cadre } = await aMove()
    await issue(ward, cadre, 85)
    expect((await groupTexts(test, left)).at(-1)).toContain(cadre.fullName)
    await move(cadre, joined, today().add({ days: 1 }).toString())
    // As long as they sit in the group of the branch they left, it reads no names.
    await test.people.changeGroup(left.group, { remove: [cadre.account] })
    await test.people.advance('P1D')
    // The very same again is no correction, wherever they are now.
    const same = await sendResults(test, ward.leader.account, [line(cadre, 85)], november)
    expect(same.text).toContain('đã được thông báo đúng như vậy')
    await issue(ward, cadre, 95)
    const first = await groupTexts(test, left)
    expect(first.join()).toContain(`${cadre.fullName}: Hoàn thành xuất sắc nhiệm vụ (đã chuyển sinh hoạt)`)
    expect(first.join()).toContain('Đã đính chính 1 đồng chí tại Thông báo số 02-TB/ĐU')
    expect((await groupTexts(test, joined)).at(-1)).toContain(`${cadre.fullName}: Hoàn thành xuất sắc nhiệm vụ`)
    const own = (await privately(cadre)).filter((text) => text.includes('Kết quả đánh giá tháng 11/2026 của đồng chí'))
    expect(own).toHaveLength(2)
    // Who had it first may open it, and confirms what it has.
    const leader = await contextOf(test, ward.leader.account)
    const status = orThrow(await viewStatus(leader, {}))
    expect(status.branches.map(({ branchName, replaced }) => [branchName, replaced])).toEqual([
      [left.name, false],
      [joined.name, false],
    ])
    expect(status.ownResults).toEqual({ sent: 1, of: 1 })
    // A branch sees of the year what it had; the present one all of it.
    const year = async (branch: TestBranch) =>
      (await resultsOfYear(leader, cadre.id, '2026', branch.id)).map(({ level }) => level)
    expect(await year(joined)).toEqual(['excellent'])
    expect(await year(left)).toEqual(['excellent'])
    const december = [{ sheet: 'Kết quả', rows: [titles, line(cadre, 75)] }]
    const drafted = orThrow(
      await draftEvaluation(leader, { period: monthNamed('2026-12'), sheets: december, fileHash: 'x' }),
    )
    if (!('issueId' in drafted)) throw new Error('not drafted')
    orThrow(await issueEvaluation(leader, drafted))
    expect(await year(joined)).toEqual(['excellent', 'good'])
    expect(await year(left)).toEqual(['excellent'])
  })

  it('is read by the person and the office where they belong to no branch that day', async () => {
    const { ward, left, cadre } = await aMove()
    const silent = nth(left.members, 2)
    await makeCadre(test, silent)
    for (const person of [cadre, silent]) await move(person, null)
    const { account } = ward.leader
    const preview = await sendResults(test, account, [line(cadre, 85), line(silent, 55)], november)
    expect(preview.text).toContain('Chưa thuộc chi bộ nào: 2 đồng chí')
    await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
    const told = await test.people.next(ward.officer, ward.officer, says('2 đồng chí chưa thuộc chi bộ nào'))
    expect(told.text).toContain(`${silent.fullName}: Hoàn thành nhiệm vụ (chưa nhắn riêng được)`)
    await test.people.next(cadre.account, cadre.account, says('của đồng chí', '85'))
    expect((await groupTexts(test, left)).join()).not.toContain(cadre.fullName)
    expect(await db().notice.count({ where: { branchId: left.id } })).toBe(0)
  })
})

describe('a move between preview and confirmation', () => {
  it('has it asked anew, and the old button sends nothing even after another look', async () => {
    const { ward, left, joined, cadre } = await aMove()
    const { account } = ward.leader
    const old = await sendResults(test, account, [line(cadre, 85)], november)
    await move(cadre, joined)
    const refused = await test.people.press(account, account, old, 'Gửi tới các chi bộ')
    expect(refused.text).toContain('nơi nhận kết quả đã thay đổi')
    const anew = await test.people.next(account, account, says('Xem trước kết quả đánh giá', joined.name))
    const again = await test.people.press(account, account, old, 'Gửi tới các chi bộ')
    expect(again.text).toContain('nơi nhận kết quả đã thay đổi')
    expect(await db().notice.count({ where: { branchId: { in: [left.id, joined.id] } } })).toBe(0)
    await test.people.press(account, account, anew, 'Gửi tới các chi bộ')
    expect((await groupTexts(test, joined)).at(-1)).toContain(cadre.fullName)
    expect((await groupTexts(test, left)).join()).not.toContain(cadre.fullName)
  })

  it('waits for a move of this very day that the clock has not written yet', async () => {
    const { ward, left, joined, cadre } = await aMove()
    const { account } = ward.leader
    const preview = await sendResults(test, account, [line(cadre, 85)], november)
    const on = toUtcMidnight(today())
    const received = toUtcMidnight(today().subtract({ days: 1 }))
    await db().transfer.create({
      data: {
        wardId: ward.id,
        personId: cadre.id,
        kind: 'internal',
        fromId: left.id,
        toId: joined.id,
        state: 'received',
        instrumentNumber: '12-QĐ/ĐU',
        instrumentOn: received,
        effectiveOn: on,
        proposedOn: received,
        introducedOn: received,
        receivedOn: received,
        movesOn: on,
        createdAt: test.app.services.clock.now(),
      },
    })
    const refused = await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
    expect(refused.text).toContain('bấm lại sau một phút')
    expect(await db().notice.count({ where: { branchId: { in: [left.id, joined.id] } } })).toBe(0)
    await test.people.advance('PT1M')
    const changed = await test.people.press(account, account, preview, 'Gửi tới các chi bộ')
    expect(changed.text).toContain('nơi nhận kết quả đã thay đổi')
  })
})

function monthNamed(text: string): Period {
  if (!isPeriod(text)) throw new Error(`not a period: ${text}`)
  return text
}
