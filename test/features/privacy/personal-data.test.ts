import { afterAll, beforeAll, expect, test } from 'vitest'
import { gatherOwnData } from '../../../src/features/privacy/gather-own-data.ts'
import { assignTask } from '../../../src/features/tasks/assign-task.ts'
import { castChoice } from '../../../src/features/votes/cast-choice.ts'
import { openVote } from '../../../src/features/votes/open-vote.ts'
import { readWorkbook } from '../../../src/platform/reading/read-workbook.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard } from '../../support/ward.ts'
import { contextOf, orThrow } from '../linking/support.ts'
import { plainTask } from '../tasks/kit.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database

test('every table with a number of a person or an account is given out, or left out with a reason', async () => {
  const rows = await db().$queryRaw<{ name: string }[]>`
    SELECT DISTINCT table_name AS "name" FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name ~ '([pP]erson|[aA]ccount|assignee|[a-z]By|chat)Id$|[a-z]By$'
    ORDER BY 1`
  const data = at.app.features.flatMap(({ personalData }) => personalData ?? [])
  const covered = data.flatMap(({ covers, exempt }) => [...covers, ...Object.keys(exempt ?? {})])
  expect(rows.map(({ name }) => name).filter((name) => !covered.includes(name))).toEqual([])
  expect(new Set(covered).size).toBe(covered.length)
  for (const reason of data.flatMap(({ exempt }) => Object.values(exempt ?? {})))
    expect(reason.length).toBeGreaterThan(20)
})

test('/dulieucuatoi gives a member everything that is held about them, from every capability, and nobody else', async () => {
  const ward = await createTestWard(at)
  const [branch] = ward.branches
  const [, member, other] = branch?.members ?? []
  if (!branch || !member || !other) throw new Error('members')
  const secretary = await contextOf(at, branch.secretary.account)
  const vote = orThrow(
    await openVote(secretary, {
      key: 'v',
      branchId: branch.id,
      questions: [{ text: 'Sửa nhà văn hóa?', options: ['Có', 'Không'] }],
    }),
  )
  orThrow(await castChoice(await contextOf(at, member.account), { voteId: vote.id, question: 0, optionIndex: 1 }))
  for (const { id, title } of [
    { id: member.id, title: 'dọn vườn hoa' },
    { id: other.id, title: 'quét sân' },
  ]) {
    orThrow(await assignTask(secretary, plainTask(branch.id, id, title)))
  }
  const own = await at.people.ask(member.account, '/dulieucuatoi')
  await at.people.press(member.account, member.account, own, 'Nhận tệp')
  const sent = await at.people.next(member.account, member.account, ({ files }) => files.length > 0)
  const sheets = orThrow(await readWorkbook(await at.people.file(sent.files[0]?.url ?? '')))
  expect(sheets.map(({ sheet }) => sheet)).toEqual([
    'Nhiệm vụ',
    'Biểu quyết',
    'Kết nối',
    'Danh sách đảng viên',
    'Đề nghị, nhật ký',
  ])
  const everything = JSON.stringify(sheets)
  for (const word of [
    member.number,
    member.fullName,
    branch.name,
    'Sửa nhà văn hóa?: Không',
    'dọn vườn hoa',
    String(member.account),
  ]) {
    expect(everything).toContain(word)
  }
  for (const word of ['quét sân', other.fullName, other.number]) expect(everything).not.toContain(word)
  expect(await db().auditEntry.count({ where: { action: 'privacy.dataGiven', actorPersonId: member.id } })).toBe(1)
})

test('an account that was linked to somebody by mistake stays out of their file', async () => {
  const ward = await createTestWard(at)
  const member = ward.branches[0]?.members[1]
  if (!member) throw new Error('a member')
  const now = at.app.services.clock.now()
  const link = { accountId: 4711n, personId: member.id, accountName: 'Người khác hẳn', linkedAt: now, endedAt: now }
  await db().accountLink.create({ data: { ...link, endReason: 'wrongPerson' } })
  const file = orThrow(await gatherOwnData(await contextOf(at, member.account), at.app.features))
  const everything = JSON.stringify(orThrow(await readWorkbook(file.data)))
  expect(everything).not.toContain('Người khác hẳn')
  expect(everything).toContain(member.fullName)
})

test('an officer who is no person gets what is held about the account', async () => {
  const ward = await createTestWard(at)
  const file = orThrow(await gatherOwnData(await contextOf(at, ward.officer), at.app.features))
  expect(JSON.stringify(orThrow(await readWorkbook(file.data)))).toContain(ward.name)
})
