import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRecoveryCode } from '../../../src/features/linking/index.ts'
import { packBackup } from '../../../src/platform/backup/write.ts'
import { officerCodePath, proofOf, toolPages } from '../../../src/web/tools.ts'
import { startTestApp, type TestApp, testToken } from '../../support/app.ts'
import { createTestWard } from '../../support/ward.ts'
import { contextOf } from './support.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const pages = () =>
  toolPages({
    token: testToken,
    texts: at.app.services.texts,
    createOfficerCode: (wardId) => createRecoveryCode(at.app.context(), { wardId }),
    makeBackup: async () => (await packBackup(at.app.services.database, new Date())).file,
  })

/** What `npm run officer-code -- <ward>` sends. */
async function ask(ward: string, { token = testToken, moment = Date.now(), proven = ward } = {}): Promise<Response> {
  const headers = {
    'x-moment': String(moment),
    'x-ward': ward,
    'x-proof': proofOf(token, officerCodePath, moment, proven),
  }
  return pages().request(officerCodePath, { method: 'POST', headers })
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

test('nobody without the program’s settings is answered: a wrong token, an old proof, a proof for another ward', async () => {
  const ward = await createTestWard(at)
  const asked = String(ward.id)
  expect((await ask(asked, { token: '1:wrong' })).status).toBe(403)
  expect((await ask(asked, { moment: Date.now() - 120_000 })).status).toBe(403)
  expect((await ask(asked, { proven: '' })).status).toBe(403)
  expect((await pages().request(officerCodePath, { method: 'POST' })).status).toBe(403)
  expect(await at.app.services.database.accessCode.count({ where: { wardId: ward.id } })).toBe(0)
})
