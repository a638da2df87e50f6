import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { testToken } from './support/app.ts'
import { databaseForPrograms } from './support/database.ts'
import { type Forwarder, startForwarder } from './support/forwarder.ts'
import { People } from './support/people.ts'
import { killPrograms, startProgram } from './support/program.ts'

let database: Awaited<ReturnType<typeof databaseForPrograms>>
let sandbox: Sandbox
let wire: Forwarder
let people: People

beforeAll(async () => {
  database = await databaseForPrograms()
  sandbox = await startSandbox({ bots: [{ token: testToken, username: 'lienchi_bot', name: 'Liên Chi' }] })
  wire = await startForwarder()
  wire.targets = [sandbox.url]
  people = new People(sandbox.url)
})
afterAll(async () => {
  await killPrograms()
  await wire.close()
  await sandbox.close()
  await database.drop()
})

async function start() {
  const program = startProgram({ ...database.settings, BOT_TOKEN: testToken, BOT_API_ROOT: wire.url })
  await program.address()
  return program
}

const answers = async (person: number) => (await people.read(person, person)).filter(({ from }) => from.isBot).length

it('SIGTERM finishes what runs and leaves the rest for the next start; what never ends is cut off within 10 s', {
  timeout: 120_000,
}, async () => {
  const person = await people.add('Người Nhắn')
  const first = await start()
  const slow = wire.hold('/sendMessage')
  await people.say(person, person, '/trogiup')
  await slow.arrived
  await people.say(person, person, '/trogiup')
  first.child.kill('SIGTERM')
  await first.prints('Đang dừng')
  slow.letGo()
  expect((await first.ends()).code).toBe(0)
  expect(await answers(person)).toBe(1)

  const second = await start()
  await expect.poll(() => answers(person), { timeout: 10_000 }).toBe(2)

  const never = wire.hold('/sendMessage')
  await people.say(person, person, '/trogiup')
  await never.arrived
  const stoppedAt = Date.now()
  second.child.kill('SIGTERM')
  expect((await second.ends()).code).toBe(0)
  expect(Date.now() - stoppedAt).toBeLessThan(10_000)
  expect(await answers(person)).toBe(2)

  await start()
  await expect.poll(() => answers(person), { timeout: 20_000 }).toBe(3)
})
