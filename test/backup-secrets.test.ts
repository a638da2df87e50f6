import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Encrypter } from 'age-encryption'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askBackupKey, unlockBackup } from '../src/backup-secrets.ts'
import { type BackupSettings, readConfig } from '../src/config.ts'
import { encryptBackup } from '../src/platform/backup/envelope.ts'
import { newIdentity, publicHalf } from '../src/platform/backup/keys.ts'
import { readBackup } from '../src/platform/backup/read.ts'
import { loadTexts } from '../src/platform/texts.ts'

const texts = loadTexts()
const folder = mkdtempSync(join(tmpdir(), 'lien-chi-secrets-'))
const nothing: BackupSettings = { passphrase: null, recipient: null, seal: null, identity: null }
const passphrase = 'Bản sao tháng mười hai'

let identity: string
let recipient: string
let seal: string
let zip: Uint8Array
let file: Uint8Array

beforeAll(async () => {
  const made = await newIdentity(new Date('2026-12-01T00:00:00Z'))
  identity = made.identity
  writeFileSync(join(folder, 'key.txt'), made.lines)
  ;({ recipient, seal } = await publicHalf(identity))
  zip = packed('{"name": "Đảng bộ phường Minh Khai"}\n')
  file = await encryptBackup(zip, { recipient, seal })
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A backup of one table, with sums that fit. */
function packed(wards: string): Uint8Array {
  const sha256 = createHash('sha256').update(wards).digest('hex')
  const manifest = {
    format: 'lien-chi-backup-1',
    program: '0.1.0',
    madeAt: '2026-12-01T00:00:00.000Z',
    migrations: [],
    tables: [{ name: 'Ward', rows: wards.split('\n').length - 1, sha256 }],
    leftOut: [],
  }
  return zipSync({ 'Ward.jsonl': strToU8(wards), 'manifest.json': strToU8(JSON.stringify(manifest)) })
}

/** The code of the refusal, or the wards' lines. */
async function opened(data: Uint8Array, settings: Partial<BackupSettings>, mayBeUnencrypted = false): Promise<string> {
  const found = await unlockBackup(data, mayBeUnencrypted, { ...nothing, ...settings }, texts)
  if (!found.ok) return found.problem.code
  const backup = await readBackup(found.value)
  return backup.ok ? (await Array.fromAsync(backup.value.lines('Ward'))).join('') : backup.problem.code
}

async function toKey(data: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return encrypter.encrypt(data)
}

function flippedAt(data: Uint8Array, part: number): Uint8Array {
  const changed = Uint8Array.from(data)
  const at = Math.floor((data.length - 1) * part)
  changed[at] = (changed[at] ?? 0) ^ 1
  return changed
}

describe('a backup closed with an age key', () => {
  it('is opened by the key itself or by the file that holds it, and by no other key', async () => {
    expect(await opened(file, { identity })).toContain('Minh Khai')
    expect(await opened(file, { identity: join(folder, 'key.txt') })).toContain('Minh Khai')
    const { identity: another } = await newIdentity(new Date())
    expect(await opened(file, { identity: another })).toBe('start.backup.wrongKey')
    expect(await opened(file, { identity: join(folder, 'nowhere') })).toBe('start.backup.wrongIdentity')
    expect(await opened(file, {})).toBe('start.backup.noIdentity')
  })

  it('is refused when it was altered and given new sums, by whoever knows the public half but not the seal', async () => {
    const forged = packed('{"name": "Đảng bộ giả"}\n')
    expect(await opened(forged, { identity })).toBe('start.backup.notEncrypted')
    expect(await opened(await toKey(forged), { identity })).toBe('start.backup.notSealed')
    const foreign = await encryptBackup(forged, { recipient, seal: 'ab'.repeat(32) })
    expect(await opened(foreign, { identity })).toBe('start.backup.notSealed')
    const byOther = await encryptBackup(forged, { passphrase: 'mật khẩu của kẻ khác' })
    expect(await opened(byOther, { identity, passphrase })).toBe('start.backup.wrongKey')
  })

  it('is refused when its seal is moved to other contents', async () => {
    const genuine = await unlockBackup(file, false, { ...nothing, identity }, texts)
    if (!genuine.ok) throw new Error(genuine.problem.code)
    const comment = genuine.value.subarray(-80)
    const forged = Buffer.concat([packed('{"name": "Đảng bộ giả"}\n'), comment])
    forged.writeUInt16LE(comment.length, forged.length - comment.length - 2)
    expect(await opened(await toKey(forged), { identity })).toBe('start.backup.notSealed')
  })

  it.each([0.02, 0.2, 0.5, 0.9, 1])('is refused when one bit is another at %d of its length', async (part) => {
    expect(await opened(flippedAt(file, part), { identity })).toMatch(/altered|wrongKey|notABackup/)
  })

  it('is refused when its end is missing', async () => {
    for (const cut of [1, 16, 200]) {
      expect(await opened(file.subarray(0, -cut), { identity })).toBe('start.backup.altered')
    }
  })

  it('is a packed file like any other for whoever opens it with another program', async () => {
    const found = await unlockBackup(file, false, { ...nothing, identity }, texts)
    const parts = found.ok ? unzipSync(found.value) : {}
    expect(strFromU8(parts['Ward.jsonl'] ?? new Uint8Array())).toContain('Minh Khai')
  })
})

describe('a backup closed with a passphrase', () => {
  it('is opened by it, in whichever way accents are composed, and by no other', async () => {
    const settings = (words: string) => readConfig({ BACKUP_PASSPHRASE: words }).backup
    const key = await askBackupKey(settings(passphrase.normalize('NFD')), texts)
    if (!key.ok) throw new Error(key.problem.code)
    const closed = await encryptBackup(zip, key.value)
    expect(await opened(closed, settings(passphrase))).toContain('Minh Khai')
    expect(await opened(closed, settings('Bản sao tháng mười một'))).toBe('start.backup.wrongKey')
    expect(await opened(flippedAt(closed, 0.9), settings(passphrase))).toBe('start.backup.altered')
    expect(await opened(closed, {})).toBe('start.backup.noPassphrase')
  })
})

describe('a backup that is not encrypted', () => {
  it('is taken only when that is said aloud; its sums find what is damaged, not who altered it', async () => {
    expect(await opened(zip, { identity, passphrase })).toBe('start.backup.notEncrypted')
    expect(await opened(zip, {}, true)).toContain('Minh Khai')
    const damaged = await opened(flippedAt(zip, 0.15), {}, true)
    expect(damaged).toMatch(/damaged|notABackup/)
    expect(await opened(packed('{"name": "Đảng bộ giả"}\n'), {}, true)).toContain('giả')
  })
})

describe('what a backup is closed with', () => {
  it.each([
    ['nothing', {}, 'noKey'],
    ['two ways', { BACKUP_PASSPHRASE: passphrase, BACKUP_RECIPIENT: 'recipient' }, 'twoKeys'],
    ['half of a key', { BACKUP_RECIPIENT: 'recipient' }, 'noSeal'],
  ])('is asked for with the remedy where the settings name %s', async (_what, given, code) => {
    const named = Object.entries(given).map(([name, value]) => [name, value === 'recipient' ? recipient : value])
    const key = await askBackupKey(readConfig(Object.fromEntries(named)).backup, texts)
    expect(key).toMatchObject({ ok: false, problem: { code: `start.backup.${code}` } })
  })
})
