import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { testToken } from './support/app.ts'
import { databaseForPrograms } from './support/database.ts'
import { People } from './support/people.ts'
import { killPrograms, startProgram } from './support/program.ts'

let database: Awaited<ReturnType<typeof databaseForPrograms>>
let sandbox: Sandbox
let people: People

beforeAll(async () => {
  database = await databaseForPrograms()
  sandbox = await startSandbox({ bots: [{ token: testToken, username: 'lienchi_bot', name: 'Liên Chi' }] })
  people = new People(sandbox.url)
})
afterAll(async () => {
  await killPrograms()
  await sandbox.close()
  await database.drop()
})

const says = (words: string) => (message: { text: string }) => message.text.includes(words)

/** The command as `npm run officer-code` runs it. */
const officerCode = (port: string, token = testToken) =>
  startProgram({ BOT_TOKEN: token, BOT_API_ROOT: sandbox.url, PORT: port }, ['src/officer-code.ts']).ends()

it('while the program runs, the command prints a code that lets a new officer in; else it says what is wrong', {
  timeout: 60_000,
}, async () => {
  const program = startProgram({ ...database.settings, BOT_TOKEN: testToken, BOT_API_ROOT: sandbox.url })
  const { port } = new URL(await program.address())
  const startCode = /MÃ KHỞI ĐẦU[^:]*: ([A-Z0-9]{4}-[A-Z0-9]{4})/.exec(await program.prints('MÃ KHỞI ĐẦU'))?.[1] ?? ''
  const founder = await people.add('Cán bộ thứ nhất')
  await people.say(founder, founder, startCode)
  const notice = await people.next(founder, founder, says('Thông báo về dữ liệu cá nhân'))
  await people.press(founder, founder, notice, 'Tôi đồng ý')
  await people.next(founder, founder, says('gõ tên Đảng bộ phường'))
  await people.say(founder, founder, 'Đảng bộ phường Minh Khai')
  await people.next(founder, founder, says('Đã lập Đảng bộ phường Minh Khai'))

  const made = await officerCode(port)
  expect(made.code).toBe(0)
  expect(made.output).toContain('Đảng bộ phường Minh Khai')
  const code = /[A-Z0-9]{4}-[A-Z0-9]{4}/.exec(made.output)?.[0] ?? ''
  await people.next(founder, founder, says('máy chủ vừa tạo một mã'))
  const heir = await people.add('Máy mới của cán bộ')
  await people.say(heir, heir, code)
  const again = await people.next(heir, heir, says('Thông báo về dữ liệu cá nhân'))
  await people.press(heir, heir, again, 'Tôi đồng ý')
  await people.next(heir, heir, says('được giao làm cán bộ văn phòng'))

  const foreign = await officerCode(port, '4242424242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA')
  expect(foreign.code).toBe(1)
  expect(foreign.output).not.toMatch(/[A-Z0-9]{4}-[A-Z0-9]{4}/)
  program.child.kill('SIGTERM')
  await program.ends()
  const silent = await officerCode(port)
  expect(silent.code).toBe(1)
  expect(silent.output).toContain(`http://127.0.0.1:${port}`)
})
