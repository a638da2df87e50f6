import { expect, it } from 'vitest'
import { createHeartbeat } from '../../src/platform/heartbeat.ts'
import { Metrics } from '../../src/platform/metrics.ts'
import { loadTexts } from '../../src/platform/texts.ts'
import { createPages } from '../../src/web/pages.ts'
import { startTestApp } from '../support/app.ts'
import { openOwnDatabase } from '../support/database.ts'
import { createTestWard } from '../support/ward.ts'

it('the counts of a running program name no person and no content, its loops live, and a stopped one shows', async () => {
  const test = await startTestApp({ database: await openOwnDatabase() })
  const ward = await createTestWard(test, { members: 2 })
  const { metrics, illnesses, services } = test.app
  const pages = createPages({ database: services.database, metrics, illnesses, texts: loadTexts() })
  const get = async (path: string) => (await pages.request(path)).text()

  const { secretary, group } = ward.branches[0] ?? { secretary: undefined, group: 0 }
  if (!secretary) throw new Error('a ward without a branch')
  await test.people.ask(secretary.account, '/viec')
  await test.people.say(secretary.account, group, 'chuyện riêng của nhóm')
  const context = test.app.context()
  await context.transaction((tx) =>
    context.deliver(tx, { chatId: BigInt(group), message: { text: 'Thông báo kín' }, key: 'counted' }),
  )
  await test.people.advance('PT3M')
  await test.app.settle()
  const text = await get('/metrics')
  expect(text).toMatch(/^lienchi_updates_received_total\{by="polling",outcome="stored"\} \d+$/m)
  expect(text).toMatch(/^lienchi_update_seconds_count\{outcome="done"\} \d+$/m)
  expect(text).toMatch(/^lienchi_deliveries_total\{outcome="sent"\} \d+$/m)
  expect(text).toMatch(/^lienchi_updates\{state="waiting"\} 0$/m)
  expect(text).toMatch(/^lienchi_updates_oldest_seconds\{state="parked"\} 0$/m)
  expect(text).toMatch(/^lienchi_ticks_late_total 1$/m)
  expect(text).toMatch(/^lienchi_telegram_calls_total\{method="sendMessage",outcome="ok"\} \d+$/m)
  for (const told of [secretary.fullName, 'Thông báo', 'chuyện riêng', String(group), String(secretary.account)]) {
    expect(text).not.toContain(told)
  }
  expect(await get('/healthz')).toBe('ok')
  expect(await get('/readyz')).toBe('ok')

  await test.stop()
  const health = await pages.request('/healthz')
  expect(health.status).toBe(503)
  const silent = ['courierSilent', 'workerSilent', 'intakeSilent', 'clockSilent']
  expect((await health.text()).split('\n').map((line) => line.split(': ')[0])).toEqual(silent)
  expect((await pages.request('/readyz')).status).toBe(503)
})

it('a program whom Telegram refuses is not ready, and no reason to start it anew', async () => {
  const opened = await openOwnDatabase()
  const pages = createPages({
    database: opened.prisma,
    metrics: new Metrics(),
    illnesses: () => ['shutOut'],
    texts: loadTexts(),
  })
  expect((await pages.request('/healthz')).status).toBe(200)
  const ready = await pages.request('/readyz')
  expect([ready.status, await ready.text()]).toEqual([503, expect.stringMatching(/^shutOut: /)])
  await opened.close()
})

it('a loop that gives no sign for too long counts as dead until it does', () => {
  let now = 0
  const loop = createHeartbeat('poller', 1000, () => now)
  now = 1000
  expect(loop.isAlive()).toBe(true)
  now = 1001
  expect(loop.isAlive()).toBe(false)
  loop.beat()
  expect(loop.isAlive()).toBe(true)
})

it('a histogram counts each duration in every bucket that holds it', async () => {
  const metrics = new Metrics()
  const seconds = metrics.histogram('handled_seconds', 'Handling', [0.1, 1])
  for (const one of [0.1, 0.5, 3]) seconds.observe(one, { outcome: 'done' })
  expect(await metrics.text()).toBe(`# HELP handled_seconds Handling
# TYPE handled_seconds histogram
handled_seconds_bucket{outcome="done",le="0.1"} 1
handled_seconds_bucket{outcome="done",le="1"} 2
handled_seconds_bucket{outcome="done",le="+Inf"} 3
handled_seconds_sum{outcome="done"} 3.6
handled_seconds_count{outcome="done"} 3
`)
})
