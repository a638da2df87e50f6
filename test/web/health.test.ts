import type { Hono } from 'hono'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, inject, it } from 'vitest'
import { watchLoopLag } from '../../src/platform/loop-lag.ts'
import { loadTexts } from '../../src/platform/texts.ts'
import { createPages } from '../../src/web/pages.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { onServer, openOwnDatabase } from '../support/database.ts'

let test: TestApp
let pages: Hono
beforeAll(async () => {
  // A minute of trouble is half a second here.
  test = await startTestApp({ database: await openOwnDatabase(), longestTrouble: 500 })
  const { metrics, illnesses, services } = test.app
  pages = createPages({ database: services.database, metrics, illnesses, texts: loadTexts() })
})
afterAll(() => test.stop())

/** The code, and the words before the sentences. */
async function get(path: '/healthz' | '/readyz'): Promise<[number, ...string[]]> {
  const response = await pages.request(path)
  return [response.status, ...(await response.text()).split('\n').map((line) => line.split(': ')[0] ?? '')]
}
const patience = { timeout: 20_000 }
const sql = (statement: string) => test.app.services.database.$executeRawUnsafe(statement)

it('a program whose updates cannot be stored is ill until they can', async () => {
  const person = await test.people.add('Người Kiên Nhẫn')
  await sql('ALTER TABLE pgboss.job_common RENAME TO job_away')
  await test.people.say(person, person, '/trogiup')
  await expect.poll(() => get('/healthz'), patience).toEqual(expect.arrayContaining([503, 'notStored']))
  await sql('ALTER TABLE pgboss.job_away RENAME TO job_common')
  await test.people.next(person, person)
  await expect.poll(() => get('/healthz'), patience).toEqual([200, 'ok'])
})

it('a program that gets no updates and can send nothing is ill until Telegram answers', async () => {
  const person = await test.people.add('Người Chờ Tin')
  await test.people.ask(person, '/trogiup')
  await test.people.faults({ outage: true })
  const ctx = test.app.context()
  await ctx.transaction((tx) => ctx.deliver(tx, { chatId: BigInt(person), message: { text: 'đang mất mạng' } }))
  await expect.poll(() => get('/healthz'), patience).toEqual([503, 'intakeFailing', 'deliveriesWaiting'])
  const page = await (await pages.request('/healthz')).text()
  expect(page).toContain('Không nhận được tin mới từ Telegram.')
  expect(await test.app.metrics.text()).toContain('lienchi_ill{reason="intakeFailing"} 1')
  await test.people.faults({ outage: false })
  await expect.poll(() => get('/healthz'), patience).toEqual([200, 'ok'])
})

it('a program that takes no update although one waits is ill until it does', async () => {
  const person = await test.people.add('Người Bị Bỏ Quên')
  // The queue finds the update, and it is not given to whoever takes it.
  await sql(`CREATE FUNCTION kept_back() RETURNS trigger AS $$ BEGIN RETURN NULL; END $$ LANGUAGE plpgsql`)
  await sql(`CREATE TRIGGER kept_back BEFORE UPDATE ON pgboss.job_common FOR EACH ROW
    WHEN (NEW.state = 'active') EXECUTE FUNCTION kept_back()`)
  await test.people.say(person, person, '/trogiup')
  await expect.poll(() => get('/healthz'), patience).toEqual([503, 'updatesWaiting'])
  await sql('DROP FUNCTION kept_back CASCADE')
  await test.people.next(person, person)
  await expect.poll(() => get('/healthz'), patience).toEqual([200, 'ok'])
})

it('a program whose ticks fail is ill until one succeeds', async () => {
  await sql('ALTER TABLE "ClockTick" RENAME TO "ClockAway"')
  const failing = async () => {
    await test.app.settle()
    return get('/healthz')
  }
  await expect.poll(failing, patience).toEqual([503, 'clockSilent'])
  await sql('ALTER TABLE "ClockAway" RENAME TO "ClockTick"')
  await test.app.settle()
  expect(await get('/healthz')).toEqual([200, 'ok'])
})

/** New sessions only read; those that are open end. */
async function readOnly(isOn: boolean): Promise<void> {
  const server = inject('postgres')
  if (server === '') {
    await sql(`SET default_transaction_read_only = ${isOn ? 'on' : 'off'}`)
    return
  }
  const [row] = await test.app.services.database.$queryRaw<{ name: string }[]>`SELECT current_database() AS "name"`
  const name = row?.name ?? ''
  await onServer(server, `ALTER DATABASE "${name}" SET default_transaction_read_only = ${isOn ? 'on' : 'off'}`)
  const client = new Client({ connectionString: server })
  await client.connect()
  await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name])
  await client.end()
}

it('a program whose database only reads is not ready, and ill before long, until it writes again', async () => {
  expect(await get('/readyz')).toEqual([200, 'ok'])
  await readOnly(true)
  await expect.poll(() => get('/readyz'), patience).toEqual([503, 'databaseNotWritable'])
  expect(await test.app.metrics.text()).toMatch(/^lienchi_database_writable 0$/m)
  await readOnly(false)
  await expect.poll(() => get('/readyz'), patience).toEqual([200, 'ok'])
  await expect.poll(() => get('/healthz'), patience).toEqual([200, 'ok'])
})

it('a loop that was held says for a minute how long', () => {
  const lag = watchLoopLag()
  return new Promise<void>((resolve) => {
    setTimeout(() => {
      const end = performance.now() + 400
      while (performance.now() < end);
      setTimeout(() => {
        expect(lag.longest()).toBeGreaterThan(200)
        lag.stop()
        resolve()
      }, 150)
    }, 250)
  })
})
