import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { methodNames } from '../../src/sandbox/api/methods.ts'
import { type Client, grammyClient, telegrafClient } from './conformance-clients.ts'
import { type Kit, startKit } from './kit.ts'

/** The header of a picture of 600 × 400: enough to have a size. */
const PNG = Buffer.concat([
  Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
  Buffer.from('0000025800000190', 'hex'),
  Buffer.alloc(16),
])

describe.each([
  ['grammY', grammyClient],
  ['Telegraf', telegrafClient],
])('for a client of %s', (_name, makeClient) => {
  let kit: Kit
  let client: Client
  let an: number
  let binh: number
  let small: number
  let big: number

  beforeAll(async () => {
    kit = await startKit()
    client = makeClient(kit.sandbox.url)
    an = await kit.user('Nguyễn Văn An', { username: 'an_nguyen' })
    binh = await kit.user('Trần Thị Bình')
    await kit.does('messages', { from: an, chat: an, text: '/start' })
    const members = [an, binh]
    small = (await kit.does<{ id: number }>('groups', { title: 'Nhỏ', members, bot: 'member' })).id
    big = (await kit.does<{ id: number }>('groups', { title: 'Lớn', members, forum: true, bot: 'administrator' })).id
    const all = { can_promote_members: true, can_manage_topics: true, can_manage_tags: true }
    const bot = kit.sandbox.world.groups().at(-1)?.members.get(7_000_000_001)
    if (bot?.rights) Object.assign(bot.rights, all)
    await kit.updates()
  })
  afterAll(() => kit.sandbox.close())

  const send = (chat_id = an, text = 'Tin') => client.call('sendMessage', { chat_id, text })
  const seen = async (chat = an) => (await kit.sees(an, chat)).at(-1)

  test('the bot learns who it is', async () => {
    const me = await client.call('getMe')
    expect(me).toMatchObject({ is_bot: true, username: 'thu_bot', can_read_all_group_messages: false })
    expect(await client.call('logOut')).toBe(true)
    expect(await client.call('close')).toBe(true)
  })

  test('updates are fetched and confirmed', async () => {
    await kit.does('messages', { from: an, chat: an, text: 'chào' })
    const updates = await client.call('getUpdates', { timeout: 1, allowed_updates: ['message'] })
    expect(updates.at(-1)?.message?.text).toBe('chào')
    const offset = (updates.at(-1)?.update_id ?? 0) + 1
    expect(await client.call('getUpdates', { offset, allowed_updates: [] })).toEqual([])
  })

  test('a webhook is set, described and removed', async () => {
    await client.call('setWebhook', { url: 'https://phuong.vn/hook', max_connections: 5 })
    const info = await client.call('getWebhookInfo')
    expect(info).toMatchObject({ url: 'https://phuong.vn/hook', max_connections: 5, pending_update_count: 0 })
    expect((await client.refusal('getUpdates')).code).toBe(409)
    expect(await client.call('deleteWebhook', { drop_pending_updates: true })).toBe(true)
  })

  test('text goes out with formatting, a reply and buttons', async () => {
    const first = await send()
    const sent = await client.call('sendMessage', {
      chat_id: an,
      text: '<b>Việc</b> mới',
      parse_mode: 'HTML',
      reply_parameters: { message_id: first.message_id, quote: 'Tin' },
      reply_markup: { inline_keyboard: [[{ text: 'Nhận', callback_data: 'x', style: 'success' }]] },
      link_preview_options: { is_disabled: true },
    })
    expect(sent).toMatchObject({
      text: 'Việc mới',
      entities: [{ type: 'bold', offset: 0, length: 4 }],
      reply_to_message: { message_id: first.message_id },
      quote: { text: 'Tin', position: 0 },
      reply_markup: { inline_keyboard: [[{ text: 'Nhận', callback_data: 'x', style: 'success' }]] },
    })
    expect(await seen()).toMatchObject({ text: 'Việc mới', replyTo: first.message_id, buttons: [[{ text: 'Nhận' }]] })
  })

  test('a document keeps its Vietnamese name and its bytes', async () => {
    const sent = await client.call('sendDocument', {
      chat_id: an,
      document: client.file(Buffer.from('abc'), 'Kết quả "tháng 11".xlsx'),
      caption: 'Tháng 11',
    })
    expect(sent.document).toMatchObject({ file_name: 'Kết quả "tháng 11".xlsx', file_size: 3 })
    const shown = await seen()
    expect(shown).toMatchObject({ text: 'Tháng 11', files: [{ size: 3 }] })
    expect(await (await fetch(shown?.files[0]?.url ?? '')).text()).toBe('abc')
    const file = await client.call('getFile', { file_id: sent.document.file_id })
    const bytes = await fetch(`${kit.sandbox.url}/file/bot7000000001:TEST/${file.file_path}`)
    expect(await bytes.text()).toBe('abc')
    const again = await client.call('sendDocument', { chat_id: an, document: sent.document.file_id })
    expect(again.document.file_unique_id).toBe(sent.document.file_unique_id)
  })

  test('a photo has sizes, and its file_id serves for photos only', async () => {
    const sent = await client.call('sendPhoto', { chat_id: an, photo: client.file(PNG, 'a.png') })
    expect(sent.photo.map(({ width, height }) => [width, height])).toEqual([
      [90, 60],
      [320, 213],
      [600, 400],
    ])
    const file_id = sent.photo.at(-1)?.file_id
    const again = await client.call('sendPhoto', { chat_id: an, photo: file_id, has_spoiler: true })
    expect(again).toMatchObject({ has_media_spoiler: true })
    const other = await client.refusal('sendDocument', { chat_id: an, document: file_id })
    expect(other.description).toBe("Bad Request: can't use file of type Photo as Document")
    const text = client.file(Buffer.from('không phải ảnh'), 'a.png')
    expect((await client.refusal('sendPhoto', { chat_id: an, photo: text })).description).toBe(
      'Bad Request: IMAGE_PROCESS_FAILED',
    )
  })

  test('the other kinds of media go the same way', async () => {
    const file = () => client.file(Buffer.from('xyz'), 'tep.bin')
    expect((await client.call('sendVideo', { chat_id: an, video: file(), duration: 3 })).video.duration).toBe(3)
    expect((await client.call('sendAudio', { chat_id: an, audio: file(), title: 'Bài' })).audio.title).toBe('Bài')
    expect((await client.call('sendVoice', { chat_id: an, voice: file() })).voice.file_size).toBe(3)
    expect((await client.call('sendAnimation', { chat_id: an, animation: file() })).animation.file_size).toBe(3)
    expect((await client.call('sendVideoNote', { chat_id: an, video_note: file() })).video_note.length).toBe(240)
    expect((await client.call('sendSticker', { chat_id: an, sticker: file(), emoji: '👍' })).sticker.emoji).toBe('👍')
  })

  test('an album is several messages of one group', async () => {
    const media = [
      { type: 'photo', media: client.file(PNG, 'a.png'), caption: 'Hai ảnh' },
      { type: 'photo', media: client.file(PNG, 'b.png') },
    ]
    const album = await client.call('sendMediaGroup', { chat_id: an, media })
    expect(album).toMatchObject([{ caption: 'Hai ảnh' }, { photo: expect.any(Array) }])
    const groups = new Set(album.map((message) => Reflect.get(message, 'media_group_id')))
    expect([groups.size, groups.has(undefined)]).toEqual([1, false])
  })

  test('contacts, places, dice and actions', async () => {
    const contact = { chat_id: an, phone_number: '+8490', first_name: 'Bình' }
    expect((await client.call('sendContact', contact)).contact.first_name).toBe('Bình')
    const point = { chat_id: an, latitude: 10.79, longitude: 106.69 }
    expect((await client.call('sendLocation', point)).location.latitude).toBe(10.79)
    const venue = { ...point, title: 'Nhà văn hóa', address: 'Tổ 5' }
    expect((await client.call('sendVenue', venue)).venue.title).toBe('Nhà văn hóa')
    expect((await client.call('sendDice', { chat_id: an })).dice.value).toBeLessThanOrEqual(6)
    expect(await client.call('sendChatAction', { chat_id: an, action: 'typing' })).toBe(true)
  })

  test('messages are edited, and an edit that changes nothing is refused', async () => {
    const { message_id } = await send()
    const edited = await client.call('editMessageText', { chat_id: an, message_id, text: 'Khác' })
    expect(edited).toMatchObject({ text: 'Khác', edit_date: expect.any(Number) })
    const same = await client.refusal('editMessageText', { chat_id: an, message_id, text: 'Khác' })
    expect(same.description).toContain('Bad Request: message is not modified')
    const reply_markup = { inline_keyboard: [[{ text: 'A', url: 'https://phuong.vn' }]] }
    await client.call('editMessageReplyMarkup', { chat_id: an, message_id, reply_markup })
    expect(await seen()).toMatchObject({ buttons: [[{ text: 'A', url: 'https://phuong.vn' }]] })
    const photo = await client.call('sendPhoto', { chat_id: an, photo: client.file(PNG, 'a.png') })
    const address = { chat_id: an, message_id: photo.message_id }
    await client.call('editMessageCaption', { ...address, caption: 'Ảnh' })
    expect(await seen()).toMatchObject({ text: 'Ảnh' })
    const media = { type: 'document', media: client.file(Buffer.from('x'), 'x.txt') }
    await client.call('editMessageMedia', { ...address, media })
    expect(await seen()).toMatchObject({ files: [{ name: 'x.txt' }] })
  })

  test('messages are deleted, one or several', async () => {
    const ids = [await send(), await send(), await send()].map(({ message_id }) => message_id)
    expect(await client.call('deleteMessage', { chat_id: an, message_id: ids[0] })).toBe(true)
    expect(await client.call('deleteMessages', { chat_id: an, message_ids: ids })).toBe(true)
    expect((await client.refusal('deleteMessage', { chat_id: an, message_id: ids[0] })).description).toBe(
      'Bad Request: message to delete not found',
    )
  })

  test('messages are passed on and copied', async () => {
    const { message_id } = await send()
    const place = { chat_id: small, from_chat_id: an }
    expect((await client.call('forwardMessage', { ...place, message_id })).forward_origin?.type).toBe('user')
    expect(await client.call('forwardMessages', { ...place, message_ids: [message_id] })).toHaveLength(1)
    const copy = await client.call('copyMessage', { ...place, message_id })
    expect(await seen(small)).toMatchObject({ id: copy.message_id, text: 'Tin' })
    expect(await client.call('copyMessages', { ...place, message_ids: [message_id] })).toHaveLength(1)
  })

  test('a press is answered', async () => {
    const reply_markup = { inline_keyboard: [[{ text: 'Ghi', callback_data: 'd' }]] }
    const { message_id: message } = await client.call('sendMessage', { chat_id: an, text: 'x', reply_markup })
    const press = kit.does('presses', { from: an, chat: an, message, button: 'Ghi' })
    const [update] = await client.call('getUpdates', { timeout: 3, offset: -1 })
    const callback_query_id = update?.callback_query?.id
    await client.call('answerCallbackQuery', { callback_query_id, url: 't.me/thu_bot?start=x' })
    expect(await press).toMatchObject({ answered: true, url: 't.me/thu_bot?start=x' })
    expect((await client.refusal('answerCallbackQuery', { callback_query_id: '1' })).description).toContain('too old')
  })

  test('polls are sent and stopped', async () => {
    const options = [{ text: 'Có' }, { text: 'Không' }]
    const sent = await client.call('sendPoll', { chat_id: small, question: 'Họp?', options, is_anonymous: false })
    expect(sent.poll.options.map(({ text }) => text)).toEqual(['Có', 'Không'])
    const stopped = await client.call('stopPoll', { chat_id: small, message_id: sent.message_id })
    expect(stopped.is_closed).toBe(true)
  })

  test('a chat is described, its members are found and counted', async () => {
    expect(await client.call('getChat', { chat_id: big })).toMatchObject({ id: big, is_forum: true })
    expect(await client.call('getChat', { chat_id: an })).toMatchObject({ id: an, first_name: 'Nguyễn Văn An' })
    expect(await client.call('getChatMemberCount', { chat_id: small })).toBe(3)
    expect((await client.call('getChatAdministrators', { chat_id: big })).map(({ status }) => status)).toEqual([
      'creator',
      'administrator',
    ])
    expect((await client.call('getChatMember', { chat_id: small, user_id: binh })).status).toBe('member')
  })

  test('pins and reactions', async () => {
    const { message_id } = await send(big)
    const address = { chat_id: big, message_id }
    expect(await client.call('pinChatMessage', address)).toBe(true)
    expect((await client.call('getChat', { chat_id: big })).pinned_message?.message_id).toBe(message_id)
    expect(await client.call('unpinChatMessage', address)).toBe(true)
    expect(await client.call('unpinAllChatMessages', { chat_id: big })).toBe(true)
    const reaction = [{ type: 'emoji', emoji: '👍' }]
    expect(await client.call('setMessageReaction', { ...address, reaction })).toBe(true)
  })

  test('members are limited, banned, let back, promoted and titled', async () => {
    const member = { chat_id: big, user_id: binh }
    const permissions = { can_send_messages: false }
    expect(await client.call('restrictChatMember', { ...member, permissions })).toBe(true)
    expect(await client.call('getChatMember', member)).toMatchObject({ status: 'restricted', can_send_messages: false })
    expect(await client.call('promoteChatMember', { ...member, can_pin_messages: true })).toBe(true)
    expect(await client.call('setChatAdministratorCustomTitle', { ...member, custom_title: 'Thư ký' })).toBe(true)
    expect(await client.call('getChatMember', member)).toMatchObject({ custom_title: 'Thư ký', can_be_edited: true })
    expect(await client.call('promoteChatMember', member)).toBe(true)
    expect(await client.call('setChatMemberTag', { ...member, tag: 'Đảng viên' })).toBe(true)
    expect(await client.call('banChatMember', member)).toBe(true)
    expect((await client.call('getChatMember', member)).status).toBe('kicked')
    expect(await client.call('unbanChatMember', member)).toBe(true)
    expect((await client.call('getChatMember', member)).status).toBe('left')
  })

  test('a group gets a name, a description, permissions and an invitation', async () => {
    expect(await client.call('setChatTitle', { chat_id: big, title: 'Tên mới' })).toBe(true)
    expect(await client.call('setChatDescription', { chat_id: big, description: 'Chi bộ tổ 1' })).toBe(true)
    const permissions = { can_send_messages: true, can_send_photos: true }
    expect(await client.call('setChatPermissions', { chat_id: big, permissions })).toBe(true)
    const chat = await client.call('getChat', { chat_id: big })
    expect(chat).toMatchObject({ title: 'Tên mới', description: 'Chi bộ tổ 1', permissions })
    expect(await client.call('exportChatInviteLink', { chat_id: big })).toMatch(/^https:\/\/t\.me\/\+/)
    const link = await client.call('createChatInviteLink', { chat_id: big, name: 'Đợt 1' })
    expect(link).toMatchObject({ name: 'Đợt 1', is_primary: false })
  })

  test('topics are opened, named, closed, reopened and deleted', async () => {
    const topic = await client.call('createForumTopic', { chat_id: big, name: 'Họp' })
    const address = { chat_id: big, message_thread_id: topic.message_thread_id }
    expect(await client.call('editForumTopic', { ...address, name: 'Họp chi bộ' })).toBe(true)
    expect(await client.call('closeForumTopic', address)).toBe(true)
    expect((await client.refusal('sendMessage', { ...address, text: 'x' })).description).toContain('TOPIC_CLOSED')
    expect(await client.call('reopenForumTopic', address)).toBe(true)
    expect(await client.call('unpinAllForumTopicMessages', address)).toBe(true)
    expect(await client.call('deleteForumTopic', address)).toBe(true)
    expect(await client.call('editGeneralForumTopic', { chat_id: big, name: 'Chung' })).toBe(true)
    expect(await client.call('closeGeneralForumTopic', { chat_id: big })).toBe(true)
    expect(await client.call('reopenGeneralForumTopic', { chat_id: big })).toBe(true)
    expect(await client.call('hideGeneralForumTopic', { chat_id: big })).toBe(true)
    expect(await client.call('unhideGeneralForumTopic', { chat_id: big })).toBe(true)
    expect(await client.call('unpinAllGeneralForumTopicMessages', { chat_id: big })).toBe(true)
  })

  test('an ephemeral message is sent, edited in each way and deleted', async () => {
    const whom = { receiver_user_id: an }
    const sent = await client.call('sendMessage', { chat_id: big, text: 'Kín', ephemeral_message_parameters: whom })
    const address = { chat_id: big, ...whom, ephemeral_message_id: sent.ephemeral_message_id }
    expect(await client.call('editEphemeralMessageText', { ...address, text: 'Khác' })).toBe(true)
    const reply_markup = { inline_keyboard: [[{ text: 'A', callback_data: 'a' }]] }
    expect(await client.call('editEphemeralMessageReplyMarkup', { ...address, reply_markup })).toBe(true)
    expect(await client.call('deleteEphemeralMessage', address)).toBe(true)
    const photo = await client.call('sendPhoto', {
      chat_id: big,
      photo: client.file(PNG, 'a.png'),
      ephemeral_message_parameters: whom,
    })
    const picture = { chat_id: big, ...whom, ephemeral_message_id: photo.ephemeral_message_id }
    expect(await client.call('editEphemeralMessageCaption', { ...picture, caption: 'Ảnh' })).toBe(true)
    const media = { type: 'photo', media: client.file(PNG, 'b.png') }
    expect(await client.call('editEphemeralMessageMedia', { ...picture, media })).toBe(true)
  })

  test('commands and the menu button are kept by scope and language', async () => {
    const commands = [{ command: 'menu', description: 'Mở trình đơn' }]
    const scope = { type: 'chat', chat_id: an }
    await client.call('setMyCommands', { commands, scope, language_code: 'vi' })
    expect(await client.call('getMyCommands', { scope, language_code: 'vi' })).toEqual(commands)
    expect(await client.call('getMyCommands', { scope })).toEqual([])
    expect(await client.call('deleteMyCommands', { scope, language_code: 'vi' })).toBe(true)
    const bad = [{ command: 'Menu', description: 'x' }]
    expect((await client.refusal('setMyCommands', { commands: bad })).description).toContain('BOT_COMMAND_INVALID')
    await client.call('setChatMenuButton', { chat_id: an, menu_button: { type: 'commands' } })
    expect(await client.call('getChatMenuButton', { chat_id: an })).toEqual({ type: 'commands' })
  })

  test('the rights a bot asks for in groups are kept', async () => {
    const rights = { can_pin_messages: true }
    expect(await client.call('setMyDefaultAdministratorRights', { rights })).toBe(true)
    expect(await client.call('getMyDefaultAdministratorRights')).toMatchObject({
      can_pin_messages: true,
      can_delete_messages: false,
    })
    expect(await client.call('getUserProfilePhotos', { user_id: an })).toEqual({ total_count: 0, photos: [] })
  })

  test('the bot gets a name and descriptions', async () => {
    await client.call('setMyName', { name: 'Liên lạc' })
    await client.call('setMyDescription', { description: 'Bot của phường' })
    await client.call('setMyShortDescription', { short_description: 'Bot' })
    expect(await client.call('getMyName')).toEqual({ name: 'Liên lạc' })
    expect(await client.call('getMyDescription')).toEqual({ description: 'Bot của phường' })
    expect(await client.call('getMyShortDescription')).toEqual({ short_description: 'Bot' })
  })

  test.each([
    ['a text in place of callback data', [[{ text: 'A' }]], 'Text buttons are unallowed in the inline keyboard'],
    ['callback data over 64 bytes', [[{ text: 'A', callback_data: 'ă'.repeat(33) }]], 'BUTTON_DATA_INVALID'],
    ['an address without a host', [[{ text: 'A', url: 'http://noi-bo' }]], 'Wrong HTTP URL specified'],
    ['a web app in a group', [[{ text: 'A', web_app: { url: 'https://a.vn' } }]], 'BUTTON_TYPE_INVALID'],
    ['over 100 buttons', [Array(101).fill({ text: 'A', callback_data: 'a' })], 'reply markup is too long'],
  ])('a keyboard with %s is refused', async (_what, inline_keyboard, why) => {
    const refusal = await client.refusal('sendMessage', {
      chat_id: small,
      text: 'x',
      reply_markup: { inline_keyboard },
    })
    expect(refusal).toMatchObject({ code: 400, description: expect.stringContaining(why) })
  })

  test('a migrated group is refused with its new id', async () => {
    const { id } = await kit.does<{ id: number }>(`groups/${small}/migrate`, {})
    const refusal = await client.refusal('sendMessage', { chat_id: small, text: 'x' })
    expect(refusal).toMatchObject({ code: 400, parameters: { migrate_to_chat_id: id } })
    expect(await client.call('leaveChat', { chat_id: id })).toBe(true)
    expect((await client.refusal('sendMessage', { chat_id: id, text: 'x' })).description).toBe(
      'Forbidden: bot is not a member of the supergroup chat',
    )
  })

  test('every method of the sandbox has been called, and no parameter was overlooked', () => {
    const calls = kit.sandbox.world.state.calls.after(0)
    const answered = new Set(calls.filter(({ ok }) => ok).map(({ method }) => method))
    expect(methodNames().filter((name) => !answered.has(name))).toEqual([])
    expect(calls.flatMap(({ method, unknown }) => unknown?.map((name) => `${method}.${name}`) ?? [])).toEqual([])
  })
})
