import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRecoveryCode } from '../../../src/features/linking/index.ts'
import { packBackup } from '../../../src/platform/backup/write.ts'
import { Leaves } from '../../../src/web/leaves.ts'
import { backupPath, leavePath, officerCodePath, proofOf, toolPages } from '../../../src/web/tools.ts'
import { startTestApp, type TestApp, testToken } from '../../support/app.ts'
import { createTestWard } from '../../support/ward.ts'
import { contextOf } from './support.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

let tools: ReturnType<typeof toolPages> | null = null
const pages = () => {
  tools ??= toolPages({
    token: testToken,
    texts: at.app.services.texts,
    createOfficerCode: (wardId) => createRecoveryCode(at.app.context(), { wardId }),
    makeBackup: async () => (await packBackup(at.app.services.database, new Date())).file,
  })
  return tools
}

const leave = async () => (await pages().request(leavePath, { method: 'POST' })).text()

/** What `npm run officer-code -- <ward>` sends. */
async function ask(
  ward: string,
  { token = testToken, given = '', proven = ward, path = officerCodePath } = {},
): Promise<Response> {
  const own = given || (await leave())
  const headers = { 'x-leave': own, 'x-ward': ward, 'x-proof': proofOf(token, path, own, proven) }
  return pages().request(path, { method: 'POST', headers })
}

test('a sole officer who lost the account is let in again by a code from the server, and reads that it was made', async () => {
  const ward = await createTestWard(at)
  const answer = await ask(String(ward.id))
  const { code } = (await answer.json()) as { code: string }
  expect(code).toMatch(/^[A-Z0-9]{4}-[A-Z0-9]{4}$/)
  await at.people.next(ward.officer, ward.officer, ({ text }) => text.includes('máy chủ vừa tạo một mã'))
  const account = await at.people.add('Máy mới của cán bộ văn phòng')
  const notice = await at.people.ask(account, code)
  await at.people.press(account, account, notice, 'Tôi đồng ý')
  await at.people.next(account, account, ({ text }) => text.includes('được giao làm cán bộ văn phòng'))
  expect((await contextOf(at, account)).actor.grants).toMatchObject([{ role: 'officer', wardId: ward.id }])
})

test('a second code ends the first, and where several wards live one is to be named', async () => {
  const ward = await createTestWard(at)
  const [first, second] = [await ask(String(ward.id)), await ask(String(ward.id))]
  const code = ((await first.json()) as { code: string }).code
  expect(second.status).toBe(200)
  expect((await at.people.ask(await at.people.add('Người cầm mã cũ'), code)).text).toContain('đã hết hạn')
  const unclear = await ask('')
  expect(unclear.status).toBe(409)
  expect(((await unclear.json()) as { refused: string }).refused).toContain(`${ward.id} (${ward.name})`)
})

test('it is refused while two officers stand and one has acted lately', async () => {
  const ward = await createTestWard(at)
  const other = BigInt(await at.people.add('Cán bộ thứ hai'))
  const now = at.app.services.clock.now()
  await at.app.services.database.appointment.create({
    data: { wardId: ward.id, accountId: other, accountName: 'Hai', role: 'officer', from: now },
  })
  expect((await ask(String(ward.id))).status).toBe(200)
  const officer = await contextOf(at, Number(other))
  await officer.transaction((tx) => officer.audit(tx, 'registry.viewed', {}))
  const refused = await ask(String(ward.id))
  expect(refused.status).toBe(409)
  expect(((await refused.json()) as { refused: string }).refused).toContain('/bonhiem')
})

test('nobody without the program’s settings is answered: a wrong token, a leave of its own making, a proof for another ward or thing', async () => {
  const ward = await createTestWard(at)
  const asked = String(ward.id)
  const [made, random, signed = ''] = (await leave()).split('.')
  expect((await ask(asked, { token: '1:wrong' })).status).toBe(403)
  expect((await ask(asked, { given: `${Number(made) + 1000}.${random}.${signed}` })).status).toBe(403)
  expect((await ask(asked, { given: `${made}.${random}.${signed.replace(/^./, 'x')}` })).status).toBe(403)
  expect((await ask(asked, { given: String(Date.now()) })).status).toBe(403)
  expect((await ask(asked, { proven: '' })).status).toBe(403)
  expect((await pages().request(officerCodePath, { method: 'POST' })).status).toBe(403)
  const own = await leave()
  const proof = proofOf(testToken, officerCodePath, own, '')
  const elsewhere = { method: 'POST', headers: { 'x-leave': own, 'x-proof': proof } }
  expect((await pages().request(backupPath, elsewhere)).status).toBe(403)
  expect(await at.app.services.database.accessCode.count({ where: { wardId: ward.id } })).toBe(0)
})

test('a leave is good for one answer: the same request again is refused, and of five at once one is answered', async () => {
  const once = await leave()
  expect((await ask('', { given: once, path: backupPath })).status).toBe(200)
  expect((await ask('', { given: once, path: backupPath })).status).toBe(403)
  expect((await ask('', { given: `${once}.more`, path: backupPath })).status).toBe(403)
  const raced = await leave()
  const answers = await Promise.all(Array.from({ length: 5 }, () => ask('', { given: raced, path: backupPath })))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403])
})

test('a leave ends after a minute of a clock that nobody sets, and means nothing to another process', () => {
  let now = 5_000
  const leaves = new Leaves(() => now)
  const [early, late] = [leaves.give(), leaves.give()]
  now += 60_000
  expect(leaves.use(early)).toBe(true)
  now += 1
  expect(leaves.use(late)).toBe(false)
  expect(leaves.use(early)).toBe(false)
  expect(new Leaves(() => 0).use(new Leaves(() => 0).give())).toBe(false)
})
