import { InlineKeyboard, Keyboard } from 'grammy'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { botId, startWebKit, type WebKit } from './kit.ts'

let kit: WebKit
let hoa: number
let duc: number
let group: number
let chat: string
let own: string

/** The smallest picture there is. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

beforeAll(async () => {
  kit = await startWebKit((bot) => {
    bot.command('start', (c) => c.reply(`Mã: ${c.match || 'không'}`))
    bot.command('nut', (c) =>
      c.reply('Chọn:', {
        reply_markup: new InlineKeyboard()
          .text('Nhận', 'nhan')
          .text('Báo', 'bao')
          .url('Mở', 'https://t.me/thu_bot?start=AB12')
          .row()
          .url('Web', 'https://example.com/a')
          .copyText('Chép', 'XYZ')
          .url('Nhóm', 'https://t.me/thu_bot?startgroup=G7'),
      }),
    )
    bot.command('phim', (c) =>
      c.reply('Phím:', {
        reply_markup: new Keyboard()
          .text('Việc của tôi')
          .requestContact('Gửi số')
          .row()
          .requestChat('Chọn nhóm', 5)
          .requestUsers('Chọn người', 6),
      }),
    )
    bot.command('hoi', (c) =>
      c.reply('Tên việc?', {
        reply_markup: { force_reply: true, selective: true, input_field_placeholder: 'Tên việc' },
        reply_parameters: { message_id: c.msg.message_id },
      }),
    )
    bot.callbackQuery('nhan', async (c) => {
      await c.answerCallbackQuery({ text: 'Đã nhận <b>' })
      await c.editMessageText('Đã nhận rồi')
    })
    bot.callbackQuery('bao', (c) => c.answerCallbackQuery({ text: 'Hạn 17:00', show_alert: true }))
    bot.on('message:contact', (c) => c.reply(`Số ${c.msg.contact.phone_number}`))
    bot.on('message:chat_shared', (c) => c.reply(`Nhóm ${c.msg.chat_shared.chat_id}`))
    bot.on('message:users_shared', (c) => c.reply(`Người ${c.msg.users_shared.users.map((user) => user.user_id)}`))
    bot.on('message:photo', (c) => c.reply(`Ảnh: ${c.msg.caption ?? ''}`))
    bot.on('message:document', (c) => c.reply(`Tệp: ${c.msg.document.file_name} ${c.msg.caption ?? ''}`))
    bot.on('message:text', (c) => c.reply(`Nghe: ${c.msg.text}${c.msg.reply_to_message ? ' (trả lời)' : ''}`))
  })
  const { world } = kit.sandbox
  hoa = world.addUser({ name: 'Nguyễn Thị Hoa', person: 'ĐV1', phone: '0100000001' }).id
  duc = world.addUser({ name: 'Trần Văn Đức', person: 'ĐV2' }).id
  group = world.addGroup({ title: 'Chi bộ số 1', members: [hoa, duc], supergroup: true, bot: 'member' }).id
  chat = `/p/${hoa}/c/${group}`
  own = `/p/${hoa}/c/${botId}`
})
afterAll(() => kit.stop())

const sees = (part: string, place = hoa) => seesIn(place, part)

/** The newest message with those words that Hoa sees in a chat; waits for it. */
async function seesIn(place: number, part: string) {
  let after = 0
  for (;;) {
    const messages = await kit.sandbox.world.watch({ for: hoa, chat: place, after, wait: 5_000 })
    const found = messages.findLast(({ text }) => text.includes(part))
    if (found) return found
    if (messages.length === 0) throw new Error(`nothing says «${part}»`)
    after = messages.at(-1)?.seq ?? after
  }
}

