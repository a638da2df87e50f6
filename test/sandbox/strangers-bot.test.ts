import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Bot } from 'grammy'
import { Telegraf } from 'telegraf'
import { expect, test } from 'vitest'
import { type Kit, startKit, TOKEN } from './kit.ts'

async function answerTo(kit: Kit, user: number, text: string): Promise<string | undefined> {
  const said = await kit.does<{ seq: number }>('messages', { from: user, chat: user, text })
  const seen = await kit.does<{ text: string }[]>(`chats/${user}/messages?for=${user}&after=${said.seq}&wait=5000`)
  return seen[0]?.text
}

test('an echo bot of Telegraf runs against it unchanged', async () => {
  const kit = await startKit()
  const bot = new Telegraf(TOKEN, { telegram: { apiRoot: kit.sandbox.url } })
  bot.start((ctx) => ctx.reply('Xin chào'))
  bot.on('text', (ctx) => ctx.reply(ctx.message.text))
  const running = bot.launch()

  const user = await kit.user('Nguyễn Văn An')
  expect(await answerTo(kit, user, '/start')).toBe('Xin chào')
  expect(await answerTo(kit, user, 'nghe rõ')).toBe('nghe rõ')

  bot.stop()
  await running
  await kit.sandbox.close()
})

test('an echo bot of grammY runs against it unchanged', async () => {
  const kit = await startKit()
  const bot = new Bot(TOKEN, { client: { apiRoot: kit.sandbox.url } })
  bot.command('start', (ctx) => ctx.reply('Xin chào'))
  bot.on('message:text', (ctx) => ctx.reply(ctx.message.text))
  const running = bot.start()

  const user = await kit.user('Nguyễn Văn An')
  expect(await answerTo(kit, user, '/start')).toBe('Xin chào')
  expect(await answerTo(kit, user, 'nghe rõ')).toBe('nghe rõ')

  await bot.stop()
  await running
  await kit.sandbox.close()
})

test('started alone, it says where it is, serves a bot, and ends cleanly', async () => {
  const child = spawn(process.execPath, ['src/sandbox/main.ts'], {
    env: { ...process.env, PORT: '0', SANDBOX_PORT: '0' },
  })
  let root = ''
  for await (const line of createInterface({ input: child.stdout })) {
    root = /apiRoot\s+(\S+)/.exec(line)?.[1] ?? root
    if (line.includes('people')) break
  }
  const me = await (await fetch(`${root}/bot7000000001:SANDBOX/getMe`)).json()
  expect(me).toMatchObject({ ok: true, result: { username: 'sandbox_bot' } })
  child.kill('SIGTERM')
  expect((await once(child, 'exit'))[0]).toBe(0)
})
