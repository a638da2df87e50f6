import { request } from 'node:http'
import { networkInterfaces } from 'node:os'
import { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readConfig } from '../src/config.ts'
import { pageDoor, pageUrl } from '../src/page-door.ts'
import { startWebServer, type WebServer } from '../src/web/server.ts'

const settings = readConfig({
  HOST: '0.0.0.0',
  ALLOWED_HOSTS: 'giam-sat.phuong.example, Mon.local:9090',
  BOT_TOKEN: '123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  WEBHOOK_URL: 'https://bot.phuong.example/telegram/updates',
  WEBHOOK_SECRET: 'x',
})
const interfaces = Object.values(networkInterfaces()).flatMap((each) => each ?? [])
const other = interfaces.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.2'
let web: WebServer
beforeAll(async () => {
  const pages = new Hono().all('*', (c) => c.text('ok'))
  web = await startWebServer(pages, 0, settings.host, pageDoor(settings))
})
afterAll(() => web.close())

function ask(path: string, headers: Record<string, string>, at = '127.0.0.1', method = 'GET'): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: at, port: web.port, path, method, headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}

describe('the pages on PORT', () => {
  it('answer to this machine, to the address they were reached at, and to the names that the settings allow', async () => {
    const names = ['127.0.0.1', 'localhost:8080', 'LOCALHOST.', 'giam-sat.phuong.example', 'mon.local', 'MON.local:1']
    for (const host of names) expect([host, await ask('/metrics', { host })]).toEqual([host, 200])
    // Another address of the same machine, as a probe or a neighbour on the network would name it.
    expect(await ask('/healthz', { host: `${other}:${web.port}` }, other)).toBe(200)
    expect(await ask('/healthz', { host: other }, '127.0.0.1')).toBe(421)
  })

  it('answer to no other name, nor to «everywhere», which pages of anywhere can ask at', async () => {
    for (const host of ['evil.example', 'phuong.example', '0.0.0.0', '[::]', 'null', 'bot.phuong.example']) {
      expect([host, await ask('/metrics', { host })]).toEqual([host, 421])
    }
  })

  it('take the webhook by its own name on its own path, and nothing else there', async () => {
    const host = 'bot.phuong.example'
    expect(await ask('/telegram/updates', { host }, '127.0.0.1', 'POST')).toBe(200)
    expect(await ask('/telegram/updates?x=1', { host: 'BOT.phuong.example.:443' }, '127.0.0.1', 'POST')).toBe(200)
    for (const path of ['/telegram/updates/', '/telegram', '/tools/backup', '/healthz', '/TELEGRAM/updates']) {
      expect([path, await ask(path, { host }, '127.0.0.1', 'POST')]).toEqual([path, 421])
    }
  })

  it('take nothing from pages of another address', async () => {
    const host = 'localhost'
    for (const origin of ['https://evil.example', 'null', 'http://localhost:1']) {
      expect(await ask('/tools/leave', { host, origin }, '127.0.0.1', 'POST')).toBe(403)
      expect(await ask('/metrics', { host, origin })).toBe(403)
    }
    expect(await ask('/tools/leave', { host, origin: 'http://localhost' }, '127.0.0.1', 'POST')).toBe(200)
    expect(await ask('/tools/leave', { host, 'sec-fetch-site': 'cross-site' }, '127.0.0.1', 'POST')).toBe(403)
  })
})

it('their address is one that a browser opens, whatever they listen on', () => {
  const hosts = ['127.0.0.1', '0.0.0.0', '::', '::1', 'may.phuong.example']
  expect(hosts.map((host) => pageUrl(host, 80))).toEqual([
    'http://127.0.0.1:80',
    'http://127.0.0.1:80',
    'http://127.0.0.1:80',
    'http://[::1]:80',
    'http://may.phuong.example:80',
  ])
})