describe('writing', () => {
  test('a form without script leads back to the chat, where the words stand', async () => {
    const sent = await kit.send(`${own}/messages`, { text: 'Xin chào' })
    expect(sent.status).toBe(303)
    expect(sent.headers.get('location')).toBe(own)
    await sees('Nghe: Xin chào')
    expect(await kit.page(own)).toContain('Nghe: Xin chào')
  })

  test('empty words are refused with a sentence', async () => {
    expect(await kit.pieces(`${own}/messages`, { text: '  ' })).toContain('Tin nhắn không có nội dung.')
  })

  test('an answer carries what it answers', async () => {
    const { id } = kit.sandbox.world.say({ from: duc, chat: group, text: 'Mai họp nhé' })
    expect(await kit.page(`${chat}?reply=${id}`)).toContain('Đang trả lời Trần Văn Đức')
    expect(await kit.page(`${chat}/aim?reply=${id}`)).toContain(`name="replyTo" value="${id}"`)
    await kit.send(`${chat}/messages`, { text: 'Đã rõ', replyTo: String(id) })
    const page = await kit.page(chat)
    expect(page).toMatch(new RegExp(`href="#m${id}"><strong>Trần Văn Đức</strong>`))
  })

  test("the bot's question is answered without choosing to", async () => {
    await kit.send(`${own}/messages`, { text: '/hoi' })
    const question = await sees('Tên việc?')
    const page = await kit.page(own)
    expect(page).toContain(`name="replyTo" value="${question.id}"`)
    expect(page).toContain('placeholder="Tên việc"')
    await kit.send(`${own}/messages`, { text: 'Dọn vệ sinh', replyTo: String(question.id) })
    await sees('Nghe: Dọn vệ sinh (trả lời)')
    expect(await kit.page(own)).not.toContain('name="replyTo"')
  })

  test('corrected and deleted messages say so', async () => {
    const { world } = kit.sandbox
    const { id } = world.say({ from: hoa, chat: group, text: 'Sai chính tả' })
    expect(await kit.page(`${chat}?edit=${id}`)).toContain('>Sai chính tả</textarea>')
    await kit.send(`${chat}/messages`, { text: 'Đúng chính tả', edit: String(id) })
    expect(await kit.page(chat)).toMatch(/Đúng chính tả[\s\S]{0,80}đã sửa/)
    await kit.send(`${chat}/deletions`, { message: String(id) })
    const page = await kit.page(chat)
    expect(page).not.toContain('Đúng chính tả')
    expect(page).toContain('Tin nhắn đã bị xoá')
  })

  test('nobody can delete the words of others', async () => {
    const { id } = kit.sandbox.world.say({ from: duc, chat: group, text: 'Giữ lại' })
    const outcome = await kit.send(`${chat}/deletions`, { message: String(id) })
    // Hoa founded the group and may; Đức may not delete hers.
    expect(outcome.status).toBe(303)
    const hers = kit.sandbox.world.say({ from: hoa, chat: group, text: 'Của Hoa' })
    const refused = await kit.send(`/p/${duc}/c/${group}/deletions`, { message: String(hers.id) })
    expect(refused.status).toBe(403)
  })
})

describe('files', () => {
  test('a picture is sent as a photo with its words and shown inline', async () => {
    await kit.send(`${own}/messages`, {
      text: 'Đã dọn xong',
      file: new File([pixel], 'anh.png', { type: 'image/png' }),
    })
    await sees('Ảnh: Đã dọn xong')
    const page = await kit.page(own)
    const address = /<img src="([^"]+)" alt="Ảnh anh.png"/.exec(page)?.[1] ?? ''
    const image = await kit.get(address)
    expect(Buffer.from(await image.arrayBuffer())).toEqual(pixel)
  })

  test('other files, and pictures on request, go as documents with a name to load', async () => {
    const word = new File(['chữ'], 'Báo cáo quý "4".docx', { type: 'application/octet-stream' })
    await kit.send(`${own}/messages`, { text: '', file: word })
    await sees('Tệp: Báo cáo quý')
    expect(await kit.page(own)).toContain('download="Báo cáo quý &quot;4&quot;.docx"')
    await kit.send(`${own}/messages`, {
      text: 'gốc',
      asFile: '1',
      file: new File([pixel], 'b.png', { type: 'image/png' }),
    })
    await sees('Tệp: b.png gốc')
  })

  test('several pictures go as one album', async () => {
    const files = ['mot.png', 'hai.png'].map((name) => new File([pixel], name, { type: 'image/png' }))
    await kit.send(`${chat}/messages`, { text: 'Hai ảnh', file: files })
    const page = await kit.page(chat)
    expect(page).toContain('Ảnh mot.png')
    expect(page).toContain('Ảnh hai.png')
  })
})

