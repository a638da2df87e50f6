import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { closeDataFolder, leftOpen, takeDataFolder } from '../../src/platform/data-folder.ts'
import { lockDataFolder } from '../../src/platform/data-folder-lock.ts'
import { DataFolderUnusable, isDamage, troubleOf } from '../../src/platform/data-folder-trouble.ts'
import { openDatabase } from '../../src/platform/database.ts'
import { folderStore, keyOf } from '../../src/platform/file-store.ts'
import { openPgliteFolder } from '../../src/platform/pglite-folder.ts'
import { dataFolder } from '../support/database.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lien-chi-folder-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const modeOf = (path: string) => statSync(path).mode & 0o777

/** The paths at or below that one in which anybody but its owner has a right. */
function open(path: string): string[] {
  const below = lstatSync(path).isDirectory() ? readdirSync(path).flatMap((name) => open(join(path, name))) : []
  return (lstatSync(path).mode & 0o077) === 0 ? below : [path, ...below]
}

/** Every file with its bytes, but for the cache that PostgreSQL makes anew at each start. */
function contents(path: string): Record<string, string> {
  const names = readdirSync(path, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && entry.name !== 'pg_internal.init',
  )
  return Object.fromEntries(
    names.map(({ parentPath, name }) => [join(parentPath, name), readFileSync(join(parentPath, name), 'latin1')]),
  )
}

async function troubleAt(path: string): Promise<string> {
  try {
    const database = await openDatabase({ folder: path, migrate: false })
    await database.close()
    return 'none'
  } catch (error) {
    return error instanceof DataFolderUnusable ? error.trouble : String(error)
  }
}

describe('a data folder belongs to its user alone', () => {
  it('with every file that a new database makes then and later, whatever mask the process has, also after a first start that was cut off', async () => {
    mkdirSync(join(folder, 'pglite.new/global'), { recursive: true })
    writeFileSync(join(folder, 'pglite.new/PG_VERSION'), '18\n')
    const mask = process.umask(0o000)
    try {
      const pglite = await openPgliteFolder(folder)
      await pglite.exec('CREATE TABLE kept (id int); INSERT INTO kept SELECT generate_series(1, 5000)')
      await pglite.exec('VACUUM FULL kept')
      await pglite.exec('CHECKPOINT')
      await pglite.close()
      const store = folderStore(join(folder, 'files'))
      const data = new Uint8Array([1, 2, 3])
      await store.put(keyOf(data).key, data)
      lockDataFolder(folder).release()
      closeDataFolder(folder)
    } finally {
      process.umask(mask)
    }
    expect(open(join(folder, 'pglite'))).toEqual([])
    expect(open(folder)).toEqual([])
    expect(readdirSync(folder).sort()).toEqual(['files', 'lock.pid', 'lock.sqlite', 'pglite'])
  })

  it('also what older versions left open, and what its owner put beside it; links are not followed', () => {
    const outside = join(folder, 'outside')
    const data = join(folder, 'data')
    mkdirSync(join(data, 'pglite/base'), { recursive: true })
    for (const name of ['pglite/base/1259', 'sandbox.bin', 'backup.zip']) writeFileSync(join(data, name), 'x')
    writeFileSync(outside, 'x')
    symlinkSync(outside, join(data, 'pglite/link'))
    for (const name of ['', 'pglite', 'pglite/base', 'sandbox.bin', 'backup.zip']) chmodSync(join(data, name), 0o777)
    for (const path of [join(data, 'pglite/base/1259'), outside]) chmodSync(path, 0o666)
    closeDataFolder(data)
    expect(modeOf(outside)).toBe(0o666)
    rmSync(join(data, 'pglite/link'))
    expect([open(data), leftOpen(data)]).toEqual([[], []])
    expect(modeOf(join(data, 'pglite/base/1259'))).toBe(0o600)
    expect(modeOf(data)).toBe(0o700)
  })

  it('but a place that also holds folders of others keeps its rights, and is told of', () => {
    mkdirSync(join(folder, 'usr'))
    mkdirSync(join(folder, 'pglite'))
    for (const name of ['', 'usr', 'pglite']) chmodSync(join(folder, name), 0o755)
    closeDataFolder(folder)
    expect([folder, join(folder, 'usr'), join(folder, 'pglite')].map(modeOf)).toEqual([0o755, 0o755, 0o700])
    expect(leftOpen(folder)).toEqual([folder])
  })
})

