import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { openPage } from '../sandbox/web/browser.ts'

/** Somebody's seat in the web chat, in a browser window of its own. */
export class Seat {
  readonly page: Page
  /** What the page's own scripts complained about; nothing, one hopes. */
  readonly errors: string[]

  /** The member number that stands beside the name; empty for somebody new. */
  readonly number: string

  private constructor(page: Page, errors: string[], number = '') {
    this.page = page
    this.errors = errors
    this.number = number
  }

  /** Finds the first person whom the words fit, as a newcomer would, and sits down. */
  static async take(browser: Browser, url: string, words: string, screen: BrowserContextOptions): Promise<Seat> {
    const { page, errors } = await openPage(browser, screen)
    await page.goto(url)
    await page.getByLabel('Tìm theo tên').fill(words)
    await page.getByText(/^Tìm thấy \d+ người/).waitFor()
    const first = page.locator('#seats .people a').first()
    const [number] = (await first.locator('.preview').innerText()).split(' · ')
    await first.click()
    await page.locator('#chats').waitFor()
    return new Seat(page, errors, number)
  }

  /** Adds somebody new and sits down in their seat. */
  static async add(browser: Browser, url: string, name: string, screen: BrowserContextOptions): Promise<Seat> {
    const { page, errors } = await openPage(browser, screen)
    await page.goto(url)
    await page.getByText('Thêm người').first().click()
    await page.getByLabel('Họ và tên').fill(name)
    await page.getByRole('button', { name: 'Thêm người' }).click()
    await page.locator('#chats').waitFor()
    return new Seat(page, errors)
  }

  /** The name of the person who sits here. */
  name(): Promise<string> {
    return this.page.locator('.sidebar .seat strong').innerText()
  }

  async open(chat: string): Promise<void> {
    const back = this.page.getByRole('link', { name: 'Về danh sách trò chuyện' })
    if (await back.isVisible()) await back.click()
    await this.page
      .locator('#chats a')
      .filter({ has: this.page.locator('.name').getByText(chat, { exact: true }) })
      .click()
    await this.page.locator('#messages').waitFor({ state: 'attached' })
  }

  async write(text: string): Promise<void> {
    await this.page.locator('#text').fill(text)
    await this.page.getByRole('button', { name: 'Gửi', exact: true }).click()
  }

  async send(file: { name: string; mimeType: string; buffer: Buffer }, caption: string): Promise<void> {
    await this.page.locator('input[type=file]').setInputFiles(file)
    await this.write(caption)
  }

  /** The newest message with those words, once it is there. */
  async sees(words: string | RegExp): Promise<Locator> {
    const message = this.page.locator('#messages > li').filter({ hasText: words }).last()
    await message.waitFor()
    return message
  }

  /** Presses a button under the newest message with those words. */
  async press(button: string, words: string | RegExp): Promise<void> {
    const message = await this.sees(words)
    await message.getByRole('button', { name: button, exact: true }).click()
  }

  async leave(): Promise<void> {
    await this.page.context().close()
  }
}

/**
 * Takes a picture for the guide, where one asks for it: `SCREENSHOTS=docs/images npx vitest run test/scenarios`, then
 * `pngquant` over the folder.
 */
export async function picture({ page }: Seat, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS
  if (!folder) return
  await page.locator('.toast').first().waitFor({ state: 'detached' })
  await page.screenshot({ path: `${folder}/${name}.png` })
}
