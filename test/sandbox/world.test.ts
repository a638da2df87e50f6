import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Kit, startKit } from './kit.ts'

let kit: Kit
let an: number
let binh: number
let chi: number

beforeEach(async () => {
  kit = await startKit({ frozen: true })
  an = await kit.user('Nguyễn Văn An', { phone: '+84900000001' })
  binh = await kit.user('Trần Thị Bình')
  chi = await kit.user('Lê Thị Chi')
  await kit.does('messages', { from: an, chat: an, text: '/start' })
})
afterEach(() => kit.sandbox.close())

async function group(more: object = {}): Promise<number> {
  const made = await kit.does<{ id: number }>('groups', { title: 'Chi bộ 1', members: [an, binh], ...more })
  await kit.updates()
  return made.id
}

const botId = 7_000_000_001

describe('rights', () => {
  test('an administrator bot limits a member, and the term ends by the clock', async () => {
    const chat = await group({ supergroup: true, bot: 'administrator' })
    const until_date = Math.floor(Date.parse((await kit.does<{ now: string }>('clock')).now) / 1000) + 3600
    const call = { chat_id: chat, user_id: binh, permissions: { can_send_messages: false }, until_date }
    await kit.ok('restrictChatMember', call)
    expect(await kit.people('messages', { from: binh, chat, text: 'x' })).toMatchObject({ status: 403 })
    expect(await kit.ok('getChatMember', { chat_id: chat, user_id: binh })).toMatchObject({ status: 'restricted' })
    await kit.does('clock', { advance: 'PT1H' })
    expect(await kit.people('messages', { from: binh, chat, text: 'x' })).toMatchObject({ ok: true })
  })

  test('a plain bot may neither limit, ban, pin nor rename', async () => {
    const chat = await group({ supergroup: true, bot: 'member' })
    await kit.does('messages', { from: an, chat, text: '/xin' })
    const limit = await kit.api('restrictChatMember', { chat_id: chat, user_id: binh, permissions: {} })
    expect(limit.description).toBe('Bad Request: not enough rights to restrict/unrestrict chat member')
    const pin = await kit.api('pinChatMessage', { chat_id: chat, message_id: 3 })
    expect(pin.description).toBe('Bad Request: not enough rights to manage pinned messages in the chat')
    const other = await kit.api('deleteMessage', { chat_id: chat, message_id: 3 })
    expect(other.description).toBe("Bad Request: message can't be deleted")
  })

  test('who is banned stays out, and comes back once unbanned', async () => {
    const chat = await group({ supergroup: true, bot: 'administrator' })
    await kit.ok('getUpdates', { allowed_updates: ['chat_member', 'message'] })
    const { invite_link: url } = await kit.ok<{ invite_link: string }>('createChatInviteLink', { chat_id: chat })
    await kit.ok('banChatMember', { chat_id: chat, user_id: binh })
    expect(await kit.updates()).toMatchObject([
      { message: { left_chat_member: { id: binh } } },
      { chat_member: { new_chat_member: { status: 'kicked' }, from: { id: botId } } },
    ])
    expect(await kit.people('links', { from: binh, url })).toMatchObject({ status: 403 })
    await kit.ok('unbanChatMember', { chat_id: chat, user_id: binh, only_if_banned: true })
    expect(await kit.does('links', { from: binh, url })).toMatchObject({ id: chat, members: [an, binh] })
  })

  test('a bot promotes only with the right to, and only with rights it has', async () => {
    const chat = await group({ supergroup: true, bot: 'administrator' })
    const promote = { chat_id: chat, user_id: binh, can_pin_messages: true }
    expect((await kit.api('promoteChatMember', promote)).description).toBe('Bad Request: not enough rights')
    expect((await kit.api('banChatMember', { chat_id: chat, user_id: an })).description).toBe(
      "Bad Request: can't remove chat owner",
    )
  })

  test('an anonymous administrator writes as the group', async () => {
    const chat = await group({ supergroup: true, bot: 'administrator' })
    await kit.does(`groups/${chat}/members`, { anonymous: [an] })
    await kit.does('messages', { from: an, chat, text: 'Thông báo' })
    expect((await kit.updates()).at(-1)?.message).toMatchObject({
      from: { id: 1_087_968_824, username: 'GroupAnonymousBot' },
      sender_chat: { id: chat },
    })
  })

  test('a dissolved group answers 403', async () => {
    const chat = await group({ bot: 'member' })
    await kit.does(`groups/${chat}/dissolve`, {})
    expect((await kit.api('sendMessage', { chat_id: chat, text: 'x' })).description).toBe(
      'Forbidden: the group chat was deleted',
    )
  })
})

