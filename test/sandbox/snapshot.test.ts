import { expect, test } from 'vitest'
import { type Kit, startKit } from './kit.ts'

const now = new Date('2026-11-20T01:00:00Z')

/** The same doings each time: people, a group, a message, a file, a poll, a press. */
async function live(kit: Kit): Promise<unknown[]> {
  const an = await kit.user('Nguyễn Văn An')
  const binh = await kit.user('Trần Thị Bình')
  await kit.does('messages', { from: an, chat: an, text: '/start' })
  const group = await kit.does<{ id: number }>('groups', { title: 'Chi bộ 1', members: [an, binh], bot: 'member' })
  const sent = await kit.ok('sendMessage', { chat_id: group.id, text: 'Xin chào', protect_content: true })
  const poll = await kit.ok('sendPoll', { chat_id: group.id, question: 'Họp?', options: ['Có', 'Không'] })
  await kit.does('clock', { advance: 'PT1H' })
  const invite = await kit.does('groups', {
    title: 'Chi bộ 2',
    members: [binh],
    supergroup: true,
    bot: 'administrator',
  })
  return [an, binh, group, sent, poll, invite, await kit.ok('getUpdates'), await kit.sees(an, group.id)]
}

test('two sandboxes of one seed and one clock give the same answers to the same calls', async () => {
  const kits = await Promise.all([startKit({ now, frozen: true }), startKit({ now, frozen: true })])
  const [one, two] = await Promise.all(kits.map(live))
  expect(two).toEqual(one)
  const other = await startKit({ now, frozen: true, seed: 2 })
  expect((await live(other))[0]).not.toBe(one?.[0])
  for (const kit of [...kits, other]) await kit.sandbox.close()
})

test('a snapshot brings the whole world back, and life goes on in it', async () => {
  const first = await startKit({ now })
  const an = await first.user('Nguyễn Văn An')
  await first.does('messages', { from: an, chat: an, text: '/start' })
  const form = new FormData()
  form.set('from', String(an))
  form.set('chat', String(an))
  form.set('file', new File(['nội dung'], 'a.txt'))
  await fetch(`${first.sandbox.url}/people/files`, { method: 'POST', body: form })
  const poll = await first.ok<{ message_id: number }>('sendPoll', {
    chat_id: an,
    question: 'Họp?',
    options: ['Có', 'Không'],
    is_anonymous: false,
    open_period: 600,
  })
  const bytes = await (await fetch(`${first.sandbox.url}/people/snapshot`)).arrayBuffer()
  await first.sandbox.close()

  const second = await startKit({ now })
  const restored = await fetch(`${second.sandbox.url}/people/snapshot`, { method: 'PUT', body: bytes })
  expect(await restored.json()).toMatchObject({ ok: true })
  const [, file] = await second.updates()
  const { document } = (file?.message ?? {}) as { document?: { file_id: string } }
  expect(await second.ok('getFile', { file_id: document?.file_id })).toMatchObject({ file_size: 10 })
  await second.does('votes', { from: an, chat: an, message: poll.message_id, options: [0] })
  await second.does('clock', { advance: 'PT10M' })
  expect(await second.updates()).toMatchObject([{ poll_answer: { option_ids: [0] } }, { poll: { is_closed: true } }])
  await second.sandbox.close()
})

test('a sandbox started later repeats no update id of an earlier one', async () => {
  const ids = async (moment: Date): Promise<number[]> => {
    const kit = await startKit({ now: moment, frozen: true })
    const an = await kit.user('Nguyễn Văn An')
    for (let n = 0; n < 200; n++) kit.sandbox.world.say({ from: an, chat: an, text: String(n) })
    const [first] = await kit.ok<{ update_id: number }[]>('getUpdates', { limit: 1 })
    const [last] = await kit.ok<{ update_id: number }[]>('getUpdates', { offset: -1 })
    await kit.sandbox.close()
    return [first?.update_id ?? 0, last?.update_id ?? 0]
  }
  const [, lastOfFirst] = await ids(now)
  const [firstOfSecond] = await ids(new Date(now.getTime() + 1000))
  expect(firstOfSecond).toBeGreaterThan(lastOfFirst ?? 0)
})

test('what is no snapshot is refused', async () => {
  const kit = await startKit()
  const answer = await fetch(`${kit.sandbox.url}/people/snapshot`, { method: 'PUT', body: 'không phải' })
  expect(answer.status).toBe(400)
  await kit.sandbox.close()
})
