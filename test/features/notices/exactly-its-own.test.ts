import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dayAt, toUtcMidnight } from '../../../src/domain/dates.ts'
import { searchKey } from '../../../src/domain/names.ts'
import { isPeriod, lastDay, type Period } from '../../../src/domain/period.ts'
import { draftEvaluation, issueEvaluation } from '../../../src/features/notices/index.ts'
import { previewEvaluation } from '../../../src/features/notices/preview-evaluation.ts'
import { sortedBranches } from '../../../src/features/notices/status-screens.ts'
import { viewStatus } from '../../../src/features/notices/view-status.ts'
import { type Context, createContext, type Services } from '../../../src/platform/context.ts'
import type { OpenDatabase } from '../../../src/platform/database.ts'
import { createLog } from '../../../src/platform/log.ts'
import { asMessage } from '../../../src/platform/messages.ts'
import { loadTexts } from '../../../src/platform/texts.ts'
import { testNow } from '../../support/app.ts'
import { openTestDatabase } from '../../support/database.ts'
import { titles } from './support.ts'

/** No courier runs here, so that every message stays in its delivery as it was written. */
let opened: OpenDatabase
let services: Services
beforeAll(async () => {
  opened = await openTestDatabase()
  const clock = { now: () => testNow }
  services = { database: opened.prisma, clock, log: createLog('silent'), texts: loadTexts(), onCommit: () => {} }
})
afterAll(() => opened.close())

const period = monthNamed('2026-10')
const day = dayAt(testNow)

/** A person's path: the branches in their order, each entered on a day around the day of issue. */
interface Path {
  /** Days from the day of issue on which the next branch begins; the one before ends the day before. */
  moves: { branch: number; on: number }[]
  /** Left the last branch that many days from the day of issue, or never. */
  leftOn: number | null
  guestOf: number | null
  hasPhone: boolean
}

const path = (branchCount: number): fc.Arbitrary<Path> => {
  const branch = fc.nat({ max: branchCount - 1 })
  const on = fc.integer({ min: -3, max: 3 })
  return fc.record({
    moves: fc
      .uniqueArray(fc.record({ branch, on }), { maxLength: 3, selector: (move) => move.on })
      .map((moves) => [{ branch: 0, on: -400 }, ...moves.sort((a, b) => a.on - b.on)])
      .chain(([first, ...moves]) => branch.map((start) => [{ branch: start, on: first?.on ?? -400 }, ...moves])),
    leftOn: fc.option(fc.constantFrom(-1, 0, 1, 10), { freq: 6 }),
    guestOf: fc.option(branch, { freq: 5 }),
    hasPhone: fc.boolean(),
  })
}

const wards = fc.integer({ min: 1, max: 4 }).chain((branchCount) =>
  fc.record({
    groups: fc.array(fc.boolean(), { minLength: branchCount, maxLength: branchCount }),
    people: fc.array(path(branchCount), { minLength: 1, maxLength: 8 }),
  }),
)

/** Where the path stands on the day of issue, told without the product's own reading of it. */
function branchOfToday({ moves, leftOn }: Path): number | null {
  if (leftOn !== null && leftOn < 0) return null
  return moves.findLast(({ on }) => on <= 0)?.branch ?? null
}

let serial = 0

