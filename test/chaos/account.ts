import { expect } from 'vitest'
import type { Database } from '../../src/platform/database.ts'
import { Prisma } from '../../src/platform/prisma/client.ts'
import { parkedUpdates } from '../../src/telegram/parked.ts'
import type { TestApp } from '../support/app.ts'
import type { Town } from './town.ts'

/** Resolves when the program at that address, asked by its own metrics, has nothing left to handle or to send. */
export async function workIsDone(address: string): Promise<void> {
  const open = async () => {
    const text = await (await fetch(`${address}/metrics`)).text()
    const counts = [
      ...text.matchAll(/^lienchi_(?:updates|deliveries)\{state="(?:waiting|running|retrying|sending)"\} (\d+)/gm),
    ]
    return counts.reduce((sum, [, count]) => sum + Number(count), 0)
  }
  await expect.poll(open, { timeout: 90_000, interval: 500 }).toBe(0)
}

/** Every report in the order in which its author sent it, every vote as it was last pressed, and each once. */
export async function expectEveryEffectOnce(db: Database, town: Town): Promise<void> {
  // Given up: the workbooks, and nothing that was only in the way of a process that died.
  expect((await parkedUpdates(db)).map(({ error }) => error)).toEqual(town.unlucky.map(() => '?'))
  let reports = 0
  for (const { person, said, chosen } of town.citizens) {
    const parts = await db.taskReportPart.findMany({ where: { sentById: person.id }, orderBy: { id: 'asc' } })
    expect(parts.map(({ text }) => text)).toEqual(said)
    const choices = await db.voteChoice.findMany({ where: { personId: person.id }, orderBy: { voteId: 'asc' } })
    const found = new Map(choices.map(({ voteId, optionIndex }) => [voteId, optionIndex]))
    expect(found).toEqual(new Map([...chosen].sort(([one], [other]) => one - other)))
    reports += said.length
  }
  expect(await db.auditEntry.count({ where: { action: 'task.reported' } })).toBe(reports)
  expect(await db.delivery.count({ where: { key: { contains: ':call:due:' } } })).toBe(town.citizens.length)
  const left = await db.$queryRaw`
    SELECT state::text FROM pgboss.job WHERE name = 'updates' AND (state <> 'completed' OR data IS NOT NULL)`
  expect(left).toEqual([])
}

/** What stands in the chats against what should; answers with what came twice. */
export async function doublesInChats(test: TestApp, db: Database, town: Town): Promise<string> {
  const open = await db.delivery.groupBy({
    by: ['state'],
    where: { state: { notIn: ['sent', 'superseded'] } },
    _count: true,
  })
  // Ended twice on its way: an operator sees it and decides.
  expect(open.filter(({ state }) => state !== 'unknown')).toEqual([])
  expect(await db.delivery.count({ where: { state: 'unknown', message: { equals: Prisma.DbNull } } })).toBe(0)
  const unknown = open.reduce((sum, { _count }) => sum + _count, 0)
  let [messages, marked, answers] = [0, 0, 0]
  let missing = 0
  for (const { secretary, group } of town.branches) {
    // A report is told to the branch and to who reviews it.
    for (const chat of [group, secretary.account]) {
      const heard = (await test.people.read(chat === group ? secretary.account : chat, chat)).map(({ text }) => text)
      for (const { branch, said } of town.citizens.filter((one) => one.branch.group === group)) {
        expect(branch.group).toBe(group)
        for (const text of said) {
          const copies = heard.filter((one) => one.includes(`Kết quả: ${text}`))
          const plain = copies.filter((one) => !/tin số \d+/.test(one))
          expect(plain.length, `«${text}» unmarked in ${chat}`).toBeLessThanOrEqual(1)
          if (copies.length === 0) missing++
          messages += 1
          marked += Math.max(0, copies.length - 1)
        }
      }
    }
  }
  expect(missing, 'messages that are in no chat').toBeLessThanOrEqual(unknown)
  for (const { person, said } of town.citizens) {
    const heard = await test.people.read(person.account, person.account)
    const direct = heard.filter(({ from, text }) => from.isBot && /^Đã (ghi|thêm|gửi|nhận)/.test(text)).length
    answers += Math.max(0, direct - said.length)
  }
  return `${messages} messages, ${marked} of them a second time and marked, ${unknown} left to an operator, ${answers} direct answers a second time`
}