describe('polls', () => {
  const poll = (chat: number, more: object = {}) =>
    kit.ok<{ message_id: number; poll: { id: string } }>('sendPoll', {
      chat_id: chat,
      question: 'Họp ngày nào?',
      options: ['Thứ bảy', { text: 'Chủ nhật' }],
      ...more,
    })

  test('named votes come as poll_answer, and an empty one takes the vote back', async () => {
    const chat = await group({ bot: 'member' })
    const { message_id: message, poll: made } = await poll(chat, { is_anonymous: false })
    await kit.does('votes', { from: binh, chat, message, options: [1] })
    await kit.does('votes', { from: binh, chat, message, options: [] })
    expect(await kit.updates()).toMatchObject([
      { poll_answer: { poll_id: made.id, user: { id: binh }, option_ids: [1] } },
      { poll_answer: { option_ids: [] } },
    ])
  })

  test('anonymous ones tell only the counts, and close by the clock', async () => {
    const chat = await group({ bot: 'member' })
    const { message_id: message } = await poll(chat, { open_period: 600 })
    await kit.does('votes', { from: binh, chat, message, options: [0] })
    expect(await kit.updates()).toMatchObject([{ poll: { total_voter_count: 1, is_closed: false } }])
    await kit.does('clock', { advance: 'PT10M' })
    expect(await kit.updates()).toMatchObject([{ poll: { is_closed: true } }])
    expect(await kit.people('votes', { from: an, chat, message, options: [0] })).toMatchObject({ status: 409 })
  })

  test('outsiders vote through a forwarded copy', async () => {
    const chat = await group({ bot: 'member' })
    const { message_id: message } = await poll(chat, { is_anonymous: false })
    const other = await kit.does<{ id: number }>('groups', { title: 'Ngoài', members: [binh, chi] })
    const copy = await kit.does<{ id: number }>('forwards', { from: binh, chat, message, to: other.id })
    await kit.does('votes', { from: chi, chat: other.id, message: copy.id, options: [0] })
    expect((await kit.updates()).at(-1)).toMatchObject({ poll_answer: { user: { id: chi }, option_ids: [0] } })
  })

  test('a stopped poll shows its result', async () => {
    const chat = await group({ bot: 'member' })
    const { message_id } = await poll(chat)
    expect(await kit.ok('stopPoll', { chat_id: chat, message_id })).toMatchObject({ is_closed: true })
    expect((await kit.api('stopPoll', { chat_id: chat, message_id })).description).toBe(
      'Bad Request: poll has already been closed',
    )
  })
})