async function build(groups: boolean[], paths: Path[]) {
  const db = opened.prisma
  const nth = ++serial
  const ward = await db.ward.create({ data: { name: `Đảng bộ phường ${nth}`, createdAt: testNow } })
  const at = (days: number) => toUtcMidnight(day.add({ days }))
  const branches: { id: number; chatId: bigint | null }[] = []
  for (const [index, hasGroup] of groups.entries()) {
    const data = {
      wardId: ward.id,
      kind: 'branch',
      sector: 'residential',
      code: `CB${index}`,
      name: `Chi bộ số ${index}`,
    }
    const { id } = await db.organisation.create({ data })
    const chatId = hasGroup ? BigInt(-(nth * 1000 + index)) : null
    if (chatId !== null) {
      await db.groupLink.create({ data: { organisationId: id, chatId, title: '', linkedAt: testNow } })
      // Nobody but the bot is in it, so nobody unknown.
      await db.groupCheck.create({ data: { chatId, memberCount: 1, countedAt: testNow, triedAt: testNow } })
    }
    branches.push({ id, chatId })
  }
  const idOf = (branch: number) => branches[branch]?.id ?? 0
  const people = []
  for (const [index, one] of paths.entries()) {
    const number = `P${index}`
    const fullName = `Nguyễn Văn Tên${index}x`
    const { id } = await db.person.create({
      data: { wardId: ward.id, number, fullName, searchName: searchKey(fullName) },
    })
    await db.cadre.create({ data: { personId: id, office: '', job: '', from: at(-400) } })
    for (const [step, move] of one.moves.entries()) {
      const next = one.moves[step + 1]
      const last = next ? next.on - 1 : one.leftOn
      if (one.leftOn !== null && move.on > one.leftOn) continue
      const ends = last === null ? null : Math.min(last, one.leftOn ?? last)
      const to = ends === null ? null : at(ends)
      await db.membership.create({ data: { personId: id, organisationId: idOf(move.branch), from: at(move.on), to } })
    }
    if (one.guestOf !== null) {
      const organisationId = idOf(one.guestOf)
      await db.membership.create({ data: { personId: id, organisationId, kind: 'temporary', from: at(-30) } })
    }
    const accountId = BigInt(nth * 1000 + index)
    if (one.hasPhone) {
      const link = {
        accountId,
        personId: id,
        accountName: '',
        linkedAt: testNow,
        consentAt: testNow,
        consentVersion: '1',
      }
      await db.accountLink.create({ data: link })
    }
    people.push({ id, number, fullName, accountId: one.hasPhone ? accountId : null, branch: branchOfToday(one) })
  }
  const leader = await db.person.create({
    data: { wardId: ward.id, number: 'L', fullName: 'Lãnh Đạo', searchName: 'lanh dao' },
  })
  const post = { wardId: ward.id, personId: leader.id, post: 'wardSecretary', title: 'Bí thư Đảng ủy', from: at(-400) }
  await db.position.create({ data: post })
  const actor = {
    personId: leader.id,
    wardId: ward.id,
    accountId: BigInt(nth * 1000 + 999),
    name: 'Lãnh Đạo',
    grants: [{ role: 'leader' as const, wardId: ward.id, branchId: null }],
  }
  return { ward, branches, people, context: (source: string): Context => createContext(services, actor, source) }
}

type Built = Awaited<ReturnType<typeof build>>

async function draft({ people, context, ward }: Built, source: string): Promise<number> {
  const rows = people.map(({ number, fullName }, index) => [
    number,
    fullName,
    null,
    60 + index,
    null,
    null,
    `riêng ${fullName}`,
  ])
  const sheets = [{ sheet: 'Kết quả', rows: [titles, ...rows] }]
  const drafted = await draftEvaluation(context(source), { period, sheets, fileHash: String(ward.id) })
  if (!drafted.ok || 'problems' in drafted.value) throw new Error(JSON.stringify(drafted))
  return drafted.value.issueId
}

/** Every message that was written to these chats, with its chat. */
async function messages(): Promise<{ chatId: bigint; text: string }[]> {
  const rows = await opened.prisma.delivery.findMany({ orderBy: { id: 'asc' } })
  return rows.map(({ chatId, message }) => ({ chatId, text: asMessage(message).text }))
}

