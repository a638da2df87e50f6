import { expect, it } from 'vitest'
import { startTestApp, testToken } from '../support/app.ts'

it('what was polled and could not be stored is not confirmed, and comes again', async () => {
  const test = await startTestApp()
  const { database } = test.app.services
  const person = await test.people.add('Người Kiên Nhẫn')
  await database.$executeRaw`ALTER TABLE pgboss.job_common RENAME TO job_away`
  await test.people.say(person, person, '/trogiup')
  await expect.poll(() => test.app.metrics.text().catch(() => '')).toContain('outcome="failed"')
  const info = await (await fetch(`${test.sandbox.url}/bot${testToken}/getWebhookInfo`)).json()
  expect(info).toMatchObject({ result: { pending_update_count: 1 } })
  await database.$executeRaw`ALTER TABLE pgboss.job_away RENAME TO job_common`
  expect((await test.people.next(person, person)).text).toContain('Liên Chi')
  await test.stop()
})
