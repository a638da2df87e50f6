import { afterAll, beforeAll, expect, it } from 'vitest'
import { toUtcMidnight } from '../src/domain/dates.ts'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { startTestApp, testToken } from './support/app.ts'
import { databaseForPrograms } from './support/database.ts'
import { People } from './support/people.ts'
import { killPrograms, startProgram } from './support/program.ts'
import { createTestWard } from './support/ward.ts'

let sandbox: Sandbox
let database: Awaited<ReturnType<typeof databaseForPrograms>>
beforeAll(async () => {
  sandbox = await startSandbox({ bots: [{ token: testToken, username: 'lienchi_bot', name: 'Liên Chi' }] })
  database = await databaseForPrograms()
})
afterAll(async () => {
  await killPrograms()
  await sandbox.close()
  await database.drop()
})

it('everybody is answered although the wall clock goes back by ten minutes between two messages', {
  timeout: 60_000,
}, async () => {
  const settings = { ...database.settings, BOT_TOKEN: testToken, BOT_API_ROOT: sandbox.url }
  const program = startProgram(settings, ['--import', './test/support/shifting-clock.ts', 'src/main.ts'])
  await program.address()
  const people = new People(sandbox.url)
  const [known, newcomer] = [await people.add('Người Cũ'), await people.add('Người Mới')]
  await people.ask(known, '/trogiup')
  program.child.kill('SIGUSR2')
  await program.prints('the wall clock went back')
  for (const person of [known, newcomer]) {
    // The second answer waits for its second: the courier brings it.
    for (let nth = 0; nth < 2; nth++) {
      await people.say(person, person, '/trogiup')
      expect((await people.next(person, person)).text).toContain('Liên Chi')
    }
  }
  program.child.kill('SIGTERM')
  expect((await program.ends()).code).toBe(0)
})

it('what fell due before the clock was set back is not said again, and what was put between then and now is not lost', async () => {
  let now = new Date('2026-11-22T23:50:00Z')
  const test = await startTestApp({ clock: { now: () => now } })
  const { branches } = await createTestWard(test, { members: 2 })
  const [branch] = branches
  const db = test.app.services.database
  const giveTask = async (number: number, dueOn: string) => {
    const [assignee] = branch?.members ?? []
    if (!branch || !assignee) throw new Error('a ward without members')
    const due = toUtcMidnight(Temporal.PlainDate.from(dueOn))
    const task = { branchId: branch.id, number, assigneeId: assignee.id, assignedById: branch.secretary.id }
    await db.task.create({ data: { ...task, title: `Việc ${number}`, dueOn: due, createdAt: now } })
  }
  const at = async (moment: string) => {
    now = new Date(moment)
    await test.app.settle()
  }
  const reminded = async () => {
    const sent = await db.delivery.findMany({ where: { key: { contains: ':call:due:' } }, orderBy: { id: 'asc' } })
    const tasks = new Map((await db.task.findMany()).map(({ id, number }) => [`task:${id}`, number]))
    return sent.map(({ key }) => tasks.get(key?.split(':call:')[0] ?? ''))
  }

  await test.app.settle()
  await giveTask(1, '2026-11-23')
  // Reminders go out at seven in the morning, on the clocks of Viet Nam.
  await at('2026-11-23T00:05:00Z')
  expect(await reminded()).toEqual([1])
  await at('2026-11-22T23:55:00Z')
  await giveTask(2, '2026-11-23')
  await at('2026-11-23T00:01:00Z')
  expect(await reminded()).toEqual([1, 2])

  // A wrong year, put right after a tick.
  await db.clockTick.updateMany({ data: { at: new Date('2030-01-01T05:00:00Z') } })
  await at('2026-11-23T23:55:00Z')
  const before = (await reminded()).length
  await giveTask(3, '2026-11-24')
  await at('2026-11-24T00:01:00Z')
  expect((await reminded()).slice(before)).toContain(3)
  expect(await test.app.metrics.text()).toMatch(/^lienchi_clock_set_back_total 2$/m)
  await test.stop()
})
