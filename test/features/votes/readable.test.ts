import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { asMark, encodePaperButton } from '../../../src/domain/ballot-paper.ts'
import type { Database } from '../../../src/platform/database.ts'
import { createLog } from '../../../src/platform/log.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { databaseUrl, openOwnDatabase } from '../../support/database.ts'
import type { SeenMessage } from '../../support/people.ts'
import type { TestBranch, TestPerson } from '../../support/ward.ts'
import { inPrivate, member, oneBranch } from './kit.ts'
import { closeBallot, fill, levels, openDraft, reread, secretDraft } from './sealed-kit.ts'

/** Long enough that no other row can hold such a run of digits by chance. */
const names = Array.from({ length: 12 }, (_, index) => `Đồng chí thứ ${index + 1}`)
const buttons = [...levels, 'Phiếu trắng']

let test: TestApp
let branch: TestBranch
let voteId: number
let shares: SeenMessage[]
let tellers: TestPerson[]
const logged: string[] = []
const choices: string[] = []
/** Cast and then replaced: they must not be found either. */
const replaced: string[] = []
const papers = new Map<number, SeenMessage>()

beforeAll(async () => {
  const log = createLog('trace', { write: (line) => logged.push(line) })
  test = await startTestApp({ database: await openOwnDatabase(), log })
  await recordEveryRow(db())
  branch = await oneBranch(test, 5)
  tellers = [branch.deputy, member(branch, 0), member(branch, 1)]
  voteId = await secretDraft(test, branch, tellers, names)
  shares = await openDraft(test, branch, voteId, tellers)
}, 120_000)
afterAll(() => test.stop())

const db = () => test.app.services.database

/** Copies every version of every row that is ever written, so that what was there for a moment only is found as well. */
async function recordEveryRow(database: Database): Promise<void> {
  await database.$executeRaw`CREATE SCHEMA recorded`
  await database.$executeRaw`CREATE TABLE recorded.row ("table" text, content text)`
  await database.$executeRaw`
    CREATE FUNCTION recorded.copy() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN INSERT INTO recorded.row VALUES (TG_TABLE_NAME, NEW::text); RETURN NULL; END $$`
  const tables = await database.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('public', 'pgboss') AND c.relkind IN ('r', 'p') AND NOT c.relispartition`
  for (const { name } of tables) {
    await database.$executeRawUnsafe(
      `CREATE TRIGGER recorder AFTER INSERT OR UPDATE ON ${name} FOR EACH ROW EXECUTE FUNCTION recorded.copy()`,
    )
  }
}

/** Everything that was ever written, one row a line. */
async function everWritten(): Promise<string> {
  const rows = await db().$queryRaw<{ content: string }[]>`SELECT content FROM recorded.row`
  return rows.map(({ content }) => content).join('\n')
}

/** The ways in which a choice could be written down: digits, a list, bytes in hex and base64, the button's own state, words. */
function spellings(choice: string): string[] {
  const digits = [...choice]
  const bytes = Buffer.from(digits.map(Number))
  const marks = digits.map((digit) => asMark(Number(digit)))
  const state = encodePaperButton({ ballot: 1, marks, act: { kind: 'cast' } }).split(':')[3] ?? ''
  const words = digits.slice(0, 3).map((digit, index) => `${names[index]}: ${buttons[Number(digit)]}`)
  return [
    choice,
    digits.join(','),
    digits.join(', '),
    bytes.toString('hex'),
    bytes.toString('base64'),
    bytes.toString('base64url'),
    state,
    ...words,
  ]
}

/** What can be read of any choice in a text; the number of voters who cast proves that something was looked for. */
function readable(text: string): string[] {
  expect(choices.length).toBeGreaterThan(0)
  return [...choices, ...replaced].flatMap(spellings).filter((spelling) => text.includes(spelling))
}

/** Marks a whole paper and stops at the list to confirm. */
async function mark(person: TestPerson, choice: string): Promise<SeenMessage> {
  const paper = papers.get(person.id) ?? (await inPrivate(test, person, 'Phiếu được giữ kín đến đâu'))
  papers.set(person.id, paper)
  choices.push(choice)
  await fill(test, person, paper, ['Ghi phiếu', ...[...choice].map((digit) => buttons[Number(digit)] ?? '')])
  return reread(test, person, person.account, paper)
}

async function cast(person: TestPerson, choice: string): Promise<void> {
  const paper = await mark(person, choice)
  await test.people.press(person.account, person.account, paper, 'Bỏ phiếu')
  await test.app.quiet()
}

/** Takes a new paper, whose choice replaces the one before. */
async function castAgain(person: TestPerson): Promise<void> {
  const before = papers.get(person.id)
  if (!before) throw new Error('nothing cast yet')
  const done = await reread(test, person, person.account, before)
  await test.people.press(person.account, person.account, done, 'Bỏ lại phiếu')
  const paper = await inPrivate(test, person, 'Phiếu được giữ kín đến đâu')
  papers.set(person.id, paper)
  replaced.push(choices.pop() ?? '')
  await cast(person, '444333222111')
}

describe('before the opening', () => {
  it('casting, casting again, quoting the paper and failing presses write nothing that can be read', async () => {
    const [first, second, third] = [branch.secretary, branch.deputy, member(branch, 0)]
    await cast(first, '012340123401')
    await cast(second, '333222111000')
    await castAgain(second)
    const whole = await mark(third, '210432104321')
    // A reply in private carries what it answers.
    await test.people.say(third.account, third.account, 'Tôi đã ghi đúng chưa?', whole.id)
    await test.app.quiet()
    await test.people.press(third.account, third.account, whole, 'Bỏ phiếu')
    await test.app.quiet()
    expect(await db().sealedBallot.count({ where: { voteId } })).toBe(3)
    const written = await everWritten()
    // The recorder has seen the queue: four casts in their stored form.
    expect(written.match(/"bs:\d+:/g)?.length).toBeGreaterThanOrEqual(4)
    expect(readable(written)).toEqual([])
    expect(readable(logged.join('\n'))).toEqual([])
    expect(readable(await test.app.metrics.text())).toEqual([])
  }, 120_000)

  it('a press that cannot be carried out is told so, changes nothing, and its update is not asked for again', async () => {
    const voter = member(branch, 1)
    const paper = await inPrivate(test, voter, 'Phiếu được giữ kín đến đâu')
    papers.set(voter.id, paper)
    await test.people.faults({ fail: { method: 'editMessageText', times: 1, with: 500 } })
    const jobs = await db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM pgboss.job`
    const said = await test.people.press(voter.account, voter.account, paper, 'Ghi phiếu')
    expect(said.text).toContain('bấm lại')
    expect(await db().$queryRaw`SELECT count(*)::int AS count FROM pgboss.job`).toEqual(jobs)
    await test.app.quiet()
    await fill(test, voter, paper, ['Ghi phiếu'])
    expect((await reread(test, voter, voter.account, paper)).text).toContain('Mục 1/12')
  })

  it('a dump of the database taken in mid-vote holds nothing that can be read, and no share', async () => {
    const dump = await dumpOf()
    expect(dump).toContain('SealedBallot')
    expect(readable(dump)).toEqual([])
    const given = await sentShares()
    expect(given).toHaveLength(3)
    for (const text of given) {
      const bytes = Buffer.from(text, 'base64url').toString('hex')
      for (const place of [dump, await everWritten(), logged.join('\n')]) {
        expect(place.includes(text) || place.includes(bytes)).toBe(false)
      }
    }
  })
})

