import { afterAll, beforeAll, expect, it } from 'vitest'
import { type BoxMeeting, createBoxMeeting } from '../../../src/features/votes/sealed/box-meeting.ts'
import type { OpenDatabase } from '../../../src/platform/database.ts'
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
  const one = () => createBoxMeeting({ services, database, direct })
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
  const leases = JSON.stringify(await database.prisma.courierLease.findMany())
  for (const text of texts) expect(leases).not.toContain(text)
  expect((await branch.plain(box)).length).toBe(branch.voters.length)
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
