import { afterEach, expect, test } from 'vitest'
import { type MonthPlay, type Sandbox, startSandbox } from '../../../src/sandbox/index.ts'
import { openStream, startWebKit, type WebKit } from './kit.ts'

let kit: WebKit
afterEach(() => kit.stop())

test('there is no button where there is nothing to play', async () => {
  kit = await startWebKit()
  expect(await kit.page('/')).not.toContain('Diễn thử một tháng')
  expect((await kit.get('/month')).status).toBe(404)
})

test('a month is played step by step, on the screen of whoever acts', async () => {
  const play = (): MonthPlay => ({ steps: steps() })
  kit = await startWebKit(() => {}, { playMonth: play })
  const { world } = kit.sandbox
  const an = world.addUser({ name: 'An' }).id
  const chat = world.addGroup({ title: 'Chi bộ', members: [an] }).id
  async function* steps() {
    yield 'Tháng bắt đầu <b>'
    world.say({ from: an, chat, text: 'Xin báo cáo' })
    yield { text: 'An báo cáo', as: an, chat }
  }
  const page = await kit.page('/month')
  expect(page).toContain('Diễn thử một tháng')
  const stream = await openStream(kit, page)
  await kit.pieces('/month', { do: 'play' })
  for (const _ of [1, 2]) await kit.pieces('/month', { do: 'faster' })
  await stream.until('Tháng bắt đầu &lt;b&gt;')
  await stream.until('Xin báo cáo')
  await stream.until('Đã diễn xong.')
  stream.close()
  expect(await kit.page('/month')).toContain(`/p/${an}/c/${chat}"`)
})

test('a month in a world of its own has its own seats, and the world of the pages stays as it was', async () => {
  const worlds: Sandbox[] = []
  const play = async (): Promise<MonthPlay> => {
    const sandbox = await startSandbox({ seed: 9 })
    worlds.push(sandbox)
    const an = sandbox.world.addUser({ name: 'Người Của Tháng' }).id
    const chat = sandbox.world.addGroup({ title: 'Nhóm của tháng', members: [an] }).id
    async function* steps() {
      sandbox.world.say({ from: an, chat, text: 'Trong buổi diễn' })
      yield { text: 'Một việc', as: an, chat }
    }
    return { steps: steps(), world: { sandbox, title: 'Buổi diễn' }, close: () => sandbox.close() }
  }
  kit = await startWebKit(() => {}, { playMonth: play })
  const stream = await openStream(kit, await kit.page('/month'))
  await kit.send('/month', { do: 'play' })
  await stream.until('Trong buổi diễn')
  stream.close()
  const seat = /href="(\/month\/world\/p\/\d+\/c\/-\d+)"/.exec(await kit.page('/month'))?.[1] ?? ''
  const page = await kit.page(seat)
  expect(page).toContain('Trong buổi diễn')
  expect(page).toContain('"/month/world/assets/chat.css"')
  expect((await kit.get('/month/world/assets/chat.css')).status).toBe(200)
  await kit.send(`${seat}/messages`, { text: 'Tôi xen vào' })
  expect(await kit.page(seat)).toContain('Tôi xen vào')
  expect(await kit.page('/month/world')).toContain('Về buổi diễn')
  expect(await kit.page('/')).not.toContain('Người Của Tháng')
  for (const world of worlds) await world.close()
})

test('a play that fails says so', async () => {
  // biome-ignore lint/correctness/useYield: it fails before its first step
  async function* steps(): AsyncGenerator<string> {
    throw new Error('đứt giữa chừng')
  }
  kit = await startWebKit(() => {}, { playMonth: () => ({ steps: steps() }) })
  const stream = await openStream(kit, await kit.page('/month'))
  await kit.pieces('/month', { do: 'play' })
  await stream.until('Buổi diễn dừng giữa chừng.')
  stream.close()
})
