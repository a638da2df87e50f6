import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { botId, startWebKit, type WebKit } from './kit.ts'

let kit: WebKit
let hoa: number
let duc: number
let group: number

beforeAll(async () => {
  kit = await startWebKit(() => {}, {
    title: 'Phường thử',
    seats: () => [{ account: duc, label: 'Chủ tịch phường', leading: true }],
  })
  const { world } = kit.sandbox
  hoa = world.addUser({ name: 'Nguyễn Thị Hoa', person: 'ĐV0001' }).id
  duc = world.addUser({ name: 'Trần Văn Đức', person: 'ĐV0002' }).id
  for (let nth = 1; nth <= 80; nth++) world.addUser({ name: `Người Thứ ${nth}`, person: `ĐV1${nth}` })
  group = world.addGroup({ title: 'Chi bộ số 1', members: [hoa, duc], supergroup: true, bot: 'member' }).id
  world.say({ from: duc, chat: group, text: 'Chào <script>alert(1)</script> & "các đồng chí"' })
})
afterAll(() => kit.stop())

describe('the seats', () => {
  test('people who are said to be useful come first, with their label', async () => {
    const page = await kit.page('/')
    expect(page).toContain('Chủ tịch phường')
    expect(page.indexOf('Trần Văn Đức')).toBeLessThan(page.indexOf('Nguyễn Thị Hoa'))
    expect(page).toContain('Còn 21 người nữa')
  })

  test.each(['duc tran', 'TRẦN đức', 'ĐV0002', 'dv0002', 'chu tich'])('«%s» finds the chair', async (words) => {
    const found = await kit.page(`/seats?q=${encodeURIComponent(words)}`)
    expect(found).toContain('Tìm thấy 1 người')
    expect(found).toContain('Trần Văn Đức')
  })

  test('a search works without script, as a page', async () => {
    expect(await kit.page('/?q=hoa')).toContain('Nguyễn Thị Hoa')
  })

  test('who comes from a group stays in it', async () => {
    expect(await kit.page(`/seats?q=hoa&chat=${group}`)).toContain(`/p/${hoa}/c/${group}"`)
    expect(await kit.page(`/seats?q=Thu+7&chat=${group}`)).not.toContain(`/c/${group}"`)
  })

  test('somebody new can be added and is sat in at once', async () => {
    const added = await kit.send('/people', { name: 'Lê Mới', phone: '0100000001' })
    expect(added.status).toBe(303)
    expect(await kit.page(added.headers.get('location') ?? '')).toContain('Lê Mới')
    const refused = await kit.send('/people', { name: ' ' })
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('Tên không được để trống.')
  })
})

describe('the chats of a seat', () => {
  test('each shows what is unread in it until it is opened', async () => {
    expect(await kit.page(`/p/${hoa}`)).toContain('1 tin chưa đọc')
    await kit.page(`/p/${hoa}/c/${group}`)
    expect(await kit.page(`/p/${hoa}`)).not.toContain('chưa đọc')
  })

  test('what one has written oneself is not unread', async () => {
    expect(await kit.page(`/p/${duc}`)).not.toContain('chưa đọc')
  })

  test('nobody unknown can be sat in, nor a bot', async () => {
    expect((await kit.get('/p/1')).status).toBe(404)
    expect((await kit.get(`/p/${botId}`)).status).toBe(404)
  })
})

describe('one chat', () => {
  test('what people write is shown as text, never as markup', async () => {
    const page = await kit.page(`/p/${hoa}/c/${group}`)
    expect(page).toContain('Chào &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;các đồng chí&quot;')
    expect(page).not.toContain('<script>alert')
  })

  test('names and titles are text too', async () => {
    const { world } = kit.sandbox
    const odd = world.addUser({ name: '<img src=x onerror=alert(1)>' }).id
    const chat = world.addGroup({ title: '"><b>', members: [odd] }).id
    for (const path of [`/?q=img`, `/p/${odd}`, `/p/${odd}/c/${chat}`, `/p/${odd}/c/${chat}/info`]) {
      const page = await kit.page(path)
      expect(page).not.toContain('<img src=x')
      expect(page).not.toContain('"><b>')
    }
  })

  test('links of a message lead nowhere but to the web', async () => {
    kit.sandbox.world.say({
      from: duc,
      chat: group,
      text: 'xấu tốt',
      entities: [
        { type: 'text_link', offset: 0, length: 3, url: 'http://example.com/"onclick="x' },
        { type: 'bold', offset: 4, length: 3 },
      ],
    })
    const page = await kit.page(`/p/${hoa}/c/${group}`)
    expect(page).toContain('<strong>tốt</strong>')
    expect(page).not.toContain('onclick="x')
    expect(page).not.toContain('href="javascript')
  })

  test('an outsider cannot look into a group', async () => {
    const outsider = kit.sandbox.world.addUser({ name: 'Ngoài Cuộc' }).id
    const refused = await kit.get(`/p/${outsider}/c/${group}`)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain('không ở trong nhóm')
  })

  test('a long chat begins with its end, and shows more on request', async () => {
    const { world } = kit.sandbox
    const chat = world.addGroup({ title: 'Dài', members: [hoa] }).id
    for (let nth = 1; nth <= 130; nth++) world.say({ from: hoa, chat, text: `tin số ${nth}.` })
    const page = await kit.page(`/p/${hoa}/c/${chat}`)
    expect(page).toContain('tin số 130.')
    expect(page).not.toContain('tin số 70.')
    expect(await kit.page(`/p/${hoa}/c/${chat}?last=120`)).toContain('tin số 70.')
  })

  test('a group that moved leads on to the new one', async () => {
    const { world } = kit.sandbox
    const chat = world.addGroup({ title: 'Sẽ chuyển', members: [hoa] }).id
    const moved = world.migrateGroup(chat).id
    expect(await kit.page(`/p/${hoa}`)).toContain(`/c/${moved}"`)
    expect(await kit.page(`/p/${hoa}`)).not.toContain(`/c/${chat}"`)
  })
})

describe('style sheet and scripts', () => {
  test('all come from here', async () => {
    const page = await kit.page('/')
    const addresses = [...page.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].flatMap((match) => match[1] ?? [])
    expect(addresses).toHaveLength(5)
    for (const address of addresses) expect((await kit.get(address)).status).toBe(200)
    expect(page).not.toMatch(/(?:src|href)="https?:/)
  })
})
