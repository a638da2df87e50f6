import { once } from 'node:events'
import { connect, createServer, type Server } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest'
import { mayPassAtDatabase, touchDatabase } from '../src/platform/reach-database.ts'
import { type Sandbox, startSandbox } from '../src/sandbox/index.ts'
import { testToken } from './support/app.ts'
import { databaseForPrograms } from './support/database.ts'
import { startForwarder } from './support/forwarder.ts'
import { killPrograms, startProgram } from './support/program.ts'

let sandbox: Sandbox
let database: Awaited<ReturnType<typeof databaseForPrograms>>
beforeAll(async () => {
  sandbox = await startSandbox({ bots: [{ token: testToken, username: 'lienchi_bot', name: 'Liên Chi' }] })
  database = await databaseForPrograms()
})
afterEach(killPrograms)
afterAll(async () => {
  await sandbox.close()
  await database.drop()
})

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** Where nobody listens yet. */
async function freePort(): Promise<number> {
  const server = createServer()
  const port = await listening(server)
  server.close()
  await once(server, 'close')
  return port
}

const read = async (port: number, path: string) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`)
  return [response.status, await response.text()]
}

describe('a start that cannot reach', { timeout: 60_000 }, () => {
  it('Telegram waits, says so on the screen and on PORT without the token, and goes on when it comes', async () => {
    const [port, telegram] = [await freePort(), await freePort()]
    const program = startProgram({
      ...database.settings,
      BOT_TOKEN: testToken,
      BOT_API_ROOT: `http://127.0.0.1:${telegram}`,
      PORT: String(port),
    })
    const output = await program.prints('tự thử lại')
    expect(output).toContain(`Chưa tới được máy chủ Telegram http://127.0.0.1:${telegram}`)
    expect(output).not.toContain(testToken)
    await expect
      .poll(() => read(port, '/readyz').catch(() => [0]))
      .toEqual([503, expect.stringMatching(/^waitingForTelegram: /)])
    // To be started anew would not help it.
    expect((await read(port, '/healthz'))[0]).toBe(200)

    const wire = await startForwarder(telegram)
    wire.targets = [sandbox.url]
    await program.address()
    expect(await read(port, '/readyz')).toEqual([200, 'ok'])
    expect(await read(port, '/healthz')).toEqual([200, 'ok'])
    program.child.kill('SIGTERM')
    expect((await program.ends()).code).toBe(0)
    await wire.close()
  })

  it('its database waits, says so, and ends at once on Ctrl-C', async () => {
    const program = startProgram({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' })
    await program.prints('Chưa kết nối được với cơ sở dữ liệu (DATABASE_URL)')
    program.child.kill('SIGINT')
    const { code, output } = await program.ends()
    expect(code).toBe(0)
    expect(output).toContain('Đã dừng.')
  })
})

it('a token that Telegram refuses ends the start', { timeout: 60_000 }, async () => {
  const wrong = '123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
  const settings = { ...database.settings, BOT_TOKEN: wrong, BOT_API_ROOT: sandbox.url }
  const { code, output } = await startProgram(settings).ends()
  expect(code).toBe(1)
  expect(output).toContain('Telegram không nhận BOT_TOKEN này')
  expect(output).not.toContain(wrong)
})

/** A server that takes the connection and refuses to begin, as PostgreSQL does: one ErrorResponse with that SQLSTATE. */
async function refusing(code: string, message: string): Promise<{ url: string; server: Server }> {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`)
  const head = Buffer.alloc(5)
  head.write('E')
  head.writeInt32BE(fields.length + 4, 1)
  const server = createServer((socket) => socket.once('data', () => socket.end(Buffer.concat([head, fields]))))
  return { url: `postgresql://nobody@127.0.0.1:${await listening(server)}/nothing`, server }
}

it.each([
  ['57P03', 'the database system is starting up', true],
  ['53300', 'sorry, too many clients already', true],
  ['28P01', 'password authentication failed for user "nobody"', false],
  ['28000', 'role "nobody" is not permitted to log in', false],
  ['3D000', 'database "nothing" does not exist', false],
])('of what PostgreSQL refuses with, %s (%s) is waited for: %s', async (code, message, isWaitedFor) => {
  const { url, server } = await refusing(code, message)
  const error: unknown = await touchDatabase(url).then(
    () => null,
    (failure) => failure,
  )
  server.close()
  expect(error).toMatchObject({ code })
  expect(mayPassAtDatabase(error)).toBe(isWaitedFor)
})

it('a name that is not known (yet), a port that is closed and a connection that breaks off are waited for', async () => {
  const breaking = createServer((socket) => socket.destroy())
  const urls = [
    'postgresql://nobody@no-such-host.invalid/nothing',
    `postgresql://nobody@127.0.0.1:${await freePort()}/nothing`,
    `postgresql://nobody@127.0.0.1:${await listening(breaking)}/nothing`,
  ]
  for (const url of urls) {
    const error: unknown = await touchDatabase(url).then(
      () => null,
      (failure) => failure,
    )
    expect(mayPassAtDatabase(error), url).toBe(true)
  }
  breaking.close()
})

if (inject('postgres') !== '') {
  it('a start goes on when its database comes, and ends where the server knows no such database', {
    timeout: 60_000,
  }, async () => {
    const url = new URL(database.settings.DATABASE_URL ?? '')
    const [host, serverPort] = [url.hostname, Number(url.port || 5432)]
    const port = await freePort()
    url.host = `127.0.0.1:${port}`
    const program = startProgram({ DATABASE_URL: url.href })
    await program.prints('Chưa kết nối được với cơ sở dữ liệu (DATABASE_URL)')
    const wire = createServer((socket) => {
      const server = connect(serverPort, host)
      socket.pipe(server).pipe(socket)
      for (const end of [socket, server]) end.on('error', () => socket.destroy())
    })
    wire.listen(port, '127.0.0.1')
    await program.address()
    program.child.kill('SIGTERM')
    expect((await program.ends()).code).toBe(0)
    wire.close()

    url.host = `${host}:${serverPort}`
    url.pathname = '/no_such_database'
    const { code, output } = await startProgram({ DATABASE_URL: url.href }).ends()
    expect(code).toBe(1)
    expect(output).toContain('không kết nối được với cơ sở dữ liệu (DATABASE_URL)')
  })
}
