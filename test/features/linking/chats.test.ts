import { afterAll, beforeAll, expect, test } from 'vitest'
import { groupChatOf, linkedPeople, privateChatOf } from '../../../src/features/linking/index.ts'
import type { ChatEvent } from '../../../src/telegram/feature.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard, type TestBranch, type TestPerson } from '../../support/ward.ts'
import { linkingOf } from './support.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database
const tell = (event: ChatEvent) => linkingOf(at).event?.(at.app.context('told'), event)

async function aBranch(): Promise<TestBranch & { member: TestPerson }> {
  const [branch] = (await createTestWard(at)).branches
  const member = branch?.members[1]
  if (!branch || !member) throw new Error('no branch')
  return { ...branch, member }
}

test('whoever blocks the bot stays linked and is not written to until they come back', async () => {
  const { member } = await aBranch()
  at.sandbox.world.block({ from: member.account, blocked: true })
  await at.app.settle()
  expect(await privateChatOf(db(), member.id)).toBeNull()
  expect(await linkedPeople(db(), [member.id])).toEqual(new Set([member.id]))
  at.sandbox.world.block({ from: member.account, blocked: false })
  await at.app.settle()
  expect(await privateChatOf(db(), member.id)).toBe(BigInt(member.account))
})

test('the secretary is told once of a member who cannot be written to, and an officer of a secretary', async () => {
  const { member, secretary, name } = await aBranch()
  for (const round of [1, 2]) {
    at.sandbox.world.block({ from: member.account, blocked: true })
    await tell({ kind: 'chatLost', chatId: BigInt(member.account), reason: 'Forbidden' })
    await at.app.settle()
    at.sandbox.world.block({ from: member.account, blocked: false })
    await at.app.settle()
    const heard = (await at.people.read(secretary.account, secretary.account)).filter(({ text }) =>
      text.startsWith(`Không nhắn được cho đồng chí ${member.fullName}`),
    )
    expect(heard).toHaveLength(round)
    expect(heard.at(-1)?.text).toContain(name)
    expect(
      heard
        .at(-1)
        ?.buttons.flat()
        .map(({ text }) => text),
    ).toEqual(['Mời lại (đổi máy, đổi số)'])
  }
  const { officer, branches } = await createTestWard(at)
  at.sandbox.world.block({ from: branches[0]?.secretary.account ?? 0, blocked: true })
  const note = await at.people.next(officer, officer, ({ text }) => text.startsWith('Không nhắn được cho'))
  expect(note.text).toContain(branches[0]?.secretary.fullName ?? '?')
})

test('an account that could not be written to counts as reachable again when it writes', async () => {
  const { member } = await aBranch()
  await tell({ kind: 'chatLost', chatId: BigInt(member.account), reason: 'Forbidden' })
  expect(await privateChatOf(db(), member.id)).toBeNull()
  await at.people.ask(member.account, '/menu')
  expect(await privateChatOf(db(), member.id)).toBe(BigInt(member.account))
})

test('a group that Telegram closes ends its link once, however often it is told', async () => {
  const branch = await aBranch()
  const chatId = BigInt(branch.group)
  await tell({ kind: 'chatLost', chatId, reason: 'Forbidden' })
  await tell({ kind: 'chatLost', chatId, reason: 'Forbidden' })
  await tell({ kind: 'botRemoved', chatId, title: '', by: 1n })
  expect(await groupChatOf(db(), branch.id)).toBeNull()
  expect(await db().groupLink.findMany({ where: { chatId } })).toMatchObject([{ endReason: 'chatLost' }])
  const alerts = await db().delivery.findMany({
    where: { key: { startsWith: 'link:ended:' }, chatId: BigInt(branch.secretary.account) },
  })
  expect(alerts).toHaveLength(1)
})

test('a migration is carried out once, in whichever order Telegram tells of it', async () => {
  for (const orders of [
    ['migrated', 'migrated'],
    ['botRemoved', 'migrated'],
    ['migrated', 'botRemoved'],
  ]) {
    const branch = await aBranch()
    const chatId = BigInt(branch.group)
    const newChatId = chatId - 7_000_000n
    for (const kind of orders) {
      if (kind === 'migrated') await tell({ kind, chatId, newChatId })
      else await tell({ kind: 'botRemoved', chatId, title: '', by: 1n })
    }
    expect(await groupChatOf(db(), branch.id)).toBe(newChatId)
    expect(await db().groupLink.count({ where: { organisationId: branch.id } })).toBe(2)
  }
})

test('what waits while a group migrates is sent to its new chat, though the bot seemed to be put out before', async () => {
  const branch = await aBranch()
  const ctx = at.app.context()
  await at.people.faults({ fail: { method: 'sendMessage', chat: branch.group, times: 1, with: 429, retryAfter: 60 } })
  const chatId = BigInt(branch.group)
  const id = await ctx.transaction((tx) => ctx.deliver(tx, { chatId, message: { text: 'thông báo đang chờ' } }))
  await expect.poll(async () => (await at.people.calls()).some(({ ok }) => !ok)).toBe(true)
  const state = async () => (await db().delivery.findUnique({ where: { id } }))?.state
  await expect.poll(state).toBe('waiting')
  await tell({ kind: 'botRemoved', chatId, title: '', by: 1n })
  const moved = await at.people.addGroup('Nhóm mới', [branch.secretary.account])
  await at.people.changeGroup(moved, { bot: 'add' })
  await tell({ kind: 'migrated', chatId, newChatId: BigInt(moved) })
  await at.people.next(branch.secretary.account, moved, ({ text }) => text.includes('thông báo đang chờ'))
  await at.app.settle()
  expect(await db().delivery.findUnique({ where: { id } })).toMatchObject({ state: 'sent', chatId: BigInt(moved) })
})

test('a migration long after the link was ended on purpose brings nothing back', async () => {
  const branch = await aBranch()
  const chatId = BigInt(branch.group)
  await db().groupLink.updateMany({
    where: { chatId },
    data: { endedAt: at.app.services.clock.now(), endReason: 'disconnected' },
  })
  await tell({ kind: 'migrated', chatId, newChatId: chatId - 9_000_000n })
  expect(await groupChatOf(db(), branch.id)).toBeNull()
})
