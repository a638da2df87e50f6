import { existsSync } from 'node:fs'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const places = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** The system's own Chromium; nothing is downloaded. */
export const chromiumPath: string | undefined = places.find((path) => path !== undefined && existsSync(path))

if (!chromiumPath) console.log('No Chromium on this machine: browser tests are skipped (apt-get install chromium).')

export const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
export const desk: BrowserContextOptions = { viewport: { width: 1280, height: 800 } }

export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(chromiumPath ? { executablePath: chromiumPath } : {}),
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
  })
}

/** A page that fails the test when it meets an error of its own: what the console says, what is thrown. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions,
): Promise<{ page: Page; errors: string[] }> {
  const context = await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return { page, errors }
}

/** How far the page is wider than the screen; 0 where nobody has to scroll sideways. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}

/** The letters of a browser whose owner asked for larger ones. */
export async function setLetters(page: Page, pixels: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Page.setFontSizes', { fontSizes: { standard: pixels } })
}

/** A drawing as the PNG file that a camera would have made of it. */
export async function draw(browser: Browser, svg: string): Promise<Buffer> {
  const page = await browser.newPage()
  await page.setContent(`<body style="margin:0">${svg}`)
  const png = await page.locator('svg').screenshot()
  await page.close()
  return png
}