describe('after the opening', () => {
  it('the ballots are there without their people, and what was sealed is gone from the files', async () => {
    await closeBallot(test, branch)
    const sealed = await db().sealedBallot.findMany({ where: { voteId } })
    for (const [index, share] of shares.slice(1).entries()) {
      const teller = tellers[index + 1]
      if (teller) await test.people.press(teller.account, teller.account, share, 'Mở hòm phiếu')
    }
    await expect.poll(() => db().plainBallot.count({ where: { voteId } }), { timeout: 30_000 }).toBe(3)
    // What could not be cleaned at once is cleaned with the next tick.
    await test.people.advance('PT1M')
    const plain = await db().plainBallot.findMany({ where: { voteId }, orderBy: { number: 'asc' } })
    expect(plain.map(({ marks }) => marks)).toEqual(choices.slice(0, 3).sort())
    const [{ bytes } = { bytes: -1 }] = await db().$queryRaw<{ bytes: number }[]>`
      SELECT pg_relation_size('"SealedBallot"')::int AS bytes`
    expect(bytes).toBe(0)
    const jobs = await db().$queryRaw<{ id: string }[]>`SELECT id::text FROM pgboss.job WHERE name = 'updates'`
    const ids = new Set(jobs.map(({ id }) => id.slice(-12)))
    for (const source of sealed.flatMap(({ updates }) => updates)) {
      expect(ids.has(Number(source.split(':')[1]).toString(16).padStart(12, '0'))).toBe(false)
    }
    const dump = await dumpOf(['PlainBallot'])
    expect(readable(dump)).toEqual([])
    for (const { content } of sealed) {
      expect(dump).not.toContain(Buffer.from(content).toString('hex'))
      expect(dump).not.toContain(Buffer.from(content).toString('base64url'))
    }
    expect(readable(logged.join('\n'))).toEqual([])
    expect(readable(await test.app.metrics.text())).toEqual([])
  }, 60_000)
})

/** The shares as their buttons carried them to the tally team. */
async function sentShares(): Promise<string[]> {
  const calls = JSON.stringify(await test.people.calls())
  const found = [...calls.matchAll(/k:[0-9a-z]+:([A-Za-z0-9_-]{44})/g)].flatMap((match) => match[1] ?? [])
  return [...new Set(found)]
}

/** The whole database as text, without the recorder's own copies: by pg_dump, or row by row where there is no server. */
async function dumpOf(without: string[] = []): Promise<string> {
  const server = inject('postgres')
  if (server === '') return rowsOf(without)
  const [{ name } = { name: '' }] = await db().$queryRaw<{ name: string }[]>`SELECT current_database() AS name`
  const left = ['recorded.*', ...without.map((table) => `public."${table}"`)].map((one) => `--exclude-table=${one}`)
  return execFileSync('pg_dump', [...left, databaseUrl(server, name)], { encoding: 'utf8', maxBuffer: 2 ** 28 })
}

async function rowsOf(without: string[]): Promise<string> {
  const tables = await db().$queryRaw<{ schema: string; name: string }[]>`
    SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss')`
  const texts = tables
    .filter(({ name }) => !without.includes(name))
    .map(async ({ schema, name }) => {
      const rows = await db().$queryRawUnsafe<{ row: string }[]>(`SELECT t::text AS row FROM "${schema}"."${name}" t`)
      return `${name}\n${rows.map(({ row }) => row).join('\n')}`
    })
  return (await Promise.all(texts)).join('\n')
}
