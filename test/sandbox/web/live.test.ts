import { InlineKeyboard } from 'grammy'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { botId, openStream, startWebKit, type WebKit } from './kit.ts'

let kit: WebKit
let an: number
let binh: number
let group: number
let due: Date | null = null

beforeAll(async () => {
  kit = await startWebKit(
    (bot) => {
      bot.command('nut', (c) => c.reply('Chọn:', { reply_markup: new InlineKeyboard().text('Đổi', 'doi') }))
      bot.command('hoi', (c) => c.reply('Bao nhiêu?', { reply_markup: { force_reply: true } }))
      bot.command('phim', (c) => c.reply('Đây', { reply_markup: { keyboard: [['Phím một']] } }))
      bot.callbackQuery('doi', async (c) => {
        await c.answerCallbackQuery()
        await c.editMessageText('Đã đổi')
      })
    },
    { nextDue: () => due },
  )
  const { world } = kit.sandbox
  an = world.addUser({ name: 'An' }).id
  binh = world.addUser({ name: 'Bình' }).id
  group = world.addGroup({ title: 'Chi bộ', members: [an, binh], supergroup: true, bot: 'administrator' }).id
})
afterAll(() => kit.stop())

test('new words are counted in the list, and come into the open chat', async () => {
  const elsewhere = await openStream(kit, await kit.page(`/p/${an}/c/${botId}`))
  kit.sandbox.world.say({ from: binh, chat: group, text: 'Mới <b>tinh</b>' })
  expect(await elsewhere.until('tin chưa đọc')).not.toContain('<b>tinh')
  elsewhere.close()
  const inChat = await openStream(kit, await kit.page(`/p/${an}/c/${group}`))
  kit.sandbox.world.say({ from: binh, chat: group, text: 'Mới <i>nữa</i>' })
  expect(await inChat.until('Mới &lt;i&gt;nữa')).toContain('hx-swap-oob="beforeend:#messages"')
  inChat.close()
})

test('a changed message takes its own place', async () => {
  const { world } = kit.sandbox
  world.say({ from: an, chat: an, text: '/nut' })
  const [question] = await world
    .watch({ for: an, chat: an, wait: 5_000 })
    .then(() => world.watch({ for: an, chat: an, after: world.state.data.seq, wait: 5_000 }))
  const id = question?.id ?? 0
  const stream = await openStream(kit, await kit.page(`/p/${an}/c/${botId}`))
  await kit.pieces(`/p/${an}/c/${botId}/presses`, { message: String(id), at: '0,0' })
  expect(await stream.until('Đã đổi')).toMatch(new RegExp(`<li id="m${id}"[^>]* hx-swap-oob="true"`))
  stream.close()
})

test("the bot's question and keyboard come by themselves", async () => {
  const stream = await openStream(kit, await kit.page(`/p/${an}/c/${botId}`))
  kit.sandbox.world.say({ from: an, chat: an, text: '/hoi' })
  await stream.until('name="replyTo"')
  kit.sandbox.world.say({ from: an, chat: an, text: '/phim' })
  await stream.until('Phím một')
  stream.close()
})

test('calls of the bot come as they happen, text as text', async () => {
  const stream = await openStream(kit, await kit.page(`/p/${an}`))
  await kit.bot.api.sendMessage(an, '</pre><script>x</script>')
  const seen = await stream.until('<b>sendMessage</b>')
  expect(seen).not.toContain('<script>')
  stream.close()
})

test('a broken connection goes on where it ended', async () => {
  const page = await kit.page(`/p/${an}/c/${group}`)
  const address = /sse-connect="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const { world } = kit.sandbox
  world.say({ from: binh, chat: group, text: 'trước khi đứt' })
  const last = `${world.state.data.seq}.0`
  world.say({ from: binh, chat: group, text: 'sau khi nối' })
  const gone = new AbortController()
  const response = await fetch(kit.url + address, { headers: { 'last-event-id': last }, signal: gone.signal })
  const { value } = (await response.body?.pipeThrough(new TextDecoderStream()).getReader().read()) ?? {}
  const added = /beforeend:#messages">([\s\S]*?)<div id="start"/.exec(value ?? '')?.[1]
  expect(added).toContain('sau khi nối')
  expect(added).not.toContain('trước khi đứt')
  gone.abort()
})

test('a page of an earlier run is told to load again', async () => {
  const page = (await kit.page(`/p/${an}`)).replace(/run=[\w-]+/, 'run=before')
  const stream = await openStream(kit, page)
  await stream.until('data-stale')
  stream.close()
})

test('the clock goes on by an hour, a day, and to what falls due next', async () => {
  const { clock } = kit.sandbox
  const page = await kit.page(`/p/${an}`)
  const stream = await openStream(kit, page)
  const begin = clock.now().getTime()
  await kit.pieces('/clock', { move: 'PT1H' })
  await kit.pieces('/clock', { move: 'P1D' })
  expect(clock.now().getTime() - begin).toBeGreaterThanOrEqual(25 * 3_600_000)
  expect(await kit.pieces('/clock', { move: 'due' })).toContain('Không có việc nào sắp tới hạn.')
  due = new Date(clock.now().getTime() + 3_600_000 * 5)
  await kit.pieces('/clock', { move: 'due' })
  expect(Math.abs(clock.now().getTime() - due.getTime())).toBeLessThan(5_000)
  await stream.until('id="clock"')
  stream.close()
})

test('faults are switched from the page and shown on it', async () => {
  const { faults } = kit.sandbox.world.state
  const stream = await openStream(kit, await kit.page(`/p/${an}`))
  await kit.pieces('/faults', { once: 'fail500' })
  await expect(kit.bot.api.sendMessage(an, 'x')).rejects.toThrow('500')
  await kit.pieces('/faults', { latency: 'on' })
  expect(faults.latency).toBe(2000)
  await stream.until('Đang có sự cố')
  await kit.pieces('/faults', { clear: '1' })
  expect(faults.isQuiet).toBe(true)
  stream.close()
})