describe('ephemeral messages', () => {
  const whisper = (chat: number, more: object = {}) =>
    kit.api('sendMessage', {
      chat_id: chat,
      text: 'Chỉ đồng chí thấy',
      ephemeral_message_parameters: { receiver_user_id: binh, ...more },
    })

  test('only the receiver sees one, and it can be edited and deleted', async () => {
    const chat = await group({ bot: 'administrator' })
    const sent = (await whisper(chat)).result as { message_id: number; ephemeral_message_id: number }
    expect(sent.message_id).toBe(0)
    expect((await kit.sees(an, chat)).some(({ ephemeral }) => ephemeral)).toBe(false)
    expect((await kit.sees(binh, chat)).at(-1)).toMatchObject({ text: 'Chỉ đồng chí thấy', ephemeral: true })
    const address = { chat_id: chat, receiver_user_id: binh, ephemeral_message_id: sent.ephemeral_message_id }
    expect(await kit.ok('editEphemeralMessageText', { ...address, text: 'Đã sửa' })).toBe(true)
    expect((await kit.sees(binh, chat)).at(-1)).toMatchObject({ text: 'Đã sửa' })
    expect(await kit.ok('deleteEphemeralMessage', address)).toBe(true)
    expect((await kit.sees(binh, chat)).at(-1)).toMatchObject({ deleted: true })
  })

  test("a plain bot may answer that person's press with one, within fifteen seconds", async () => {
    const chat = await group({ bot: 'member' })
    expect(await whisper(chat)).toMatchObject({ ok: false })
    const { message_id: message } = await kit.ok<{ message_id: number }>('sendMessage', {
      chat_id: chat,
      text: 'Xem kết quả của mình',
      reply_markup: { inline_keyboard: [[{ text: 'Xem', callback_data: 'x' }]] },
    })
    const press = kit.does('presses', { from: binh, chat, message, button: 'Xem' })
    const [update] = await kit.ok<{ callback_query: { id: string } }[]>('getUpdates', { timeout: 2 })
    const callback_query_id = update?.callback_query.id
    expect(await whisper(chat, { callback_query_id })).toMatchObject({ ok: true })
    await kit.does('clock', { advance: 'PT16S' })
    expect(await whisper(chat, { callback_query_id })).toMatchObject({ ok: false })
    await kit.ok('answerCallbackQuery', { callback_query_id })
    await press
  })

  test('an ephemeral command is seen by nobody but the bot', async () => {
    const chat = await group({ bot: 'member' })
    const commands = [{ command: 'cua_toi', description: 'Kết quả của tôi', is_ephemeral: true }]
    await kit.ok('setMyCommands', { commands })
    await kit.does('messages', { from: binh, chat, text: '/cua_toi', ephemeral: true })
    expect((await kit.updates())[0]?.message).toMatchObject({ message_id: 0, text: '/cua_toi' })
    expect((await kit.sees(an, chat)).some(({ text }) => text === '/cua_toi')).toBe(false)
  })
})

describe('topics', () => {
  test('messages stay in their topic, and a closed one takes none', async () => {
    const chat = await group({ forum: true, bot: 'administrator' })
    expect((await kit.api('createForumTopic', { chat_id: chat, name: 'Họp' })).description).toBe(
      'Bad Request: not enough rights to create a topic',
    )
    const topic = await kit.does<{ id: number }>(`groups/${chat}/topics`, { from: an, name: 'Họp' })
    await kit.does('messages', { from: binh, chat, topic: topic.id, text: 'Tôi có mặt' })
    expect((await kit.updates()).at(-1)?.message).toMatchObject({
      message_thread_id: topic.id,
      is_topic_message: true,
      reply_to_message: { forum_topic_created: { name: 'Họp' } },
    })
    const sent = await kit.ok('sendMessage', { chat_id: chat, message_thread_id: topic.id, text: 'Ghi nhận' })
    expect(sent).toMatchObject({ message_thread_id: topic.id })
    expect((await kit.api('sendMessage', { chat_id: chat, message_thread_id: 999, text: 'x' })).description).toBe(
      'Bad Request: message thread not found',
    )
  })
})