describe('buttons', () => {
  const press = async (at: string, live = true) => {
    await kit.send(`${own}/messages`, { text: '/nut' })
    const message = await sees('Chọn:')
    const fields = { message: String(message.id), at }
    return live ? kit.pieces(`${own}/presses`, fields) : kit.send(`${own}/presses`, fields)
  }

  test('what the bot says to a press passes by, as text', async () => {
    expect(await press('0,0')).toContain('<p class="toast">Đã nhận &lt;b&gt;</p>')
    await sees('Đã nhận rồi')
  })

  test('an alert must be put away', async () => {
    expect(await press('0,1')).toContain('<dialog open')
  })

  test('without script the answer stands on the next page, once', async () => {
    const response = await press('0,1', false)
    const next = response instanceof Response ? (response.headers.get('location') ?? '') : ''
    expect(await kit.page(next)).toContain('Hạn 17:00')
    expect(await kit.page(next)).not.toContain('Hạn 17:00</p>\n<form method="dialog"')
  })

  test('a link to the bot acts here: it starts the bot in private', async () => {
    const response = await press('0,2', false)
    expect(response instanceof Response && response.headers.get('location')).toBe(own)
    await sees('Mã: AB12')
  })

  test('links to the web open there, and text to copy is told', async () => {
    await press('0,0')
    await kit.send(`${own}/messages`, { text: '/nut' })
    const message = await sees('Chọn:')
    const page = await kit.page(own)
    expect(page).toContain('href="https://example.com/a" target="_blank" rel="noopener noreferrer"')
    expect(await kit.pieces(`${own}/presses`, { message: String(message.id), at: '1,1' })).toContain('Đã chép: XYZ')
  })

  test('a link that brings the bot into a group asks which', async () => {
    const { world } = kit.sandbox
    const other = world.addGroup({ title: 'Nhóm mới', members: [hoa] }).id
    await kit.send(`${own}/messages`, { text: '/nut' })
    const message = await sees('Chọn:')
    const response = await kit.send(`${own}/presses`, { message: String(message.id), at: '1,2' })
    const choice = response.headers.get('location') ?? ''
    expect(await kit.page(choice)).toContain('Nhóm mới')
    const chosen = await kit.send(choice, { chat: String(other) })
    expect(chosen.headers.get('location')).toBe(`/p/${hoa}/c/${other}`)
    expect((await seesIn(other, 'Mã: G7')).from.isBot).toBe(true)
  })

  test('a link in a text acts here too, and asks first where there is no script', async () => {
    kit.sandbox.world.say({ from: hoa, chat: hoa, text: 'Mời: https://t.me/thu_bot?start=QQ8' })
    const page = await kit.page(own)
    const address = /href="(\/p\/\d+\/open\?url=[^"]+QQ8)"/.exec(page)?.[1] ?? ''
    expect(await kit.page(address)).toContain('Bắt đầu')
    await kit.send(address, {})
    await sees('Mã: QQ8')
  })
})

describe("the bot's keyboard and commands", () => {
  test('keys say their words', async () => {
    await kit.send(`${own}/messages`, { text: '/phim' })
    await sees('Phím:')
    expect(await kit.page(own)).toContain('Việc của tôi')
    await kit.send(`${own}/keys`, { at: '0,0' })
    await sees('Nghe: Việc của tôi')
  })

  test('keys that ask for something hand it over', async () => {
    await kit.send(`${own}/keys`, { at: '0,1' })
    await sees('Số 0100000001')
    const groups = await kit.send(`${own}/keys`, { at: '1,0' })
    expect(await kit.page(groups.headers.get('location') ?? '')).toContain('Chi bộ số 1')
    await kit.send(`${own}/keys`, { at: '1,0', chat: String(group) })
    await sees(`Nhóm ${group}`)
    const people = await kit.send(`${own}/keys`, { at: '1,1' })
    expect(await kit.page(people.headers.get('location') ?? '')).toContain('Chọn người')
    await kit.send(`${own}/keys`, { at: '1,1', people: 'duc' })
    await sees(`Người ${duc}`)
  })

  test('the menu shows the commands of this chat for this person', async () => {
    const { api } = kit.bot
    await api.setMyCommands([{ command: 'chung', description: 'Cho mọi người' }])
    await api.setMyCommands([{ command: 'rieng', description: 'Riêng Hoa' }], {
      scope: { type: 'chat', chat_id: hoa },
    })
    await api.setMyCommands([{ command: 'nhom', description: 'Trưởng nhóm' }], {
      scope: { type: 'all_chat_administrators' },
    })
    expect(await kit.page(own)).toContain('Riêng Hoa')
    expect(await kit.page(chat)).toContain('Trưởng nhóm')
    const plain = await kit.page(`/p/${duc}/c/${group}`)
    expect(plain).toContain('Cho mọi người')
    expect(plain).not.toContain('Trưởng nhóm')
  })

  test('a chat nobody has begun offers its first word', async () => {
    expect(await kit.page(`/p/${duc}/c/${botId}`)).toContain('Bắt đầu')
  })
})

