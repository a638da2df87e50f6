import { InlineKeyboard } from 'grammy'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { chromiumPath, desk, openPage, overflow, phone, setLetters, startBrowser } from './browser.ts'
import { botId, startWebKit, type WebKit } from './kit.ts'

/** The smallest picture there is. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe.skipIf(!chromiumPath)('in a browser', () => {
  let kit: WebKit
  let browser: Browser
  let hoa: number
  let duc: number
  let group: number

  beforeAll(async () => {
    browser = await startBrowser()
    kit = await startWebKit(
      (bot) => {
        bot.command('nut', (c) =>
          c.reply('Chọn:', {
            reply_markup: new InlineKeyboard()
              .text('Nhận', 'nhan')
              .text('Hạn', 'han')
              .url('Riêng', 't.me/thu_bot?start=K5'),
          }),
        )
        bot.command('start', (c) => c.reply(`Mã: ${c.match}`))
        bot.command('hoi', (c) => c.reply('Tên việc?', { reply_markup: { force_reply: true } }))
        bot.callbackQuery('nhan', async (c) => {
          await c.answerCallbackQuery({ text: 'Đã ghi nhận' })
          await c.editMessageText('Đã nhận rồi', { reply_markup: new InlineKeyboard().text('Xem lại', 'han') })
        })
        bot.callbackQuery('han', (c) => c.answerCallbackQuery({ text: 'Hạn 17:00', show_alert: true }))
        bot.on('message:photo', (c) => c.reply('Đã nhận ảnh'))
        bot.on('message:text', (c) => c.reply(`Nghe: ${c.msg.text}`))
      },
      { seats: () => [{ account: hoa, label: 'Bí thư chi bộ', leading: true }] },
    )
    const { world } = kit.sandbox
    hoa = world.addUser({ name: 'Nguyễn Thị Hoa', person: 'ĐV1' }).id
    duc = world.addUser({ name: 'Trần Văn Đức', person: 'ĐV2' }).id
    group = world.addGroup({ title: 'Chi bộ tổ dân phố số 1', members: [hoa, duc], supergroup: true, bot: 'member' }).id
    await kit.bot.api.setMyCommands([{ command: 'nut', description: 'Xem các nút' }])
  })
  afterAll(async () => {
    await browser.close()
    await kit.stop()
  })

  /** Where people read, beside the list and the log that repeat the same words. */
  const inChat = (page: Page, words: string) => page.locator('#messages').getByText(words).last()

  test('a newcomer finds a seat, greets the bot, writes and presses, with the keyboard alone', async () => {
    const { page, errors } = await openPage(browser, desk)
    const { keyboard } = page
    await page.goto(kit.url)
    await page.getByLabel('Tìm theo tên').focus()
    await keyboard.type('tran duc')
    await page.getByText('Tìm thấy 1 người').waitFor()
    await page.getByRole('link', { name: 'Trần Văn Đức' }).focus()
    await keyboard.press('Enter')
    await page.getByRole('link', { name: /^Bot thử/ }).focus()
    await keyboard.press('Enter')
    await page.getByRole('button', { name: 'Bắt đầu' }).focus()
    await keyboard.press('Enter')
    await inChat(page, 'Mã:').waitFor()
    await page.getByRole('textbox', { name: 'Tin nhắn' }).focus()
    await keyboard.type('dòng một')
    await keyboard.press('Shift+Enter')
    await keyboard.type('dòng hai')
    await keyboard.press('Enter')
    await inChat(page, 'Nghe: dòng một').waitFor()
    expect(await page.getByRole('textbox', { name: 'Tin nhắn' }).inputValue()).toBe('')
    expect(await page.evaluate('document.activeElement.id')).toBe('text')
    await page.locator('details.commands summary').focus()
    await keyboard.press('Enter')
    await page.getByRole('button', { name: '/nut' }).last().focus()
    await keyboard.press('Enter')
    await page.getByRole('button', { name: 'Nhận' }).focus()
    await keyboard.press('Enter')
    await page.locator('.toast').getByText('Đã ghi nhận').waitFor()
    await inChat(page, 'Đã nhận rồi').waitFor()
    // The pressed button went away with the edit; the one in its place has the focus.
    await keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await keyboard.press('Enter')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(errors).toEqual([])
    await page.context().close()
  })

  test('markup in a message stays text, and runs nothing', async () => {
    const { page, errors } = await openPage(browser, desk)
    await page.goto(`${kit.url}/p/${duc}/c/${group}`)
    const bad = '<script>document.title="x"</script><img src=x onerror="document.title=1">'
    kit.sandbox.world.say({ from: hoa, chat: group, text: bad })
    await inChat(page, bad).waitFor()
    expect(await page.title()).toContain('Chi bộ tổ dân phố số 1')
    expect(errors).toEqual([])
    await page.context().close()
  })

  test('a phone shows one thing at a time and never scrolls sideways, at large letters too', async () => {
    const { page } = await openPage(browser, phone)
    for (const letters of [16, 32]) {
      await setLetters(page, letters)
      for (const path of ['/', `/p/${hoa}`, `/p/${hoa}/c/${group}`, `/p/${hoa}/c/${group}/info`, `/p/${hoa}/tools`]) {
        await page.goto(kit.url + path)
        expect(await overflow(page), `${path} at ${letters} px`).toBe(0)
      }
    }
    await setLetters(page, 16)
    await page.goto(`${kit.url}/p/${hoa}/c/${group}`)
    expect(await page.locator('.sidebar').isVisible()).toBe(false)
    await page.getByRole('link', { name: 'Về danh sách trò chuyện' }).tap()
    await page.locator('.sidebar').waitFor()
    await page.context().close()
  })

  test('a photo is chosen, named before it goes, and shown', async () => {
    const { page, errors } = await openPage(browser, phone)
    await page.goto(`${kit.url}/p/${hoa}/c/${botId}`)
    await page.locator('input[type=file]').setInputFiles({ name: 'sân.png', mimeType: 'image/png', buffer: pixel })
    await page.locator('.attached').getByText('sân.png').waitFor()
    await page.getByRole('textbox', { name: 'Tin nhắn' }).fill('Đã dọn')
    await page.getByRole('button', { name: 'Gửi', exact: true }).tap()
    const image = page.getByAltText('Ảnh sân.png')
    await image.waitFor()
    expect(await image.evaluate((shown) => 'naturalWidth' in shown && shown.naturalWidth)).toBe(1)
    await inChat(page, 'Đã nhận ảnh').waitFor()
    expect(await page.locator('.attached').isVisible()).toBe(false)
    expect(errors).toEqual([])
    await page.context().close()
  })

  test("the bot's question is answered at once, and Escape gives it up", async () => {
    const { page } = await openPage(browser, desk)
    await page.goto(`${kit.url}/p/${hoa}/c/${botId}`)
    const field = page.getByRole('textbox', { name: 'Tin nhắn' })
    await field.fill('/hoi')
    await field.press('Enter')
    await page.getByText('Đang trả lời Bot thử').waitFor()
    await field.fill('chưa xong')
    await field.press('Escape')
    await page.getByText('Đang trả lời Bot thử').waitFor({ state: 'detached' })
    expect(await field.inputValue()).toBe('chưa xong')
    await page.context().close()
  })

  test('a link button leads into the private chat, and the start is said there', async () => {
    const { page } = await openPage(browser, desk)
    await page.goto(`${kit.url}/p/${hoa}/c/${group}`)
    const field = page.getByRole('textbox', { name: 'Tin nhắn' })
    await field.fill('/nut')
    await field.press('Enter')
    await page.getByRole('button', { name: 'Riêng' }).click()
    await page.waitForURL(`**/p/${hoa}/c/${botId}`)
    await inChat(page, 'Mã: K5').waitFor()
    await page.context().close()
  })

  test('two people sit in two tabs and see each other write', async () => {
    const one = await openPage(browser, desk)
    const two = await openPage(browser, phone)
    await one.page.goto(`${kit.url}/p/${hoa}/c/${group}`)
    await two.page.goto(`${kit.url}/p/${duc}/c/${group}`)
    await two.page.goto(`${kit.url}/p/${duc}`)
    const field = one.page.getByRole('textbox', { name: 'Tin nhắn' })
    await field.fill('Đồng chí Đức có đó không?')
    await field.press('Enter')
    await two.page.getByText('1 tin chưa đọc').waitFor()
    await two.page.getByRole('link', { name: 'Chi bộ tổ dân phố số 1' }).tap()
    await two.page.getByRole('textbox', { name: 'Tin nhắn' }).fill('Có tôi đây')
    await two.page.getByRole('button', { name: 'Gửi', exact: true }).tap()
    await inChat(one.page, 'Có tôi đây').waitFor()
    await one.page.context().close()
    await two.page.context().close()
  })

  test('a tab that nobody looks at lets go of its stream, and catches up when it is looked at again', async () => {
    const { page, errors } = await openPage(browser, desk)
    await page.goto(`${kit.url}/p/${hoa}/c/${group}`)
    const { world } = kit.sandbox
    const look = (hidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, 'hidden', { value: ${hidden}, configurable: true });
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`)
    world.say({ from: duc, chat: group, text: 'trước lúc vắng' })
    await inChat(page, 'trước lúc vắng').waitFor()
    await look(true)
    world.say({ from: duc, chat: group, text: 'trong lúc vắng' })
    await page.getByRole('textbox', { name: 'Tin nhắn' }).fill('đang viết dở')
    await look(false)
    await inChat(page, 'trong lúc vắng').waitFor()
    world.say({ from: duc, chat: group, text: 'sau lúc vắng' })
    await inChat(page, 'sau lúc vắng').waitFor()
    for (const words of ['trước', 'trong', 'sau']) {
      expect(await page.locator('#messages').getByText(`${words} lúc vắng`).count()).toBe(1)
    }
    expect(await page.getByRole('textbox', { name: 'Tin nhắn' }).inputValue()).toBe('đang viết dở')
    expect(errors).toEqual([])
    await page.context().close()
  })

  test('without script everything can be read, written and pressed', async () => {
    const { page } = await openPage(browser, { ...desk, javaScriptEnabled: false })
    await page.goto(kit.url)
    await page.getByLabel('Tìm theo tên').fill('hoa')
    await page.getByRole('button', { name: 'Tìm' }).click()
    await page.getByRole('link', { name: 'Nguyễn Thị Hoa' }).first().click()
    await page.getByRole('link', { name: /^Bot thử/ }).click()
    await page.getByRole('textbox', { name: 'Tin nhắn' }).fill('/nut')
    await page.getByRole('button', { name: 'Gửi', exact: true }).click()
    await expect
      .poll(async () => {
        await page.reload()
        return page.getByRole('button', { name: 'Hạn' }).count()
      })
      .toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Hạn' }).last().click()
    await page.getByRole('dialog').getByText('Hạn 17:00').waitFor()
    await page.context().close()
  })
})
