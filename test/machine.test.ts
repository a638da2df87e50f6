import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { dataFolder } from './support/database.ts'
import { People } from './support/people.ts'
import { killPrograms, startProgram } from './support/program.ts'

let folder: string
beforeEach(() => {
  folder = dataFolder()
})
afterEach(async () => {
  await killPrograms()
  rmSync(folder, { recursive: true, force: true })
})

const paths = (at: string) => [
  at,
  ...readdirSync(at, { recursive: true, encoding: 'utf8' }).map((name) => join(at, name)),
]
const open = (at: string) => paths(at).filter((path) => (lstatSync(path).mode & 0o077) !== 0)

/** The whole program, begun with the mask that lets everybody read. */
const main = ['--import', 'data:text/javascript,process.umask(0o022)', 'src/main.ts']

it('the program keeps its data folder to its user, mends what was open before, and stays so while it works', async () => {
  for (const path of paths(folder)) chmodSync(path, statSync(path).isDirectory() ? 0o777 : 0o666)
  const program = startProgram({ DATA_DIR: folder }, main)
  await program.address()
  const url = /Hộp thử \(thay cho Telegram\): (\S+)/.exec(await program.prints('Hộp thử'))?.[1] ?? ''
  const people = new People(url)
  const person = await people.add('Người Nhắn')
  await people.say(person, person, '/start')
  await people.next(person, person)
  program.child.kill('SIGTERM')
  const { code, output } = await program.ends()
  expect([code, output.includes('Chú ý')]).toEqual([0, false])
  expect(existsSync(join(folder, 'sandbox.bin'))).toBe(true)
  expect(open(folder)).toEqual([])
})

it('it is said aloud where others can read or change the settings, and the program goes on; what it writes is closed to them', async () => {
  const place = mkdtempSync(join(tmpdir(), 'lien-chi-settings-'))
  const tool = join(import.meta.dirname, '../src/backup-key.ts')
  const said = async (mode: number, file: string) => {
    chmodSync(join(place, '.env'), mode)
    const { code, output } = await startProgram({}, [tool, file], place).ends()
    expect([code, statSync(join(place, file)).mode & 0o777]).toEqual([0, 0o600])
    return output.includes('chmod 600 .env')
  }
  writeFileSync(join(place, '.env'), 'SEED=1\n')
  expect(await Promise.all([await said(0o644, 'a'), await said(0o660, 'b')])).toEqual([true, true])
  expect([await said(0o640, 'c'), await said(0o600, 'd')]).toEqual([false, false])
  rmSync(place, { recursive: true })
})

describe('a start on a folder that cannot be used ends with one sentence and its remedy', () => {
  async function sentence(settings: Record<string, string>, entry?: string[]): Promise<string> {
    const { code, output } = await startProgram(settings, entry).ends()
    const [, ...said] = output.trim().split('\n')
    expect([code, said]).toEqual([1, [expect.stringMatching(/^Không khởi động được: .*DATA_DIR.*\. Hãy .*\.?/)]])
    return said[0] ?? ''
  }

  it('where its database is damaged', async () => {
    writeFileSync(join(folder, 'pglite/global/pg_control'), Buffer.alloc(8192, 0xa5))
    expect(await sentence({ DATA_DIR: folder })).toContain('bị hỏng hoặc thiếu tệp')
  })

  it('where its tables are damaged, which shows only when they are read', async () => {
    // The largest are those of the catalogue and of the queue; the first page of each is noise now.
    for (const name of readdirSync(join(folder, 'pglite/base/5'))) {
      const path = join(folder, 'pglite/base/5', name)
      if (/^[1-9]\d{4,}$/.test(name) && statSync(path).size > 0) writeFileSync(path, Buffer.alloc(8192, 0xa5))
    }
    expect(await sentence({ DATA_DIR: folder })).toContain('bị hỏng hoặc thiếu tệp')
  })

  it('where it is a file, or a folder of something else', async () => {
    const file = join(folder, 'pglite/PG_VERSION')
    const other = join(folder, 'khác')
    mkdirSync(other)
    writeFileSync(join(other, 'thư.txt'), 'x')
    expect(await sentence({ DATA_DIR: file })).toContain('không phải là thư mục')
    expect(await sentence({ DATA_DIR: other })).toContain('đang chứa thứ khác')
    expect(readdirSync(other)).toEqual(['thư.txt'])
  })

  it('where it, or what is in it, is closed to the user of the program', async () => {
    const asUser = ['test/support/start-with-less-rights.ts']
    chmodSync(folder, 0o555)
    expect(await sentence({ DATA_DIR: folder }, asUser)).toContain('không đọc hoặc không ghi được')
    expect(readdirSync(folder)).toEqual(['pglite'])
    chmodSync(folder, 0o777)
    chmodSync(join(folder, 'pglite'), 0o755)
    chmodSync(join(folder, 'pglite/global/pg_control'), 0o400)
    expect(await sentence({ DATA_DIR: folder }, asUser)).toContain('không đọc hoặc không ghi được')
  })

  it('where the sandbox’s memory is damaged, which is left as it is', async () => {
    writeFileSync(join(folder, 'sandbox.bin'), 'x')
    const { code, output } = await startProgram({ DATA_DIR: folder }).ends()
    expect([code, output.includes(join(folder, 'sandbox.bin')), output.includes('    at ')]).toEqual([1, true, false])
    expect(statSync(join(folder, 'sandbox.bin')).size).toBe(1)
  })
})