describe('sharing', () => {
  async function keyboard(key: object): Promise<number> {
    const reply_markup = { keyboard: [[{ text: 'Chia sẻ', ...key }]] }
    const sent = await kit.ok<{ message_id: number }>('sendMessage', { chat_id: an, text: 'Chọn', reply_markup })
    await kit.updates()
    return sent.message_id
  }

  test('a key asks for the telephone number', async () => {
    const message = await keyboard({ request_contact: true })
    await kit.does('presses', { from: an, chat: an, message, button: 'Chia sẻ' })
    expect((await kit.updates())[0]?.message).toMatchObject({
      contact: { phone_number: '+84900000001', first_name: 'Nguyễn Văn An', user_id: an },
    })
  })

  test('a key asks for a group, and brings the bot in as an administrator', async () => {
    const chat = await group()
    const rights = { can_pin_messages: true, can_manage_chat: true }
    const message = await keyboard({
      request_chat: { request_id: 7, chat_is_channel: false, bot_administrator_rights: rights, request_title: true },
    })
    await kit.does('presses', { from: an, chat: an, message, button: 'Chia sẻ', share: chat })
    expect((await kit.updates()).at(-1)?.message).toMatchObject({
      chat_shared: { request_id: 7, chat_id: chat, title: 'Chi bộ 1' },
    })
    expect(await kit.ok('getChatMember', { chat_id: chat, user_id: botId })).toMatchObject({ status: 'administrator' })
  })

  test('a startgroup link adds the bot and starts it there with the payload', async () => {
    const chat = await group()
    await kit.does('links', { from: an, chat, url: 'https://t.me/thu_bot?startgroup=ma-1&admin=pin_messages' })
    expect(await kit.updates()).toMatchObject([
      { my_chat_member: { new_chat_member: { status: 'member' } } },
      { message: { new_chat_members: [{ id: botId }] } },
      { my_chat_member: { new_chat_member: { status: 'administrator' } } },
      { message: { text: '/start@thu_bot ma-1', from: { id: an } } },
    ])
  })

  test('a start link starts the bot in private', async () => {
    await kit.does('links', { from: binh, url: 't.me/thu_bot?start=moi_2' })
    expect((await kit.updates()).at(-1)?.message).toMatchObject({ text: '/start moi_2', chat: { id: binh } })
    expect(await kit.people('links', { from: binh, url: 't.me/thu_bot?start=a%20b' })).toMatchObject({ status: 400 })
  })
})

test('reactions reach an administrator bot that asked for them', async () => {
  const chat = await group({ bot: 'administrator' })
  await kit.ok('getUpdates', { allowed_updates: ['message_reaction'] })
  const sent = await kit.ok<{ message_id: number }>('sendMessage', { chat_id: chat, text: 'Tin' })
  await kit.does('reactions', { from: binh, chat, message: sent.message_id, emoji: '👍' })
  expect(await kit.updates()).toMatchObject([
    { message_reaction: { user: { id: binh }, old_reaction: [], new_reaction: [{ type: 'emoji', emoji: '👍' }] } },
  ])
  expect((await kit.sees(an, chat)).at(-1)?.reactions).toEqual({ '👍': 1 })
})

test('the menu of a person is the narrowest list that was set', async () => {
  const chat = await group({ bot: 'member' })
  const list = (command: string) => [{ command, description: command }]
  await kit.ok('setMyCommands', { commands: list('chung') })
  await kit.ok('setMyCommands', { commands: list('nhom'), scope: { type: 'all_group_chats' } })
  await kit.ok('setMyCommands', { commands: list('chu'), scope: { type: 'chat_administrators', chat_id: chat } })
  const menu = async (user: number, where: number) =>
    (await kit.does<{ command: string }[]>(`commands?for=${user}&chat=${where}`)).map(({ command }) => command)
  expect([await menu(an, chat), await menu(binh, chat), await menu(an, an)]).toEqual([['chu'], ['nhom'], ['chung']])
})

test('an album from a person comes as messages of one group, caption first', async () => {
  const form = new FormData()
  form.set('from', String(an))
  form.set('chat', String(an))
  form.set('caption', 'Hai tệp')
  form.append('file', new File(['a'], 'a.txt'))
  form.append('file', new File(['b'], 'b.txt'))
  await kit.updates()
  await fetch(`${kit.sandbox.url}/people/albums`, { method: 'POST', body: form })
  const [first, second] = (await kit.updates()).map(({ message }) => message as { media_group_id: string })
  expect(first).toMatchObject({ caption: 'Hai tệp', document: { file_name: 'a.txt' } })
  expect(second).toMatchObject({ document: { file_name: 'b.txt' }, media_group_id: first?.media_group_id })
})

test('a protected message cannot be passed on', async () => {
  const sent = await kit.ok<{ message_id: number }>('sendMessage', { chat_id: an, text: 'Mật', protect_content: true })
  const chat = await group({ bot: 'member' })
  expect(await kit.people('forwards', { from: an, chat: an, message: sent.message_id, to: chat })).toMatchObject({
    status: 403,
  })
  const copy = { chat_id: chat, from_chat_id: an, message_id: sent.message_id }
  expect((await kit.api('forwardMessage', copy)).description).toBe("Bad Request: the message can't be forwarded")
})
