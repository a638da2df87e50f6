import { once } from 'node:events'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/index.ts'
import { createBot } from '../../src/telegram/bot.ts'

const token = '7000000001:SANDBOX-token-for-the-proxy-test-00'
let sandbox: Sandbox
beforeAll(async () => {
  sandbox = await startSandbox({ bots: [{ token, username: 'proxied_bot', name: 'Qua proxy' }] })
})
afterAll(() => sandbox.close())

it('the bot reaches its server through the proxy that is set, and only through it', async () => {
  const asked: string[] = []
  const proxy = createServer()
  proxy.on('connect', (request, client) => {
    asked.push(request.url ?? '')
    const { hostname, port } = new URL(`http://${request.url}`)
    const server = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      server.pipe(client).pipe(server)
    })
    server.on('error', () => client.destroy())
    client.on('error', () => server.destroy())
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const bot = createBot({ token, apiRoot: sandbox.url, proxy: `http://127.0.0.1:${port}` })
  expect((await bot.api.getMe()).username).toBe('proxied_bot')
  expect(asked).toEqual([new URL(sandbox.url).host])
  proxy.close()
  proxy.closeAllConnections()
  await expect(
    createBot({ token, apiRoot: sandbox.url, proxy: `http://127.0.0.1:${port}` }).api.getMe(),
  ).rejects.toThrow()
})
