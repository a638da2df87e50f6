import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Kit, startKit } from './kit.ts'

let kit: Kit
let an: number
let binh: number
let group: number

beforeEach(async () => {
  kit = await startKit()
  an = await kit.user('Nguyễn Văn An')
  binh = await kit.user('Trần Thị Bình')
  group = (await kit.does<{ id: number }>('groups', { title: 'Chi bộ 1', members: [an, binh] })).id
})
afterEach(() => kit.sandbox.close())

const bot = { id: 7_000_000_001 }

test('a bot that is added hears of it, and then only of what is meant for it', async () => {
  await kit.does(`groups/${group}/members`, { bot: 'add' })
  await kit.does('messages', { from: an, chat: group, text: 'Chào các đồng chí' })
  await kit.does('messages', { from: an, chat: group, text: '/menu' })
  await kit.does('messages', { from: an, chat: group, text: '/menu@bot_khac' })
  await kit.does('messages', { from: an, chat: group, text: '@thu_bot ơi' })
  expect(await kit.updates()).toMatchObject([
    {
      my_chat_member: { old_chat_member: { status: 'left' }, new_chat_member: { status: 'member' }, from: { id: an } },
    },
    { message: { new_chat_members: [bot] } },
    { message: { text: '/menu' } },
    { message: { text: '@thu_bot ơi' } },
  ])
})

test('privacy mode lets replies to the bot through, and ends when it becomes an administrator', async () => {
  await kit.does(`groups/${group}/members`, { bot: 'add' })
  const asked = await kit.ok<{ message_id: number }>('sendMessage', {
    chat_id: group,
    text: 'Báo cáo đi',
    reply_markup: { force_reply: true },
  })
  await kit.updates()
  await kit.does('messages', { from: binh, chat: group, text: 'Xong rồi', replyTo: asked.message_id })
  await kit.does(`groups/${group}/members`, { bot: 'promote' })
  await kit.does('messages', { from: binh, chat: group, text: 'Nói chuyện khác' })
  expect(await kit.updates()).toMatchObject([
    { message: { text: 'Xong rồi', reply_to_message: { message_id: asked.message_id, text: 'Báo cáo đi' } } },
    { my_chat_member: { new_chat_member: { status: 'administrator', can_delete_messages: true } } },
    { message: { text: 'Nói chuyện khác' } },
  ])
})

test('a kicked bot gets 403, one that never was there 400', async () => {
  expect(await kit.api('sendMessage', { chat_id: group, text: 'x' })).toMatchObject({
    error_code: 400,
    description: 'Bad Request: chat not found',
  })
  await kit.does(`groups/${group}/members`, { bot: 'add' })
  await kit.does(`groups/${group}/members`, { bot: 'kick' })
  expect(await kit.api('sendMessage', { chat_id: group, text: 'x' })).toMatchObject({
    error_code: 403,
    description: 'Forbidden: bot was kicked from the group chat',
  })
})

test('a group becomes a supergroup: both service messages, a new id, and 400 with the new id for the old', async () => {
  await kit.does(`groups/${group}/members`, { bot: 'add' })
  await kit.updates()
  const { id } = await kit.does<{ id: number }>(`groups/${group}/migrate`, {})
  expect(String(id)).toMatch(/^-100\d{10}$/)
  expect(await kit.updates()).toMatchObject([
    { message: { chat: { id: group }, migrate_to_chat_id: id } },
    { message: { chat: { id, type: 'supergroup' }, migrate_from_chat_id: group } },
  ])
  expect(await kit.api('sendMessage', { chat_id: group, text: 'x' })).toEqual({
    ok: false,
    error_code: 400,
    description: 'Bad Request: group chat was upgraded to a supergroup chat',
    parameters: { migrate_to_chat_id: id },
  })
  expect(await kit.api('sendMessage', { chat_id: id, text: 'x' })).toMatchObject({ ok: true })
  expect(await kit.people('messages', { from: an, chat: group, text: 'x' })).toMatchObject({
    ok: false,
    migratedTo: id,
  })
})

test('a bot cannot write first to someone it only met in a group, and not to who has blocked it', async () => {
  await kit.does(`groups/${group}/members`, { bot: 'add' })
  // To open the chat and look is not to write.
  await kit.sees(an, an)
  const first = await kit.api('sendMessage', { chat_id: an, text: 'x' })
  expect(first.description).toBe("Forbidden: bot can't initiate conversation with a user")
  await kit.does('messages', { from: an, chat: an, text: '/start' })
  expect(await kit.api('sendMessage', { chat_id: an, text: 'x' })).toMatchObject({ ok: true })
  await kit.does('blocks', { from: an })
  const blocked = await kit.api('sendMessage', { chat_id: an, text: 'x' })
  expect(blocked).toMatchObject({ error_code: 403, description: 'Forbidden: bot was blocked by the user' })
  await kit.updates()
  await kit.does('messages', { from: an, chat: an, text: '/start' })
  expect(await kit.updates()).toMatchObject([
    { my_chat_member: { old_chat_member: { status: 'kicked' }, new_chat_member: { status: 'member' } } },
    { message: { text: '/start' } },
  ])
})

test('who comes into a basic group sees nothing older, even when it is edited afterwards', async () => {
  await kit.does(`groups/${group}/members`, { bot: 'add' })
  const { message_id } = await kit.ok<{ message_id: number }>('sendMessage', { chat_id: group, text: 'Cũ' })
  const chi = await kit.user('Lê Thị Chi')
  await kit.does(`groups/${group}/members`, { add: [chi] })
  await kit.ok('editMessageText', { chat_id: group, message_id, text: 'Cũ, đã sửa' })
  await kit.ok('sendMessage', { chat_id: group, text: 'Mới' })
  const texts = (await kit.sees(chi, group)).map(({ text }) => text)
  expect(texts).toEqual(['Nguyễn Văn An đã thêm Lê Thị Chi vào nhóm', 'Mới'])
})

test('members are counted, found and listed', async () => {
  await kit.does(`groups/${group}/members`, { bot: 'add', remove: [binh] })
  expect(await kit.ok('getChatMemberCount', { chat_id: group })).toBe(2)
  expect(await kit.ok('getChatMember', { chat_id: group, user_id: binh })).toMatchObject({ status: 'kicked' })
  expect(await kit.ok('getChatMember', { chat_id: group, user_id: an })).toMatchObject({ status: 'creator' })
  expect(await kit.ok('getChatAdministrators', { chat_id: group })).toMatchObject([{ user: { id: an } }])
  expect(await kit.ok('getChat', { chat_id: group })).toMatchObject({ title: 'Chi bộ 1', type: 'group' })
})
