import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { asMark, encodePaperButton } from '../src/domain/ballot-paper.ts'
import { consentVersion } from '../src/features/linking/index.ts'
import { decryptBackup } from '../src/platform/backup/envelope.ts'
import { identityIn } from '../src/platform/backup/keys.ts'
import { type Manifest, manifestSchema } from '../src/platform/backup/manifest.ts'
import { numbersLeftFree } from '../src/platform/backup/restore.ts'
import { type Database, openDatabase } from '../src/platform/database.ts'
import { writeDelivery } from '../src/platform/outbox.ts'
import { holdsShare, readableIn, sentShares } from './features/votes/choice-scan.ts'
import { inPrivate, says } from './features/votes/kit.ts'
import { openDraft, pressData, secretDraft } from './features/votes/sealed-kit.ts'
import { startTestApp, type TestApp, testToken } from './support/app.ts'
import { databaseForPrograms, databaseUrl, onServer } from './support/database.ts'
import { killPrograms, startProgram } from './support/program.ts'
import { createTestWard, type TestBranch, type TestPerson, type TestWard } from './support/ward.ts'

const names = Array.from({ length: 12 }, (_, index) => `Đồng chí thứ ${index + 1}`)
const choices = ['012340123401', '333222111000']
const folder = mkdtempSync(join(tmpdir(), 'lien-chi-backup-'))
const saved = join(folder, 'a.zip.age')
const keyFile = join(folder, 'key.txt')
const ends: (() => unknown)[] = [() => rmSync(folder, { recursive: true })]

let test: TestApp
let ward: TestWard
let branch: TestBranch
let settings: Record<string, string>
let shares: string[]
/** What the machine that makes backups knows, and what opens them. */
let key: Record<string, string>
let identity: string
/** A ballot in which two have cast, and one in which nobody has. */
let voted: number
let untouched: number
let held: number
let operator: number

const voters = () => [branch.secretary, branch.deputy, ...branch.members].filter(({ account }) => account > 0)
const run = (tool: 'backup' | 'restore', file: string, at: Record<string, string>, ...flags: string[]) =>
  startProgram({ ...(tool === 'backup' ? key : { BACKUP_IDENTITY: keyFile }), ...at }, [
    `src/${tool}.ts`,
    file,
    ...flags,
  ]).ends()
const source = (at: Record<string, string>) =>
  at.DATABASE_URL ? { url: at.DATABASE_URL } : { folder: at.DATA_DIR ?? '' }

async function emptyDatabase(): Promise<Record<string, string>> {
  const made = await databaseForPrograms()
  ends.push(made.drop)
  return made.settings
}

async function inside<T>(at: Record<string, string>, look: (db: Database) => Promise<T>): Promise<T> {
  const { prisma, close } = await openDatabase(source(at))
  try {
    return await look(prisma)
  } finally {
    await close()
  }
}

async function opened(file: string): Promise<Uint8Array> {
  const zip = await decryptBackup(readFileSync(file), { identity })
  if (!zip.ok) throw new Error(zip.problem.code)
  return zip.value
}

async function unpacked(file: string): Promise<Record<string, string>> {
  const parts = Object.entries(unzipSync(await opened(file)))
  return Object.fromEntries(parts.map(([name, data]) => [name, strFromU8(data)]))
}

async function manifestOf(file: string): Promise<Manifest> {
  return manifestSchema.parse(JSON.parse((await unpacked(file))['manifest.json'] ?? ''))
}

async function appoint(db: Database, account: number): Promise<void> {
  const now = new Date('2026-01-01T00:00:00Z')
  const consent = { consentVersion, consentAt: now }
  const accountName = 'Người vận hành'
  await db.appointment.create({
    data: { wardId: ward.id, accountId: BigInt(account), accountName, role: 'operator', from: now, ...consent },
  })
}

/** The voter presses what the last page of the paper carries. */
async function cast(voter: TestPerson, voteId: number, choice: string): Promise<void> {
  const paper = await inPrivate(test, voter, 'Phiếu được giữ kín đến đâu')
  const marks = [...choice].map((digit) => asMark(Number(digit)))
  await pressData(
    test,
    voter,
    voter.account,
    paper,
    `b:${encodePaperButton({ ballot: voteId, marks, act: { kind: 'cast' } })}`,
  )
  await test.app.quiet()
}

