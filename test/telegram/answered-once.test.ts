import { afterAll, beforeAll, expect, it } from 'vitest'
import { oneBranch } from '../features/votes/kit.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import type { TestBranch } from '../support/ward.ts'

let test: TestApp
let branch: TestBranch
beforeAll(async () => {
  test = await startTestApp()
  branch = await oneBranch(test)
})
afterAll(() => test.stop())

/** How often the update that failed most has been begun. */
async function tries(): Promise<number> {
  const [row] = await test.app.services.database.$queryRaw<{ tries: number }[]>`
    SELECT max(retry_count)::int AS "tries" FROM pgboss.job WHERE name = 'updates' AND state IN ('retry', 'active')`
  return row?.tries ?? 0
}

it('a question that was put is not put again because what followed failed', { timeout: 120_000 }, async () => {
  const { account } = branch.secretary
  const { database: db } = test.app.services
  const before = (await test.people.calls()).at(-1)?.n ?? 0
  // After the question its form cannot be written.
  await db.$executeRaw`ALTER TABLE "Form" RENAME TO "FormAway"`
  await test.people.say(account, account, '/giaoviec')
  await expect.poll(tries, { timeout: 60_000 }).toBeGreaterThanOrEqual(3)
  await db.$executeRaw`ALTER TABLE "FormAway" RENAME TO "Form"`
  await test.app.quiet()
  const calls = (await test.people.calls(before)).filter(({ method, ok }) => ok && method === 'sendMessage')
  const texts = calls.map(({ params }) => `${params.text}`)
  expect(texts.length).toBeGreaterThan(0)
  expect(texts).toEqual([...new Set(texts)])
})
