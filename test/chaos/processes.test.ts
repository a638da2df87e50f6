import { afterAll, expect, inject, it } from 'vitest'
import { toUtcMidnight } from '../../src/domain/dates.ts'
import { type Database, openDatabase } from '../../src/platform/database.ts'
import { startTestApp, type TestApp, testToken } from '../support/app.ts'
import { databaseForPrograms } from '../support/database.ts'
import { startForwarder } from '../support/forwarder.ts'
import { killPrograms, type RunningProgram, startProgram } from '../support/program.ts'
import { createTestWard, type TestPerson, type TestWard } from '../support/ward.ts'

const secret = 'three-behind-one'
const onPostgres = inject('postgres') !== ''
const ends: (() => Promise<unknown>)[] = []
afterAll(async () => {
  await killPrograms()
  for (const end of ends.reverse()) await end()
})

/** Eighteen reports a group: Telegram lets a bot say twenty things a minute there. */
const tasksEach = 3

interface Owed {
  person: TestPerson
  numbers: number[]
}

/** Everybody with a smartphone owes some tasks. */
async function giveTasks(db: Database, { branches }: TestWard, now: Date): Promise<Owed[]> {
  const owed: Owed[] = []
  for (const branch of branches) {
    const people = [branch.deputy, ...branch.members, branch.probationary].filter(({ account }) => account > 0)
    let number = 0
    for (const person of people) {
      const numbers = Array.from({ length: tasksEach }, () => ++number)
      const rows = numbers.map((one) => ({
        branchId: branch.id,
        number: one,
        assigneeId: person.id,
        assignedById: branch.secretary.id,
        title: `Việc ${one}`,
        dueOn: toUtcMidnight(Temporal.PlainDate.from('2099-01-01')),
        createdAt: now,
      }))
      await db.task.createMany({ data: rows })
      owed.push({ person, numbers })
    }
  }
  return owed
}

/** What the bot has said to a secretary in private. */
async function heardBy(test: TestApp, { account }: TestPerson): Promise<string[]> {
  const messages = await test.people.read(account, account)
  return messages.filter(({ from }) => from.isBot).map(({ text }) => text)
}

if (onPostgres) {
  it('three processes share one webhook; one ends in order, one dies: nothing is lost, nothing doubled', {
    timeout: 180_000,
  }, async () => {
    const { settings, drop } = await databaseForPrograms()
    ends.push(drop)
    const url = settings.DATABASE_URL ?? ''
    const test = await startTestApp({ now: new Date(), database: await openDatabase({ url }) })
    ends.push(() => test.sandbox.close())
    const ward = await createTestWard(test, { branches: 3, members: 5 })
    const { prisma: db, close } = await openDatabase({ url })
    ends.push(close)
    const owed = await giveTasks(db, ward, new Date())
    await test.app.stop()

    const entrance = await startForwarder()
    ends.push(() => entrance.close())
    const webhook = { WEBHOOK_URL: `${entrance.url}/updates`, WEBHOOK_SECRET: secret }
    const fleet = new Map<RunningProgram, string>()
    const join = async () => {
      const program = startProgram({ ...settings, ...webhook, BOT_TOKEN: testToken, BOT_API_ROOT: test.sandbox.url })
      fleet.set(program, await program.address())
      entrance.targets = [...fleet.values()]
    }
    const leave = (program: RunningProgram, signal: NodeJS.Signals) => {
      program.child.kill(signal)
      fleet.delete(program)
    }
    const lease = () => db.courierLease.findUniqueOrThrow({ where: { name: 'courier' } })
    const isCourier = ({ child }: RunningProgram, holder: string) => holder.startsWith(`${child.pid}:`)
    const reported = () => db.taskReport.count()
    const all = owed.length * tasksEach
    await Promise.all([join(), join(), join()])

    // Everybody reports one task after another; nobody waits for an answer.
    const talking = Promise.all(
      owed.map(async ({ person, numbers }) => {
        for (const number of numbers) {
          await test.people.say(person.account, person.account, `/baocao ${number} Xong việc ${number}`)
        }
      }),
    )
    await expect.poll(reported, { timeout: 30_000 }).toBeGreaterThan(all / 10)
    const held = await lease()
    const dying = [...fleet.keys()].find((one) => isCourier(one, held.holder))
    const leaving = [...fleet.keys()].find((one) => one !== dying)
    if (!dying || !leaving) throw new Error('no courier among the processes')
    leave(leaving, 'SIGTERM')
    leave(dying, 'SIGKILL')
    const diedAt = Date.now()
    await expect.poll(async () => (await lease()).fence, { timeout: 10_000 }).toBeGreaterThan(held.fence)
    const takenOverAfter = Date.now() - diedAt
    expect((await leaving.ends()).code).toBe(0)
    // The address of a dead process stays in the entrance until here: what it refused comes again.
    await join()
    await talking
    await expect.poll(reported, { timeout: 60_000 }).toBe(all)
    await expect
      .poll(() => db.delivery.count({ where: { state: { in: ['waiting', 'sending'] } } }), { timeout: 90_000 })
      .toBe(0)

    expect(takenOverAfter).toBeLessThan(10_000)
    expect(await db.task.count({ where: { state: 'reported' } })).toBe(all)
    expect(await db.taskReportPart.count()).toBe(all)
    expect(await db.auditEntry.count({ where: { action: 'task.reported' } })).toBe(all)
    for (const { person, numbers } of owed) {
      const parts = await db.taskReportPart.findMany({ where: { sentById: person.id }, orderBy: { id: 'asc' } })
      expect(parts.map(({ text }) => text)).toEqual(numbers.map((number) => `Xong việc ${number}`))
    }
    expect(await db.delivery.count({ where: { state: { not: 'sent' } } })).toBe(0)
    let resent = 0
    for (const { secretary } of ward.branches) {
      const heard = await heardBy(test, secretary)
      const numbers = owed.filter(({ person }) => person.branchId === secretary.branchId).flatMap((one) => one.numbers)
      for (const number of numbers)
        expect(
          heard.some((text) => text.includes(`Xong việc ${number}\n`) || text.endsWith(`Xong việc ${number}`)),
        ).toBe(true)
      // Only what was on its way when a process died may come a second time, and it says so.
      expect(new Set(heard).size).toBe(heard.length)
      resent += heard.filter((text) => /tin số \d+/.test(text)).length
    }
    console.log(
      `${all} reports; courier taken over after ${takenOverAfter} ms; ${resent} messages sent again with their number`,
    )
  })
} else {
  it('on PGlite a second process is refused, also behind a webhook', { timeout: 60_000 }, async () => {
    const { settings, drop } = await databaseForPrograms()
    ends.push(drop)
    const test = await startTestApp()
    ends.push(test.stop)
    const entrance = await startForwarder()
    ends.push(() => entrance.close())
    const webhook = { WEBHOOK_URL: `${entrance.url}/updates`, WEBHOOK_SECRET: secret }
    const every = { ...settings, ...webhook, BOT_TOKEN: testToken, BOT_API_ROOT: test.sandbox.url }
    const first = startProgram(every)
    await first.address()
    const { code, output } = await startProgram(every).ends()
    expect(code).toBe(1)
    expect(output).toContain(`tiến trình số ${first.child.pid}`)
  })
}