describe('every issued result', () => {
  test("reaches exactly the group of the person's official branch on the day of issue, and the person alone", async () => {
    await fc.assert(
      fc.asyncProperty(wards, async ({ groups, people: paths }) => {
        await opened.prisma.delivery.deleteMany()
        await opened.prisma.form.deleteMany()
        const built = await build(groups, paths)
        const rated = built.people.filter(({ branch }) => branch !== null)
        const issueId = await draft(built, `d${built.ward.id}`)
        const preview = await previewEvaluation(built.context('v'), { issueId })
        const issued = await issueEvaluation(built.context('s'), { issueId })
        if (!issued.ok) throw new Error(issued.problem.code)
        const status = await viewStatus(built.context('t'), { issueId })
        if (!preview.ok || !status.ok) throw new Error('neither preview nor status')
        const written = await messages()
        for (const [index, { chatId }] of built.branches.entries()) {
          const own = rated.filter(({ branch }) => branch === index).map(({ fullName }) => fullName)
          const received = written.filter((one) => one.chatId === chatId)
          expect(received).toHaveLength(chatId !== null && own.length > 0 ? 1 : 0)
          const text = received.map((one) => one.text).join()
          const named = built.people.map(({ fullName }) => fullName).filter((name) => text.includes(name))
          expect(named).toEqual(chatId === null ? [] : own)
          expect(text).not.toMatch(/riêng|Điểm/)
        }
        for (const person of built.people) {
          const received = written.filter((one) => one.chatId === person.accountId)
          expect(received).toHaveLength(person.accountId !== null ? 1 : 0)
          for (const { text } of received) expect(text).toContain(`riêng ${person.fullName}`)
        }
        const chats = [...built.branches.map(({ chatId }) => chatId), ...built.people.map(({ accountId }) => accountId)]
        expect(written.every(({ chatId }) => chats.includes(chatId))).toBe(true)
        expect(issued.value.peopleCount).toBe(built.people.length)
        expect(issued.value.branches).toHaveLength(new Set(rated.map(({ branch }) => branch)).size)
        // What the preview counted, what went out and what the ward follows are the same, branch by branch.
        const counted = preview.value.branches.map(({ name, levels }) => [name, levels.length])
        const meant = built.branches.flatMap((_, index) => {
          const count = rated.filter(({ branch }) => branch === index).length
          return count > 0 ? [[`Chi bộ số ${index}`, count]] : []
        })
        expect(counted).toEqual(meant)
        expect(issued.value.branches.map(({ name }) => name)).toEqual(counted.map(([name]) => name))
        expect(status.value.branches.map(({ branchName }) => branchName)).toEqual(counted.map(([name]) => name))
        expect(status.value.ownResults.of).toBe(rated.length)
        expect(status.value.promptness).toEqual({ prompt: 0, of: meant.length })
        const { paper, waiting, ...rest } = sortedBranches(status.value.branches)
        // Nobody holds a post here: every copy goes on paper too.
        expect([paper.length, waiting.length, ...Object.values(rest).map((list) => list.length)]).toEqual([
          meant.length,
          0,
          0,
          0,
          0,
        ])
      }),
      { numRuns: 40 },
    )
  }, 120_000)
})

