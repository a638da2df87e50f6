import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { startSandbox } from '../../src/sandbox/index.ts'
import { testToken } from '../support/app.ts'
import { databaseForPrograms } from '../support/database.ts'
import { People } from '../support/people.ts'
import { killPrograms, startProgram } from '../support/program.ts'

const ends: (() => Promise<unknown>)[] = []
afterAll(async () => {
  await killPrograms()
  for (const end of ends.reverse()) await end()
})

it('a whole program goes on ticking and answering through a clock that is set back again and again', {
  timeout: 300_000,
}, async () => {
  const { settings, drop } = await databaseForPrograms()
  ends.push(drop)
  const sandbox = await startSandbox({ bots: [{ token: testToken, username: 'lienchi_bot', name: 'Liên Chi' }] })
  ends.push(() => sandbox.close())
  const program = startProgram({ ...settings, BOT_TOKEN: testToken, BOT_API_ROOT: sandbox.url }, [
    '--import',
    './test/support/shifting-clock.ts',
    'src/main.ts',
  ])
  const address = await program.address()
  const metric = async (name: string) => {
    const text = await (await fetch(`${address}/metrics`)).text()
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  }
  const people = new People(sandbox.url)
  const everybody = await Promise.all(['Một', 'Hai', 'Ba'].map((name) => people.add(name)))
  for (let times = 1; times <= 3; times++) {
    for (const person of everybody) expect((await people.ask(person, '/trogiup')).text).toContain('Liên Chi')
    program.child.kill('SIGUSR2')
    for (const person of everybody) expect((await people.ask(person, '/trogiup')).text).toContain('Liên Chi')
    // A minute passes, whatever the clock shows; the tick says that it is behind and goes on.
    await expect.poll(() => metric('lienchi_clock_set_back_total'), { timeout: 75_000, interval: 500 }).toBe(times)
    await delay(100)
    expect(await (await fetch(`${address}/healthz`)).text()).toBe('ok')
    expect(Math.abs(await metric('lienchi_tick_age_seconds'))).toBeLessThan(120)
  }
  program.child.kill('SIGTERM')
  const { code, output } = await program.ends()
  expect(code).toBe(0)
  expect(output.match(/the clock was set back/g)).toHaveLength(3)
})
