import { request } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startWebChat } from '../../../src/sandbox/index.ts'
import { startWebKit, type WebKit } from './kit.ts'

let kit: WebKit
let an: number

beforeAll(async () => {
  kit = await startWebKit()
  an = kit.sandbox.world.addUser({ name: 'An' }).id
})
afterAll(() => kit.stop())

/** fetch sets Host itself, so this asks on bare node:http. */
function statusFor(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request(kit.url, { headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}

test('pages answer only to names of this machine, so that no foreign name can be pointed here', async () => {
  const { port } = new URL(kit.url)
  expect(await statusFor(`127.0.0.1:${port}`)).toBe(200)
  for (const name of ['localhost', 'LOCALHOST', 'localhost.', '[::1]'])
    expect(await statusFor(`${name}:${port}`)).toBe(200)
  expect(await statusFor('evil.example')).toBe(421)
  expect(await statusFor(`127.0.0.1.evil.example:${port}`)).toBe(421)
})

test('forms are taken only from pages of this origin', async () => {
  const { state } = kit.sandbox.world
  const before = state.data.accounts.size
  for (const origin of ['http://evil.example', 'null', `${kit.url}0`]) {
    expect((await kit.send('/people', { name: 'Lạ' }, { origin })).status).toBe(403)
  }
  expect((await kit.get('/', { origin: 'null' })).status).toBe(403)
  const bare = await fetch(`${kit.url}/people`, { method: 'POST', body: new URLSearchParams({ name: 'Lạ' }) })
  expect(bare.status).toBe(403)
  expect(state.data.accounts.size).toBe(before)
})

test('nothing runs or frames that is not from here', async () => {
  const response = await kit.get(`/p/${an}`)
  const rule = response.headers.get('content-security-policy')
  expect(rule).toContain("default-src 'self'")
  expect(rule).toContain("frame-ancestors 'none'")
  expect(await response.text()).not.toMatch(/<script(?![^>]*\ssrc=)|\sstyle="|\son\w+="/)
})

test('a page that somebody sent as a file does not run as one of ours', async () => {
  const { world } = kit.sandbox
  world.sendFile({
    from: an,
    chat: an,
    name: 'trang.html',
    mime: 'text/html',
    bytes: Buffer.from('<script>alert(1)</script>'),
    as: 'document',
  })
  const page = await kit.page(`/p/${an}/c/7000000001`)
  const address = /href="(\/files\/[^"]+)"/.exec(page)?.[1] ?? ''
  const file = await kit.get(address)
  expect(file.headers.get('content-security-policy')).toContain('sandbox')
})

test('the way back after a form stays on these pages', async () => {
  const moved = await kit.send('/clock', { move: 'PT1H', back: '//evil.example/' })
  expect(moved.headers.get('location')).toMatch(/^\/\?said=/)
})

test('it is served on a port of its own, on this machine only', async () => {
  const server = await startWebChat(kit.sandbox)
  expect(new URL(server.url).hostname).toBe('127.0.0.1')
  expect(await (await fetch(server.url)).text()).toContain('Ngồi vào ghế của ai?')
  await server.close()
})