describe('other content', () => {
  test('what only one person may see is marked, and hidden from the rest', async () => {
    const managed = kit.sandbox.world.addGroup({
      title: 'Có quản trị',
      members: [hoa, duc],
      supergroup: true,
      bot: 'administrator',
    }).id
    await kit.bot.api.raw.sendMessage({
      chat_id: managed,
      text: 'Chỉ cho Hoa',
      ephemeral_message_parameters: { receiver_user_id: hoa },
    } as Parameters<typeof kit.bot.api.raw.sendMessage>[0])
    expect(await kit.page(`/p/${hoa}/c/${managed}`)).toMatch(
      /class="[^"]*ephemeral[^"]*"[\s\S]*Chỉ cho Hoa[\s\S]*Chỉ người này thấy/,
    )
    expect(await kit.page(`/p/${duc}/c/${managed}`)).not.toContain('Chỉ cho Hoa')
  })

  test('people vote in polls and see how they stand', async () => {
    const { message_id: id } = await kit.bot.api.sendPoll(
      group,
      'Họp hôm nào?',
      [{ text: 'Thứ Bảy' }, { text: 'Chủ nhật' }],
      {
        is_anonymous: false,
      },
    )
    expect(await kit.page(chat)).toContain('Họp hôm nào?')
    await kit.send(`${chat}/votes`, { message: String(id), option: '1' })
    await kit.bot.api.stopPoll(group, id)
    expect(await kit.page(chat)).toMatch(/class="chosen">Chủ nhật <small>1 phiếu/)
  })
})

describe('groups', () => {
  test('one is founded, and the bot brought in, made an administrator and sent out', async () => {
    const founded = await kit.send(`/p/${hoa}/groups`, { title: 'Tổ 5' })
    const info = founded.headers.get('location') ?? ''
    for (const [act, words] of [
      [`addBot:${botId}`, 'Cho bot làm quản trị'],
      [`promoteBot:${botId}`, 'Thôi cho bot quản trị'],
      [`kickBot:${botId}`, 'Đưa bot vào nhóm'],
    ] as const) {
      await kit.send(info, { do: act })
      expect(await kit.page(info)).toContain(words)
    }
    await kit.send(info, { do: 'add', person: 'tran van duc' })
    expect(await kit.page(info)).toContain('Trần Văn Đức')
    await kit.send(info, { do: `remove:${duc}` })
    expect(await kit.page(info)).not.toContain('Trần Văn Đức')
    const migrated = await kit.send(info, { do: 'migrate' })
    expect(await kit.page(migrated.headers.get('location') ?? '')).toContain('siêu nhóm')
  })

  test('Enter in a field does what stands beside the field', async () => {
    const info = await kit.page(`${chat}/info`)
    const forms = [...info.matchAll(/<form[^>]*>([\s\S]*?)<\/form>/g)].flatMap((match) => match[1] ?? [])
    const firstButtons = forms.filter((form) => form.includes('<input')).map((form) => /value="(\w+)">/.exec(form)?.[1])
    expect(firstButtons).toEqual(['add', 'rename'])
  })

  test('the bot can be blocked and unblocked', async () => {
    const info = `/p/${duc}/c/${botId}/info`
    await kit.send(`/p/${duc}/c/${botId}/messages`, { text: '/start' })
    await kit.send(info, { do: 'block' })
    await expect(kit.bot.api.sendMessage(duc, 'x')).rejects.toThrow('blocked')
    await kit.send(info, { do: 'unblock' })
    await kit.bot.api.sendMessage(duc, 'x')
  })
})
