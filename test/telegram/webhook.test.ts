import { once } from 'node:events'
import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type App, startApp } from '../../src/app.ts'
import { pageDoor } from '../../src/page-door.ts'
import { memoryStore } from '../../src/platform/file-store.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { unpaced } from '../../src/telegram/pace.ts'
import { startWebServer, type WebServer } from '../../src/web/server.ts'
import { testToken } from '../support/app.ts'
import { openTestDatabase } from '../support/database.ts'
import { People } from '../support/people.ts'

const secret = 'only-telegram-knows_1'
let sandbox: Sandbox
let app: App
let web: WebServer
let url: string
let people: People

beforeAll(async () => {
  const bots = [{ token: testToken, username: 'lienchi_bot', name: 'Liên Chi' }]
  sandbox = await startSandbox({ bots })
  people = new People(sandbox.url)
  const port = await freePort()
  url = `http://127.0.0.1:${port}/telegram/updates`
  app = await startApp({
    database: await openTestDatabase(),
    token: testToken,
    apiRoot: sandbox.url,
    clock: sandbox.clock,
    files: memoryStore(),
    pace: unpaced,
    webhook: { url, secret },
  })
  if (!app.webhook) throw new Error('no webhook')
  const door = pageDoor({ host: '127.0.0.1', allowedHosts: [], webhook: { url, secret } })
  web = await startWebServer(app.webhook.page, port, '127.0.0.1', door)
  await app.webhook.announce()
})
afterAll(async () => {
  await web.close()
  await app.stop()
  await sandbox.close()
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

const post = (body: string, given = secret) =>
  fetch(url, { method: 'POST', body, headers: { 'x-telegram-bot-api-secret-token': given } })
const stored = () => app.services.database.$queryRaw`SELECT 1 FROM pgboss.job WHERE name = 'updates'`

describe('behind a webhook', () => {
  it('people are answered, and Telegram sends only what was asked for', async () => {
    const person = await people.add('Người Lạ')
    expect((await people.ask(person, '/trogiup')).text).toContain('Liên Chi')
    const set = (await people.calls()).find(({ method }) => method === 'setWebhook')
    expect(set?.params).toMatchObject({ url, secret_token: expect.any(String) })
    expect(JSON.stringify(set?.params.allowed_updates)).toContain('callback_query')
  })

  it.each([
    ['no secret', 401, '{"update_id":1}', ''],
    ['a wrong secret', 401, '{"update_id":1}', `${secret}x`],
    ['no JSON', 400, 'xin chào', secret],
    ['no update', 400, '{"ok":true}', secret],
    ['more than an update can be', 413, `{"update_id":1,"x":"${'a'.repeat(1_000_001)}"}`, secret],
  ])('%s is refused with %i and not stored', async (_what, status, body, given) => {
    await app.settle()
    const before = await stored()
    expect((await post(body, given)).status).toBe(status)
    expect(await stored()).toEqual(before)
  })

  it('an update is in the queue before 200 is answered, and one that comes again has no second effect', async () => {
    await app.settle()
    const from = { id: await people.add('Người Gửi'), is_bot: false, first_name: 'Người Gửi' }
    await people.ask(from.id, '/trogiup')
    const chat = { id: from.id, type: 'private', first_name: 'Người Gửi' }
    const update = JSON.stringify({ update_id: 77, message: { message_id: 1, date: 1, text: '/trogiup', from, chat } })
    const before = (await people.read(from.id, from.id)).length
    const answers = await Promise.all(Array.from({ length: 5 }, () => post(update)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    await app.settle()
    expect((await people.read(from.id, from.id)).length).toBe(before + 1)
  })

  it('an update that could not be stored is answered with 500, so that Telegram sends it again', async () => {
    const person = await people.add('Người Kiên Nhẫn')
    const { database } = app.services
    await database.$executeRaw`ALTER TABLE pgboss.job_common RENAME TO job_away`
    await people.say(person, person, '/trogiup')
    const info = async () => (await fetch(`${sandbox.url}/bot${testToken}/getWebhookInfo`)).text()
    await expect.poll(info).toContain('500')
    await database.$executeRaw`ALTER TABLE pgboss.job_away RENAME TO job_common`
    expect((await people.next(person, person)).text).toContain('Liên Chi')
  })
})