beforeAll(async () => {
  settings = await emptyDatabase()
  test = await startTestApp({ database: await openDatabase(source(settings)) })
  ends.push(() => test.sandbox.close())
  ward = await createTestWard(test, { members: 4 })
  const [first] = ward.branches
  if (!first) throw new Error('no branch')
  branch = first
  operator = test.sandbox.world.addUser({ name: 'Người vận hành' }).id
  test.sandbox.world.openPrivateChat(operator)
  await appoint(test.app.services.database, operator)
  const tellers = voters().slice(1, 4)
  voted = await secretDraft(test, branch, tellers, names)
  untouched = await secretDraft(test, branch, tellers, names)
  await openDraft(test, branch, voted, tellers)
  for (const [index, choice] of choices.entries()) {
    const voter = voters()[index]
    if (voter) await cast(voter, voted, choice)
  }
  await openDraft(test, branch, untouched, tellers)
  await test.app.quiet()
  shares = await sentShares(test)
  const db = test.app.services.database
  expect(await db.sealedBallot.count()).toBe(choices.length)
  await test.app.stop()
  held = await inside(settings, async (prisma) => {
    const message = { text: 'Mời họp chi bộ ngày 05/12/2026.' }
    const outgoing = { chatId: BigInt(branch.secretary.account), message, key: 'waits' }
    return prisma.$transaction((tx) => writeDelivery(tx, outgoing, new Date()))
  })
  const made = await startProgram({}, ['src/backup-key.ts', keyFile]).ends()
  key = Object.fromEntries([...made.output.matchAll(/^(BACKUP_\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value]))
  identity = identityIn(keyFile) ?? ''
  const { code, output } = await run('backup', saved, settings)
  expect(output).toContain('Không có phiếu kín nào trong đó')
  expect(code).toBe(0)
}, 180_000)
afterAll(async () => {
  await killPrograms()
  for (const end of ends.reverse()) await end()
})

describe('a backup taken in mid-vote', () => {
  it('holds every row of every table but sealed ballots and leases, with its counts', async () => {
    const { tables, leftOut } = await manifestOf(saved)
    expect(leftOut).toEqual(['SealedBallot', 'CourierLease'])
    const counted = await inside(settings, async (db) => {
      const found = await db.$queryRaw<{ name: string }[]>`
        SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`
      const kept = found.map(({ name }) => name).filter((name) => !leftOut.includes(name))
      const count = async (name: string) => {
        const [row] = await db.$queryRawUnsafe<{ rows: number }[]>(`SELECT count(*)::int AS rows FROM "${name}"`)
        return { name, rows: row?.rows ?? -1 }
      }
      return Promise.all(kept.sort().map(count))
    })
    expect(tables.map(({ name, rows }) => ({ name, rows }))).toEqual(counted)
    expect(counted.find(({ name }) => name === 'VoteRoll')?.rows).toBeGreaterThan(5)
  })

  it('holds no choice, no sealed ballot, no press that brought one and no share', async () => {
    const text = Object.values(await unpacked(saved)).join('\n')
    expect(text).toContain('Xếp loại đảng viên')
    expect(readableIn(text, choices, names)).toEqual([])
    expect(text).not.toContain(`bs:${voted}:`)
    expect(Object.keys(await unpacked(saved))).not.toContain('SealedBallot.jsonl')
    expect(shares).toHaveLength(6)
    expect(shares.filter((share) => holdsShare(share, [text]))).toEqual([])
  })

  it('is never written over an older one', async () => {
    const before = readFileSync(saved)
    const { code, output } = await run('backup', saved, settings)
    expect(code).toBe(1)
    expect(output).toContain('bản sao lưu cũ không bị ghi đè')
    expect(readFileSync(saved).equals(before)).toBe(true)
  })
})

describe('restored into an empty database', () => {
  let fresh: Record<string, string>
  beforeAll(async () => {
    fresh = await emptyDatabase()
    const { code, output } = await run('restore', saved, fresh)
    expect(output).toContain('Tin đang chờ gửi lúc ấy: 1, được giữ lại')
    expect(output).toContain('Phiếu kín đang dở: 2, đã huỷ')
    expect(code).toBe(0)
  }, 180_000)

  it('every row is back, but for what the restore itself changes', async () => {
    const again = join(folder, 'again.zip.age')
    expect((await run('backup', again, fresh)).code).toBe(0)
    const changed = ['AuditEntry', 'Delivery', 'Vote']
    const unchanged = async (file: string) =>
      (await manifestOf(file)).tables.filter(({ name }) => !changed.includes(name))
    expect(await unchanged(again)).toEqual(await unchanged(saved))
    expect((await unchanged(again)).length).toBeGreaterThan(50)
  })

  it('keys, triggers and numbers work as before, and no new number is one that was given after the backup', async () => {
    await inside(fresh, async (db) => {
      await expect(db.$executeRaw`UPDATE "AuditEntry" SET action = 'other'`).rejects.toThrow()
      await expect(db.voteTeller.create({ data: { voteId: 999_999, personId: 1 } })).rejects.toThrow()
      const { id } = await db.ward.create({ data: { name: 'Đảng bộ phường Mới', createdAt: new Date() } })
      expect(id).toBe(ward.id + numbersLeftFree + 1)
      await db.ward.delete({ where: { id } })
    })
  })

  it('nothing that waited is sent by itself; every secret ballot under way is void and its group is told', async () => {
    await inside(fresh, async (db) => {
      const waiting = await db.delivery.findUniqueOrThrow({ where: { id: held } })
      expect([waiting.state, waiting.message]).toEqual(['failed', { text: 'Mời họp chi bộ ngày 05/12/2026.' }])
      const votes = await db.vote.findMany({ where: { id: { in: [voted, untouched] } } })
      expect(votes.map(({ state }) => state)).toEqual(['void', 'void'])
      expect(await db.auditEntry.count({ where: { action: 'ballot.lost' } })).toBe(2)
      expect(await db.auditEntry.count({ where: { action: 'backup.restored' } })).toBe(1)
    })
    const program = startProgram({ ...fresh, BOT_TOKEN: testToken, BOT_API_ROOT: test.sandbox.url })
    await program.address()
    const { secretary, group } = branch
    for (const number of [1, 2]) {
      const told = await test.people.next(secretary.account, group, says(`Phiếu thăm dò số ${number} đã huỷ`))
      expect(told.text).toContain('khôi phục từ bản sao lưu')
    }
    const [teller = secretary] = voters().slice(1)
    await expect
      .poll(async () => (await test.people.read(teller.account, teller.account)).map(({ text }) => text).join('\n'), {
        timeout: 30_000,
      })
      .toMatch(/số 1 đã huỷ[\s\S]*không còn dùng nữa/)
    // The operator decides about what was waiting, and only then is it sent.
    await test.people.say(operator, operator, '/vanhanh')
    const list = await test.people.next(operator, operator, says('Tình hình gửi tin'))
    await test.people.press(operator, operator, list, '1')
    const one = await test.people.next(operator, operator, says(`Tin số ${held}`))
    expect(one.text).toContain('tin này có thể đã gửi rồi')
    const read = async () => (await test.people.read(secretary.account, secretary.account)).map(({ text }) => text)
    expect((await read()).filter((text) => text.includes('Mời họp chi bộ'))).toEqual([])
    await test.people.press(operator, operator, one, 'Gửi lại')
    await expect
      .poll(async () => (await read()).some((text) => text.includes('Mời họp chi bộ')), { timeout: 30_000 })
      .toBe(true)
    program.child.kill('SIGTERM')
    expect((await program.ends()).code).toBe(0)
  }, 180_000)
})

describe('refused with a sentence, and nothing done', () => {
  it('a restore into a database that holds something', async () => {
    const count = () => inside(settings, (db) => db.auditEntry.count())
    const before = await count()
    const { code, output } = await run('restore', saved, settings)
    expect(code).toBe(1)
    expect(output).toContain('đã có dữ liệu')
    expect(await count()).toBe(before)
  })

  it('a backup of a folder without data, or of a server that does not answer', async () => {
    const none = join(folder, 'none.zip')
    const nowhere = await run('backup', none, { DATA_DIR: join(folder, 'nothing') })
    expect(nowhere.output).toContain('Không có dữ liệu trong thư mục')
    const silent = await run('backup', none, { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' })
    expect(silent.output).toContain('Không sao lưu được')
    expect([nowhere.code, silent.code, existsSync(none)]).toEqual([1, 1, false])
  })

  it('a file that is no backup, or one that was changed', async () => {
    const fresh = await emptyDatabase()
    const other = join(folder, 'other.zip')
    writeFileSync(other, 'Đây không phải bản sao lưu')
    expect((await run('restore', other, fresh)).output).toContain('không phải bản sao lưu')
    const broken = Buffer.from(await opened(saved))
    // Somewhere in the packed rows of the largest tables.
    const middle = Math.floor(broken.length / 2)
    for (let at = middle; at < middle + 40; at++) broken[at] = (broken[at] ?? 0) ^ 0xff
    const changed = join(folder, 'changed.zip')
    writeFileSync(changed, broken)
    const { code, output } = await run('restore', changed, fresh, '--unencrypted')
    expect(code).toBe(1)
    expect(output).toMatch(/bị hỏng ở bảng|không phải bản sao lưu/)
    expect(await inside(fresh, (db) => db.person.count())).toBe(0)
  }, 180_000)
})

describe('encrypted', () => {
  it('it is for its user alone, reads as nothing to others, and leaves no half-made file', () => {
    expect([saved, keyFile].map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600])
    expect(readFileSync(saved).includes('manifest.json')).toBe(false)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('unless said aloud, when it is made and when it is restored', async () => {
    const file = join(folder, 'plain.zip')
    const bare = { ...settings, BACKUP_RECIPIENT: '', BACKUP_SEAL: '' }
    expect((await run('backup', file, bare)).output).toContain('chưa có mật khẩu hay khoá')
    expect(existsSync(file)).toBe(false)
    const plain = await run('backup', file, bare, '--unencrypted')
    expect(plain.output).toContain('KHÔNG được mã hoá')
    expect([plain.code, statSync(file).mode & 0o777]).toEqual([0, 0o600])
    const refused = await run('restore', file, settings)
    expect(refused.output).toContain('--unencrypted')
    expect(refused.code).toBe(1)
  }, 180_000)
})

describe('beside the running program', () => {
  it('the backup is made without stopping it', async () => {
    const fresh = await emptyDatabase()
    expect((await run('restore', saved, fresh)).code).toBe(0)
    const telegram = { BOT_TOKEN: testToken, BOT_API_ROOT: test.sandbox.url }
    const program = startProgram({ ...fresh, ...telegram })
    const { port } = new URL(await program.address())
    const beside = join(folder, 'beside.zip')
    const { code, output } = await run('backup', beside, { ...fresh, ...telegram, PORT: port })
    expect(output).toContain('Đã sao lưu')
    expect(code).toBe(0)
    expect((await manifestOf(beside)).tables.find(({ name }) => name === 'Person')?.rows).toBe(ward.everyone.length)
    program.child.kill('SIGTERM')
    expect((await program.ends()).code).toBe(0)
  }, 180_000)

  if (inject('postgres') !== '') {
    it('where one role owns the tables and the program runs as another, both tools work as the owner, who is no superuser', async () => {
      const [server, name, password] = [inject('postgres'), `lienchi_backup_${process.pid}`, 'only-for-this-test']
      const [owner, program] = [`${name}_owner`, `${name}_program`]
      for (const role of [owner, program]) {
        await onServer(server, `CREATE ROLE "${role}" LOGIN PASSWORD '${password}'`)
        ends.push(() => onServer(server, `DROP ROLE "${role}"`))
      }
      await onServer(server, `CREATE DATABASE "${name}" OWNER "${owner}"`)
      ends.push(() => onServer(server, `DROP DATABASE "${name}" WITH (FORCE)`))
      const urlOf = (role: string) =>
        Object.assign(new URL(databaseUrl(server, name)), { username: role, password }).href
      const roles = { DATABASE_URL: urlOf(program), DATABASE_MIGRATE_URL: urlOf(owner) }
      const { code, output } = await run('restore', saved, roles)
      expect(output).toContain('Đã khôi phục dữ liệu')
      expect(code).toBe(0)
      const { prisma, close } = await openDatabase({ url: urlOf(program), migrate: false })
      expect(await prisma.person.count()).toBe(ward.everyone.length)
      await expect(prisma.$executeRaw`DELETE FROM "AuditEntry"`).rejects.toThrow('permission denied')
      await close()
      expect((await run('backup', join(folder, 'as-owner.zip'), roles)).code).toBe(0)
    }, 180_000)
  }

  if (inject('postgres') === '') {
    it('without a token nobody can ask it: the sentence names the folder and the process', async () => {
      const fresh = await emptyDatabase()
      const program = startProgram(fresh)
      await program.address()
      const other = join(folder, 'refused.zip')
      const { code, output } = await run('backup', other, fresh)
      expect(code).toBe(1)
      expect(output).toContain(`tiến trình số ${program.child.pid}`)
      expect(existsSync(other)).toBe(false)
      program.child.kill('SIGTERM')
      await program.ends()
    }, 180_000)
  }
})
