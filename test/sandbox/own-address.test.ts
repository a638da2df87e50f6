import { once } from 'node:events'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nameIn } from '../../src/sandbox/index.ts'
import { type Kit, startKit, TOKEN } from './kit.ts'

let kit: Kit
let port: string
beforeAll(async () => {
  kit = await startKit()
  port = new URL(kit.sandbox.url).port
})
afterAll(() => kit.sandbox.close())

/** The status of a request whose every line is ours: `fetch` writes Host and Origin itself. */
async function status(request: string, headers: Record<string, string>, body = ''): Promise<number> {
  const socket = connect(Number(port), '127.0.0.1')
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' })
  socket.write(`${request}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`)
  let answer = ''
  socket.on('data', (part) => {
    answer += part.toString()
  })
  await once(socket, 'close')
  return Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1])
}

const reads = (headers: Record<string, string>) => status('GET /people/users HTTP/1.1', headers)
const writes = (headers: Record<string, string>) =>
  status('POST /people/users HTTP/1.1', { 'content-type': 'text/plain', ...headers }, '{"name":"Kẻ lạ"}')

describe('the people’s side of the sandbox', () => {
  it.each([['127.0.0.1:{port}'], ['LocalHost:{port}'], ['localhost.'], ['[::1]:{port}'], ['127.0.0.1']])(
    'answers to this machine by the name %s',
    async (host) => {
      expect(await reads({ host: host.replace('{port}', port) })).toBe(200)
    },
  )

  it.each([
    ['evil.example'],
    ['EVIL.example.:{port}'],
    ['127.0.0.1.evil.example:{port}'],
    ['localhost.evil.example'],
    ['127.0.0.1@evil.example'],
    ['[::ffff:10.0.0.9]:{port}'],
    ['[2001:db8::1]'],
    ['0.0.0.0:{port}'],
    ['127.0.0.1/evil.example'],
    [''],
  ])('refuses a foreign name that was pointed here: «%s»', async (host) => {
    expect(await reads({ host: host.replace('{port}', port) })).toBe(421)
    expect(await writes({ host: host.replace('{port}', port) })).toBe(421)
  })

  it('refuses a request without a name', async () => {
    expect(await status('GET /people/users HTTP/1.0', {})).toBe(421)
    expect(await status('GET /people/users HTTP/1.1', {})).toBe(400)
  })

  it('takes what programs and its own pages send, and refuses pages of another address, to write and to read', async () => {
    const host = `127.0.0.1:${port}`
    const before = kit.sandbox.world.users().length
    for (const origin of [
      'https://evil.example',
      'null',
      `http://127.0.0.1:${Number(port) - 1}`,
      `http://${host}.evil.example`,
      '',
    ]) {
      expect([origin, await writes({ host, origin }), await reads({ host, origin })]).toEqual([origin, 403, 403])
    }
    for (const site of ['cross-site', 'same-site']) {
      expect([await writes({ host, 'sec-fetch-site': site }), await reads({ host, 'sec-fetch-site': site })]).toEqual([
        403, 403,
      ])
    }
    expect(kit.sandbox.world.users().length).toBe(before)
    expect(await writes({ host, origin: `http://${host}` })).toBe(200)
    expect(await writes({ host: `LOCALHOST:${port}`, origin: `http://localhost:${port}` })).toBe(200)
    expect(await writes({ host })).toBe(200)
  })

  it('also gives away the whole world to nobody else: snapshot, clock and files', async () => {
    for (const path of ['snapshot', 'clock', 'calls', 'files/x/y', 'nothing']) {
      expect(await status(`GET /people/${path} HTTP/1.1`, { host: 'evil.example' })).toBe(421)
    }
  })

  it('while a bot, which shows its token, comes by whatever name', async () => {
    expect(await status(`POST /bot${TOKEN}/getMe HTTP/1.1`, { host: 'telegram.phuong.example' })).toBe(200)
  })
})

it('a name is compared without case, port, dot at the end and spelling of its number', () => {
  const same = ['10.0.0.5', '10.0.0.5:80', '10.0.0.5.', '0x0a.0.0.5', '[::ffff:10.0.0.5]', '[::FFFF:0A00:0005]:81']
  expect(same.map((name) => nameIn(name))).toEqual(same.map(() => '10.0.0.5'))
  expect(['', 'a b', 'a/b', 'a@b', 'a:b', '[::1', undefined].map((name) => nameIn(name))).toEqual(Array(7).fill(null))
})
