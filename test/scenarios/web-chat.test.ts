import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTheatre, type Theatre } from '../../src/demo/theatre.ts'
import { openWebChat } from '../../src/demo/web-chat.ts'
import { loadTexts } from '../../src/platform/texts.ts'
import { unpaced } from '../../src/telegram/pace.ts'
import { chromiumPath, desk, draw, phone, startBrowser } from '../sandbox/web/browser.ts'
import { openTestDatabase } from '../support/database.ts'
import { picture, Seat } from './seat.ts'

/** A lane after the clean-up: the photo that a member sends. */
const lane = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="320">
<rect width="480" height="320" fill="#cfe3ee"/><path d="M0 60 150 120V320H0z" fill="#e0b98a"/><path d="M480 40 330 120V320h150z" fill="#c98f6b"/>
<path d="M150 120h180v60H150z" fill="#7fa66b"/><path d="M190 180h100l120 140H70z" fill="#b9b4ab"/>
<path d="M30 150h50v60H30zM390 140h50v70h-50z" fill="#6a4a3a"/><circle cx="240" cy="120" r="46" fill="#5e8f52"/></svg>`

describe.skipIf(!chromiumPath)('people of the ward in the web chat', { timeout: 60_000 }, () => {
  let theatre: Theatre
  let server: Server
  let browser: Browser
  let url: string
  const seats: Seat[] = []
  const branch = 'Chi bộ tổ dân phố số 1'

  beforeAll(async () => {
    browser = await startBrowser()
    theatre = await openTheatre(loadTexts(), { database: await openTestDatabase(), pace: unpaced })
    await theatre.app.settle()
    server = createServer(getRequestListener(openWebChat(theatre.app, theatre.sandbox).fetch))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(async () => {
    for (const seat of seats) await seat.leave()
    await browser.close()
    server.closeAllConnections()
    server.close()
    await theatre.close()
  })

  /** Somebody found by what they are. */
  const sit = async (words: string, screen = desk) => {
    const seat = await Seat.take(browser, url, words, screen)
    seats.push(seat)
    return seat
  }

  /** Somebody whom nobody knows yet, on a telephone. */
  const join = async (name: string) => {
    const seat = await Seat.add(browser, url, name, phone)
    seats.push(seat)
    return seat
  }

  test('a secretary with a new telephone is invited, reads the notice on personal data and joins', async () => {
    const officer = await sit('Quản lý sổ')
    const old = await sit('Bí thư chi bộ tổ dân phố số 5', phone)
    const name = await old.name()
    await officer.open('Liên Chi')
    await officer.write(`/moi ${name}`)
    await officer.press('Mời lại (đổi máy, đổi số)', 'Tên trên Telegram')
    const letter = await (await officer.sees('Kính gửi đồng chí')).innerText()
    const code = /mã ([A-Z0-9]{4}-[A-Z0-9]{4})/.exec(letter)?.[1] ?? ''

    const fresh = await join(name)
    await fresh.open('Liên Chi')
    await fresh.page.getByRole('button', { name: 'Bắt đầu', exact: true }).click()
    await fresh.sees('chưa được kết nối')
    await fresh.write(code)
    await fresh.press('Tôi đồng ý', 'Thông báo về dữ liệu cá nhân')
    await fresh.sees('gõ năm sinh')
    const { accessCode } = theatre.app.services.database
    const invited = await accessCode.findFirst({ orderBy: { id: 'desc' }, include: { person: true } })
    await fresh.write(String(invited?.person?.birthYear))
    await fresh.sees('kết nối nhóm của chi bộ')
    await officer.sees(`Đồng chí ${name} đã kết nối`)
  })

  test('a leader issues a notice to all branches, and a secretary confirms it in the group', async () => {
    const leader = await sit('Bí thư Đảng ủy')
    await leader.open('Liên Chi')
    await leader.write('/thongbao Mời các chi bộ dự hội nghị lúc 19:30, thứ Sáu 06/11/2026, tại hội trường phường.')
    await leader.press('Chọn tất cả', 'Gửi thông báo tới những chi bộ nào?')
    await leader.press('Xem trước', 'Đã chọn 15/15')
    await leader.press('Gửi', 'Xem trước thông báo')
    await leader.sees('Đã gửi Thông báo số')

    const secretary = await sit('Bí thư chi bộ tổ dân phố số 1', phone)
    await secretary.page.getByText('tin chưa đọc').first().waitFor()
    await secretary.open(branch)
    await secretary.sees('Thông báo của Đảng ủy')
    await picture(secretary, 'web-chat-notice-phone')
    await secretary.press('Đã nhận thông báo', 'Thông báo của Đảng ủy')
    await secretary.sees('Đã xác nhận')

    await leader.write('/tinhhinh')
    await leader.sees('1/15')
    await picture(leader, 'web-chat-desk')
  })

  test('a member reports on a task with a photo, and the secretary accepts', async () => {
    const member = await sit('Chi bộ tổ dân phố số 1', phone)
    const secretary = await sit('Bí thư chi bộ tổ dân phố số 1')
    await secretary.open(branch)
    await secretary.write(`/giaoviec ${member.number}: Dọn vệ sinh ngõ 12; hạn thứ 7 tuần này`)
    await secretary.press('Giao việc', 'Giao việc này?')
    await secretary.sees('Nhiệm vụ số 1')

    await member.open('Liên Chi')
    await member.press('Báo cáo kết quả', 'được giao Nhiệm vụ số 1')
    await member.sees('Kết quả Nhiệm vụ số 1')
    await member.send(
      { name: 'ngo-12.png', mimeType: 'image/png', buffer: await draw(browser, lane) },
      'Đã dọn xong ngõ 12',
    )
    await member.sees('Đã nhận báo cáo Nhiệm vụ số 1')
    await picture(member, 'web-chat-report-phone')

    await secretary.open('Liên Chi')
    await secretary.press('Chấp nhận', 'Đã dọn xong ngõ 12')
    await secretary.open(branch)
    await secretary.sees('chấp nhận')
  })

  test('a branch votes in its group, and the result is shown', async () => {
    const secretary = await sit('Bí thư chi bộ tổ dân phố số 1')
    await secretary.open(branch)
    await secretary.write('/bieuquyet Thông qua kế hoạch tổng vệ sinh tháng 11')
    await secretary.press('Mở biểu quyết', 'Xem lại trước khi mở')
    await secretary.press('Tán thành', 'Đề nghị đồng chí bấm một nút')
    const member = await sit('Chi bộ tổ dân phố số 1', phone)
    await member.open(branch)
    await member.press('Không tán thành', 'Đề nghị đồng chí bấm một nút')
    await member.press('Tán thành', 'Đề nghị đồng chí bấm một nút')
    await secretary.sees('Đã biểu quyết: 2/')
    await picture(member, 'web-chat-vote-phone')
    await secretary.press('Kết thúc biểu quyết', 'Đề nghị đồng chí bấm một nút')
    await secretary.press('Kết thúc', 'Sau khi kết thúc')
    await secretary.sees('Kết quả thăm dò số 1')
  })

  test('none of the pages complained', () => {
    expect(seats.flatMap(({ errors }) => errors)).toEqual([])
  })
})
