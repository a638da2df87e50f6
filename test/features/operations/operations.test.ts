import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Prisma } from '../../../src/platform/prisma/client.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard, type TestWard } from '../../support/ward.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

const db = () => test.app.services.database

/** A ward whose officer also runs the bot. */
async function operated(options: { branches?: number } = {}): Promise<TestWard> {
  const ward = await createTestWard(test, options)
  const officer = await db().appointment.findFirstOrThrow({ where: { wardId: ward.id } })
  const { id: _, ...row } = officer
  await db().appointment.create({ data: { ...row, role: 'operator' } })
  return ward
}

/** A delivery to that chat that failed, as the courier leaves it. */
function failed(chat: number, createdAt = test.app.services.clock.now()) {
  return db().delivery.create({
    data: {
      chatId: BigInt(chat),
      message: { text: 'tin quan trọng' },
      state: 'failed',
      error: 'Forbidden: x',
      createdAt,
    },
  })
}

async function open(ward: TestWard, id: number) {
  await test.people.say(ward.officer, ward.officer, '/vanhanh')
  const list = await test.people.next(ward.officer, ward.officer, ({ text }) => text.includes('Tình hình gửi tin'))
  expect(list.text).not.toContain('tin quan trọng')
  const rows = await db().delivery.findMany({
    where: { state: { in: ['failed', 'unknown'] } },
    orderBy: { id: 'desc' },
  })
  await test.people.press(ward.officer, ward.officer, list, String(rows.findIndex((row) => row.id === id) + 1))
  return test.people.next(ward.officer, ward.officer, ({ text }) => text.includes(`Tin số ${id}`))
}

describe('/vanhanh', () => {
  it('shows an operator a failed delivery without its content, and sends it again', async () => {
    const ward = await operated()
    const [branch] = ward.branches
    if (!branch) throw new Error('no branch')
    const { id } = await failed(branch.group)
    const shown = await open(ward, id)
    expect(shown.text).toContain(branch.name)
    await test.people.press(ward.officer, ward.officer, shown, 'Gửi lại')
    await test.people.next(branch.secretary.account, branch.group, ({ text }) => text === 'tin quan trọng')
  })

  it('says of one whose words were erased after a month that it cannot be sent again', async () => {
    const ward = await operated()
    const { id } = await failed(ward.branches[0]?.group ?? 0)
    const shown = await open(ward, id)
    await db().delivery.update({ where: { id }, data: { message: Prisma.DbNull } })
    const answer = await test.people.press(ward.officer, ward.officer, shown, 'Gửi lại')
    expect(answer.text).toContain('lời của tin đã được xóa')
    await db().delivery.delete({ where: { id } })
  })

  it('puts a delivery aside and erases what it said', async () => {
    const ward = await operated()
    const { id } = await failed(ward.branches[0]?.group ?? 0)
    await test.people.press(ward.officer, ward.officer, await open(ward, id), 'Bỏ qua')
    await test.app.settle()
    expect(await db().delivery.findUnique({ where: { id } })).toMatchObject({ state: 'putAside', message: null })
  })

  it('never sends to a group that stands for another branch by now', async () => {
    const ward = await operated({ branches: 2 })
    const [one, two] = ward.branches
    if (!one || !two) throw new Error('two branches')
    const { id } = await failed(one.group)
    const later = new Date(test.app.services.clock.now().getTime() + 1)
    await db().groupLink.updateMany({ where: { organisationId: { in: [one.id, two.id] } }, data: { endedAt: later } })
    const link = { organisationId: two.id, chatId: BigInt(one.group), title: 'x', linkedAt: later }
    await db().groupLink.create({ data: link })
    const answer = await test.people.press(ward.officer, ward.officer, await open(ward, id), 'Gửi lại')
    expect(answer.text).toContain('Nơi nhận đã đổi')
    expect((await db().delivery.findUnique({ where: { id } }))?.state).toBe('failed')
  })

  it("neither shows nor decides another ward's deliveries", async () => {
    const ward = await operated()
    const other = await createTestWard(test)
    const [branch] = other.branches
    if (!branch) throw new Error('no branch')
    await db().groupLink.updateMany({ where: { chatId: BigInt(branch.group) }, data: { title: 'Nhóm phường khác' } })
    const theirs = [await failed(branch.group), await failed(branch.secretary.account), await failed(other.officer)]
    const list = await test.people.ask(ward.officer, '/vanhanh')
    expect(list.text).not.toContain('Nhóm phường khác')
    for (const { id } of theirs) {
      const place = { from: ward.officer, chat: ward.officer, message: list.id, button: '' }
      for (const word of ['od', 'or', 'oa']) {
        await test.sandbox.world.press({ ...place, data: `${word}:${id}` })
      }
      expect(await db().delivery.findUnique({ where: { id } })).toMatchObject({ state: 'failed' })
      const seen = await test.people.read(ward.officer, ward.officer)
      expect(seen.some(({ text }) => text.includes(`Tin số ${id}`))).toBe(false)
      await db().delivery.delete({ where: { id } })
    }
  })

  it('is not for others', async () => {
    const { branches } = await createTestWard(test)
    const secretary = branches[0]?.secretary.account ?? 0
    expect((await test.people.ask(secretary, '/vanhanh')).text).toContain('chưa được giao')
  })

  it('hands a parked update to the workers once more', async () => {
    const ward = await operated()
    const sender = ward.branches[0]?.secretary.account ?? 0
    const update = {
      update_id: 77,
      message: {
        message_id: 1,
        date: 1,
        text: '/trogiup',
        chat: { id: sender, type: 'private', first_name: 'A' },
        from: { id: sender, is_bot: false, first_name: 'A' },
      },
    }
    await db().$executeRaw`
      INSERT INTO pgboss.job (name, data) VALUES ('parked', ${JSON.stringify({ update, error: { message: 'đứt dây' } })}::jsonb)`
    await test.people.say(ward.officer, ward.officer, '/vanhanh')
    const list = await test.people.next(ward.officer, ward.officer, ({ text }) => text.includes('Tình hình gửi tin'))
    const number = /(\d+)\. Việc máy chưa xử lý được/.exec(list.text)?.[1] ?? ''
    await test.people.press(ward.officer, ward.officer, list, number)
    const parked = await test.people.next(ward.officer, ward.officer, ({ text }) => text.includes('đứt dây'))
    await test.people.press(ward.officer, ward.officer, parked, 'Làm lại')
    await test.people.next(sender, sender, ({ text }) => text.includes('Cách dùng Liên Chi'))
    expect(await db().$queryRaw`SELECT 1 FROM pgboss.job WHERE name = 'parked'`).toEqual([])
  })
})