describe('issuing under pressure', () => {
  const ordinary: Path = { moves: [{ branch: 0, on: -400 }], leftOn: null, guestOf: null, hasPhone: true }

  test('two leaders who issue the same month at once: one does, the other is told the number', async () => {
    const built = await build([true], [ordinary, ordinary])
    const second = { ...built, context: (source: string) => asAnother(built, source) }
    const ids = [await draft(built, 'a1'), await draft(second, 'a2')]
    const results = await Promise.all(
      ids.map((issueId, index) => issueEvaluation((index ? second : built).context(`b${index}`), { issueId })),
    )
    expect(results.filter(({ ok }) => ok)).toHaveLength(1)
    const refused = results.find((result) => !result.ok)
    expect(refused).toMatchObject({ problem: { code: 'notices.alreadyIssued', params: { number: '01-TB/ĐU' } } })
    const inForce = { inForce: true, issue: { wardId: built.ward.id } }
    expect(await opened.prisma.noticeEntry.count({ where: inForce })).toBe(2)
  })

  test('different months at once get different numbers', async () => {
    const built = await build([true], [ordinary])
    const ids = []
    for (const month of ['2026-08', '2026-09', '2026-10']) {
      const rows = built.people.map(({ number, fullName }) => [number, fullName, null, 80])
      const input = {
        period: monthNamed(month),
        sheets: [{ sheet: 'Kết quả', rows: [titles, ...rows] }],
        fileHash: month,
      }
      const drafted = await draftEvaluation(built.context(`n${month}`), input)
      if (drafted.ok && 'issueId' in drafted.value) ids.push(drafted.value.issueId)
    }
    const results = await Promise.all(ids.map((issueId) => issueEvaluation(built.context('c'), { issueId })))
    const numbers = results.flatMap((result) => (result.ok ? [result.value.number.count] : []))
    expect(numbers.sort()).toEqual([1, 2, 3])
  })

  test('the same draft many times at once goes out once', async () => {
    await opened.prisma.delivery.deleteMany()
    const built = await build([true], [ordinary])
    const issueId = await draft(built, 'e1')
    const results = await Promise.all([1, 2, 3].map((tap) => issueEvaluation(built.context(`t${tap}`), { issueId })))
    expect(results.map((result) => result.ok && result.value.again).sort()).toEqual([false, true, true])
    expect(await messages()).toHaveLength(2)
  })

  test('the same update handled twice drafts once', async () => {
    const built = await build([true], [ordinary])
    expect(await draft(built, 'f1')).toBe(await draft(built, 'f1'))
    expect(await opened.prisma.noticeIssue.count({ where: { wardId: built.ward.id } })).toBe(1)
  })

  test('a crash in the middle leaves nothing, and the next try does all of it', async () => {
    await opened.prisma.delivery.deleteMany()
    const built = await build([true, true], [ordinary, { ...ordinary, moves: [{ branch: 1, on: -400 }] }])
    const issueId = await draft(built, 'g1')
    const context = built.context('g2')
    const breaking: Context = {
      ...context,
      deliverAll: async (tx, outgoings) => {
        await context.deliverAll(tx, outgoings.slice(0, 2))
        throw new Error('the power went')
      },
    }
    await expect(issueEvaluation(breaking, { issueId })).rejects.toThrow('the power went')
    expect(await messages()).toEqual([])
    expect(await opened.prisma.notice.count({ where: { issueId } })).toBe(0)
    expect(await opened.prisma.noticeIssue.findUnique({ where: { id: issueId } })).toMatchObject({
      state: 'draft',
      number: null,
    })
    expect(await issueEvaluation(context, { issueId })).toMatchObject({
      ok: true,
      value: { number: { count: 1 }, again: false },
    })
    expect(await messages()).toHaveLength(4)
  })

  test('a branch that changed between preview and issue stops it', async () => {
    const built = await build([true, true], [ordinary])
    const issueId = await draft(built, 'h1')
    const [person] = built.people
    const organisationId = built.branches[1]?.id ?? 0
    await opened.prisma.membership.updateMany({ where: { personId: person?.id ?? 0 }, data: { organisationId } })
    const refused = await issueEvaluation(built.context('h2'), { issueId })
    expect(refused).toMatchObject({ problem: { code: 'notices.registerChanged' } })
    expect(await opened.prisma.notice.count({ where: { issueId } })).toBe(0)
  })
})

function monthNamed(text: string): Period {
  if (!isPeriod(text)) throw new Error(`not a period: ${text}`)
  return text
}

function asAnother({ context, ward }: Built, source: string): Context {
  const first = context(source)
  return createContext(services, { ...first.actor, accountId: BigInt(ward.id * 1000 + 998) }, source)
}

test('the clock of these tests stands in November, so October is over', () => {
  expect(Temporal.PlainDate.compare(dayAt(testNow), lastDay(period))).toBe(1)
})