describe('a data folder that cannot be used is told apart, and left as it is', () => {
  it('a file, a path below a file, a circle of links', () => {
    writeFileSync(join(folder, 'file'), 'x')
    symlinkSync(join(folder, 'circle'), join(folder, 'circle'))
    for (const name of ['file', 'file/data', 'circle', 'circle/data', 'x'.repeat(300)]) {
      expect(() => takeDataFolder(join(folder, name))).toThrow(
        expect.objectContaining({ trouble: 'notAFolder' }) as Error,
      )
    }
    expect(readdirSync(folder).sort()).toEqual(['circle', 'file'])
  })

  it('a folder of something else; what file systems put there themselves does not count', () => {
    writeFileSync(join(folder, 'luận văn.docx'), 'x')
    expect(() => lockDataFolder(folder)).toThrow(expect.objectContaining({ trouble: 'foreign' }) as Error)
    expect(readdirSync(folder)).toEqual(['luận văn.docx'])
    rmSync(join(folder, 'luận văn.docx'))
    mkdirSync(join(folder, 'lost+found'))
    writeFileSync(join(folder, '.DS_Store'), 'x')
    lockDataFolder(folder).release()
  })

  it.each([
    ['no version beside its files', (at: string) => rmSync(join(at, 'PG_VERSION')), 'damaged'],
    ['another version', (at: string) => writeFileSync(join(at, 'PG_VERSION'), '12\n'), 'otherVersion'],
    ['nonsense for a version', (at: string) => writeFileSync(join(at, 'PG_VERSION'), '\0\0'), 'damaged'],
  ])('a database with %s is not touched at all', async (_what, damage, trouble) => {
    const data = dataFolder()
    damage(join(data, 'pglite'))
    const before = contents(join(data, 'pglite'))
    expect(await troubleAt(data)).toBe(trouble)
    expect(contents(join(data, 'pglite'))).toEqual(before)
    rmSync(data, { recursive: true })
  })

  it.each([
    ['a control file of noise', (at: string) => writeFileSync(join(at, 'global/pg_control'), Buffer.alloc(8192, 0xa5))],
    ['no control file', (at: string) => rmSync(join(at, 'global/pg_control'))],
    ['no write-ahead log', (at: string) => rmSync(join(at, 'pg_wal'), { recursive: true })],
    ['half of its tables', (at: string) => rmSync(join(at, 'base/5'), { recursive: true })],
  ])('a database with %s is told to be damaged, and loses no file by the attempt', async (_what, damage) => {
    const data = dataFolder()
    damage(join(data, 'pglite'))
    const before = Object.keys(contents(join(data, 'pglite')))
    expect(await troubleAt(data)).toBe('damaged')
    expect(await troubleAt(data)).toBe('damaged')
    expect(Object.keys(contents(join(data, 'pglite')))).toEqual(expect.arrayContaining(before))
    rmSync(data, { recursive: true })
  })

  it('errors of a full disk, of missing rights and of damaged tables, however deep they lie, are known by their codes', () => {
    const failed = (code: string) => Object.assign(new Error(code), { code })
    expect(troubleOf(folder, failed('ENOSPC')).trouble).toBe('full')
    expect(['EACCES', 'EPERM', 'EROFS'].map((code) => troubleOf(folder, failed(code)).trouble)).toEqual(
      Array(3).fill('noAccess'),
    )
    const raw = Object.assign(new Error('raw query failed'), {
      code: 'P2010',
      meta: { driverAdapterError: { cause: { originalCode: 'XX001' } } },
    })
    expect([raw, new Error('x', { cause: failed('58P01') })].map((error) => isDamage(error))).toEqual([true, true])
    expect([failed('23505'), new Error('x'), null].map((error) => isDamage(error))).toEqual([false, false, false])
  })
})
