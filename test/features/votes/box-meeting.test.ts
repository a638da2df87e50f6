import { inspect } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BoxMeeting, createBoxMeeting } from '../../../src/features/votes/sealed/box-meeting.ts'
import type { OpenDatabase } from '../../../src/platform/database.ts'
import { createKeyPair } from '../../../src/platform/sealing.ts'
import { createBot } from '../../../src/telegram/bot.ts'
import { createDirect } from '../../../src/telegram/direct.ts'
import { Budget, unpaced } from '../../../src/telegram/pace.ts'
import { startTestApp, type TestApp, testToken } from '../../support/app.ts'
import { openTestDatabase } from '../../support/database.ts'
import { oneBranch } from './kit.ts'
import { Branch, type TestBox } from './sealed-polls.ts'

let test: TestApp
let database: OpenDatabase
let branch: Branch
/** As many as there can be processes on the database. */
let processes: BoxMeeting[]

beforeAll(async () => {
  database = await openTestDatabase()
  test = await startTestApp({ database })
  branch = new Branch(test, await oneBranch(test))
  const { services } = test.app
  const direct = createDirect(
    createBot({ token: testToken, apiRoot: test.sandbox.url, proxy: null }).api,
    new Budget(unpaced),
    services.log,
  )
  const one = () => createBoxMeeting({ services, database, direct, programSecret: testToken })
  const alone = one()
  processes = database.listen ? [alone, one()] : [alone, alone]
})
afterAll(async () => {
  for (const one of new Set(processes)) await one.stop()
  await test.stop()
})

async function closedBox(): Promise<TestBox> {
  const box = await branch.open(1)
  for (const [index, voter] of branch.voters.entries()) await branch.cast(box, voter, String(index % 5))
  await branch.close(box)
  return box
}

const stateOf = async ({ voteId }: TestBox) =>
  (await database.prisma.vote.findUniqueOrThrow({ where: { id: voteId } })).state

it('two shares that come to different processes meet in one and open the box, and no table holds either', async () => {
  const box = await closedBox()
  const [here, there] = processes
  const [first, second] = box.shares
  if (!here || !there || !first || !second) throw new Error('two of each are needed')
  const texts = [first, second].map((share) => Buffer.from(share).toString('base64url'))
  expect(await here.bring(box.voteId, first.slice())).toBe(1)
  expect(await there.bring(box.voteId, second.slice())).toBe(database.listen ? null : 2)
  await expect.poll(() => stateOf(box), { timeout: 30_000 }).toBe('opened')
  await Promise.all(processes.map((one) => one.idle()))
  const leases = inspect(await database.prisma.courierLease.findMany())
  for (const text of texts) expect(leases).not.toContain(text)
  expect((await branch.plain(box)).length).toBe(branch.voters.length)
})

it('whoever can only write into the database, and names a key of their own as the holder of a box, is given no share', async () => {
  const { listen, prisma } = database
  // Without other processes no share is ever passed on.
  if (!listen) return
  const box = await closedBox()
  const stranger = createKeyPair()
  const holder = Buffer.from(stranger.publicKey).toString('base64url')
  for (const name of [holder, `${holder}.${holder}`]) {
    const topic = `meeting:${box.voteId}`
    // They show signs of life, as a process does that holds it; without any it would just be taken over.
    let beat = 1
    const live = async () => {
      const lease = { holder: name, fence: 1, beat: beat++ }
      await prisma.courierLease.upsert({ where: { name: topic }, create: { name: topic, ...lease }, update: lease })
    }
    await live()
    const living = setInterval(() => void live(), 200)
    const heard: string[] = []
    const listening = listen('lienchi_meeting', (words) => heard.push(words))
    const [here] = processes
    const [share] = box.shares
    if (!here || !share) throw new Error('a share is needed')
    // It hears nothing before its connection listens.
    await expect
      .poll(async () => {
        await prisma.$executeRaw`SELECT pg_notify('lienchi_meeting', 'the beginning')`
        return heard.length
      })
      .toBeGreaterThan(0)
    await expect(here.bring(box.voteId, share.slice())).rejects.toThrow('no process of this program')
    clearInterval(living)
    await prisma.$executeRaw`SELECT pg_notify('lienchi_meeting', 'the end')`
    await expect.poll(() => heard.at(-1)).toBe('the end')
    expect(heard.filter((words) => words !== 'the beginning')).toEqual(['the end'])
    await listening.stop()
  }
})

it('one share twice, or one of another box, opens nothing', async () => {
  const [box, other] = [await closedBox(), await closedBox()]
  const [here, there] = processes
  const [first] = box.shares
  const [foreign] = other.shares
  if (!here || !there || !first || !foreign) throw new Error('a share is needed')
  await here.bring(box.voteId, first.slice())
  await there.bring(box.voteId, first.slice())
  await here.bring(other.voteId, first.slice())
  await here.bring(other.voteId, foreign.slice())
  await Promise.all(processes.map((one) => one.idle()))
  expect([await stateOf(box), await stateOf(other)]).toEqual(['closed', 'closed'])
})