describe('a forged button of /vanhanh', () => {
  it('finds nothing to decide', async () => {
    const ward = await operated()
    const menu = await test.people.ask(ward.officer, '/menu')
    for (const data of ['ou:x', 'ox:x', 'op:x', 'od:x', 'or:99999999999', 'oa:x']) {
      const place = { from: ward.officer, chat: ward.officer, message: menu.id, button: '1' }
      const answer = await test.sandbox.world.press({ ...place, data })
      expect(answer, data).toMatchObject({ answered: true })
      expect(answer.text ?? '', data).not.toContain('trục trặc')
    }
  })
})

describe('a chat that is disconnected', () => {
  it('gets nothing that was still waiting for it', async () => {
    const ward = await operated()
    const [branch] = ward.branches
    if (!branch) throw new Error('no branch')
    await test.people.say(branch.secretary.account, branch.group, '/ngatketnoi')
    const question = await test.people.next(branch.secretary.account, branch.group)
    const ctx = test.app.context()
    await test.people.faults({
      fail: { method: 'sendMessage', chat: branch.group, times: 1, with: 429, retryAfter: 10 },
    })
    const id = await ctx.transaction((tx) =>
      ctx.deliver(tx, { chatId: BigInt(branch.group), message: { text: 'của chi bộ cũ' } }),
    )
    await expect.poll(async () => (await test.people.calls()).filter(({ ok }) => !ok)).toHaveLength(1)
    await test.people.press(branch.secretary.account, branch.group, question, 'Ngắt kết nối')
    await test.app.settle()
    const row = await db().delivery.findUnique({ where: { id } })
    expect(row).toMatchObject({ state: 'failed', error: 'the chat was disconnected', message: null })
    const seen = await test.people.read(branch.secretary.account, branch.group)
    expect(seen.some(({ text }) => text.includes('của chi bộ cũ'))).toBe(false)
  })

  it('keeps what waited where the bot was only put out, for when it is back in the same branch', async () => {
    const ward = await operated()
    const [branch] = ward.branches
    if (!branch) throw new Error('no branch')
    const ctx = test.app.context()
    const fault = { method: 'sendMessage', chat: branch.group, times: 1, with: 429, retryAfter: 3 }
    const before = (await test.people.calls()).filter(({ ok }) => !ok).length
    await test.people.faults({ fail: fault })
    const id = await ctx.transaction((tx) =>
      ctx.deliver(tx, { chatId: BigInt(branch.group), message: { text: 'thông báo còn nợ' } }),
    )
    await expect.poll(async () => (await test.people.calls()).filter(({ ok }) => !ok).length).toBeGreaterThan(before)
    await test.people.changeGroup(branch.group, { bot: 'kick' })
    await test.app.settle()
    await test.people.advance('PT1M')
    await test.people.changeGroup(branch.group, { bot: 'add' })
    const { account } = branch.secretary
    const linkedAt = test.app.services.clock.now()
    const link = { organisationId: branch.id, chatId: BigInt(branch.group), title: branch.name, linkedAt }
    await db().groupLink.create({ data: link })
    await test.people.press(ward.officer, ward.officer, await open(ward, id), 'Gửi lại')
    await test.people.next(account, branch.group, ({ text }) => text.includes('thông báo còn nợ'))
  })
})
