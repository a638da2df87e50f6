import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { createLog } from '../../../src/platform/log.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { databaseUrl, openOwnDatabase } from '../../support/database.ts'
import type { SeenMessage } from '../../support/people.ts'
import type { TestBranch, TestPerson } from '../../support/ward.ts'
import { everWritten, holdsShare, markButtons, readableIn, recordEveryRow, sentShares } from './choice-scan.ts'
import { inPrivate, member, oneBranch } from './kit.ts'
import { closeBallot, fill, openDraft, reread, secretDraft } from './sealed-kit.ts'

/** Long enough that no other row can hold such a run of digits by chance. */
const names = Array.from({ length: 12 }, (_, index) => `Đồng chí thứ ${index + 1}`)

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

/** What can be read of any choice in a text; the number of voters who cast proves that something was looked for. */
function readable(text: string): string[] {
  expect(choices.length).toBeGreaterThan(0)
  return readableIn(text, [...choices, ...replaced], names)
}

/** Marks a whole paper and stops at the list to confirm. */
async function mark(person: TestPerson, choice: string): Promise<SeenMessage> {
  const paper = papers.get(person.id) ?? (await inPrivate(test, person, 'Phiếu được giữ kín đến đâu'))
  papers.set(person.id, paper)
  choices.push(choice)
  await fill(test, person, paper, ['Ghi phiếu', ...[...choice].map((digit) => markButtons[Number(digit)] ?? '')])
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
    const written = await everWritten(db())
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
    const given = await sentShares(test)
    expect(given).toHaveLength(3)
    const places = [dump, await everWritten(db()), logged.join('\n')]
    expect(given.filter((share) => holdsShare(share, places))).toEqual([])
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
