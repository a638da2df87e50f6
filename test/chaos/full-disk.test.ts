import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { dataFolder } from '../support/database.ts'

const run = promisify(execFile)
let place: string
let data: string
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'lien-chi-disk-'))
  data = dataFolder()
})
afterEach(() => {
  for (const folder of [place, data]) rmSync(folder, { recursive: true, force: true })
})

/** What the program says on a disk of its own, of so many megabytes, after that was done there. The disk goes with the process. */
async function startOn(megabytes: number, first: string): Promise<{ code: number; said: string }> {
  const script = `mount -t tmpfs -o size=${megabytes}m tmpfs "$0" && cd "$0" && { ${first}; } 2>&1; cd "$2"; exec "$1" src/main.ts 2>&1`
  const names = process.getuid?.() === 0 ? [] : ['--map-root-user']
  const env = { PATH: process.env.PATH, DATA_DIR: join(place, 'data'), PORT: '0', SANDBOX_PORT: '0', EMPTY: '1' }
  const shell = ['--mount', ...names, 'sh', '-c', script, place, process.execPath, join(import.meta.dirname, '../..')]
  try {
    const { stdout } = await run('unshare', shell, { env, timeout: 60_000 })
    return { code: 0, said: stdout }
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string }
    return { code, said: stdout }
  }
}

const sentence = (said: string) => said.split('\n').filter((line) => line.startsWith('Không khởi động được'))
const full = /^Không khởi động được: ổ đĩa chứa thư mục dữ liệu .* đã đầy\. Hãy dọn/

it('a start on a disk too small for a new database says that the disk is full', { timeout: 90_000 }, async () => {
  const { code, said } = await startOn(20, 'true')
  expect([code, sentence(said)]).toEqual([1, [expect.stringMatching(full)]])
  expect(said).not.toMatch(/^ {4}at /m)
})

it('a start on a disk that was filled since says that the disk is full', { timeout: 90_000 }, async () => {
  const fill = `mkdir data; cp -r '${data}/pglite' data/; dd if=/dev/zero of=fill bs=64k; true`
  const { code, said } = await startOn(250, fill)
  expect([code, sentence(said)]).toEqual([1, [expect.stringMatching(full)]])
  expect(said).not.toMatch(/^ {4}at /m)
})

it('a start on a disk that may only be read says who must be let write', { timeout: 90_000 }, async () => {
  const { code, said } = await startOn(250, `mkdir data; cp -r '${data}/pglite' data/; mount -o remount,ro "$0"`)
  expect([code, sentence(said)]).toEqual([1, [expect.stringContaining('không đọc hoặc không ghi được')]])
})
