import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataFolder } from './support/database.ts'
import { killPrograms, startProgram } from './support/program.ts'

let folder: string
beforeEach(async () => {
  folder = dataFolder()
})
afterEach(async () => {
  await killPrograms()
  rmSync(folder, { recursive: true, force: true })
})

const start = (settings: Record<string, string>) => startProgram({ DATA_DIR: folder, ...settings })

describe('the program', { timeout: 60_000 }, () => {
  it('starts with nothing, prints the one-time code, and ends cleanly on Ctrl-C', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'lien-chi-start-'))
    const program = start({ DATA_DIR: empty })
    const output = await program.prints('Bấm Ctrl-C')
    expect(output).toMatch(/Hộp thử .*: http:\/\/127\.0\.0\.1:\d+/)
    expect(output).toMatch(/MÃ KHỞI ĐẦU \(dùng một lần\): [A-Z0-9]{4}-[A-Z0-9]{4}/)
    program.child.kill('SIGINT')
    const { code, output: whole } = await program.ends()
    expect(code).toBe(0)
    expect(whole).toContain('Đã dừng.')
    rmSync(empty, { recursive: true })
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

  it('names HOST when this machine has no such address', async () => {
    const { code, output } = await start({ HOST: '203.0.113.1' }).ends()
    expect(code).toBe(1)
    expect(output).toContain('«203.0.113.1» của HOST không dùng được')
  })
})
