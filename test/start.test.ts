import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

let folder: string
const running: ChildProcess[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lien-chi-start-'))
})
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue
    child.kill('SIGKILL')
    await once(child, 'exit')
  }
  rmSync(folder, { recursive: true, force: true })
})

/** The program as `npm start` runs it, on a folder and ports of its own. */
function start(settings: Record<string, string>) {
  const child = spawn(process.execPath, ['src/main.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0', SANDBOX_PORT: '0', EMPTY: '1', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  let output = ''
  const waiting: (() => void)[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part: Buffer) => {
      output += part.toString()
      for (const wake of waiting.splice(0)) wake()
    })
  }
  return {
    child,
    /** What it printed until that part appeared. */
    prints: async (part: string) => {
      while (!output.includes(part)) {
        const ended = once(child, 'exit').then(([code]) => `ended with ${code}: ${output}`)
        const more = new Promise<null>((resolve) => waiting.push(() => resolve(null)))
        const end = await Promise.race([ended, more])
        if (end !== null && !output.includes(part)) throw new Error(end)
      }
      return output
    },
    ends: async () => {
      const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode]
      return { code, output }
    },
  }
}

describe('the program', { timeout: 60_000 }, () => {
  it('starts with nothing, prints the one-time code, and ends cleanly on Ctrl-C', async () => {
    const program = start({})
    const output = await program.prints('Bấm Ctrl-C')
    expect(output).toMatch(/Hộp thử .*: http:\/\/127\.0\.0\.1:\d+/)
    expect(output).toMatch(/MÃ KHỞI ĐẦU \(dùng một lần\): [A-Z0-9]{4}-[A-Z0-9]{4}/)
    program.child.kill('SIGINT')
    const { code, output: whole } = await program.ends()
    expect(code).toBe(0)
    expect(whole).toContain('Đã dừng.')
  })

  it('refuses a data folder that another program has, and names that program', async () => {
    const first = start({})
    await first.prints('Bấm Ctrl-C')
    const { code, output } = await start({}).ends()
    expect(code).toBe(1)
    expect(output).toContain(folder)
    expect(output).toContain(`tiến trình số ${first.child.pid}`)
  })

  it.each(['PORT', 'SANDBOX_PORT'])('names %s when its port is taken', async (setting) => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address !== null ? String(address.port) : ''
    const { code, output } = await start({ [setting]: port }).ends()
    taken.close()
    expect(code).toBe(1)
    expect(output).toContain(`cổng ${port} (${setting}) đang có chương trình khác dùng`)
  })

  it('says so when the database cannot be reached', async () => {
    const { code, output } = await start({ DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/nothing' }).ends()
    expect(code).toBe(1)
    expect(output).toContain('không kết nối được với cơ sở dữ liệu (DATABASE_URL)')
  })

  it('says so when Telegram cannot be reached, and never shows the token', async () => {
    const token = '123456789:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
    const { code, output } = await start({ BOT_TOKEN: token, BOT_API_ROOT: 'http://127.0.0.1:1' }).ends()
    expect(code).toBe(1)
    expect(output).toContain('không tới được máy chủ Telegram http://127.0.0.1:1')
    expect(output).not.toContain(token)
  })
})
