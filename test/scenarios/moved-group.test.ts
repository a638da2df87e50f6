import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answerCall } from '../../src/features/activities/answer-call.ts'
import { cancelActivity } from '../../src/features/activities/cancel-activity.ts'
import { createActivity } from '../../src/features/activities/create-activity.ts'
import { connectGroup } from '../../src/features/linking/index.ts'
import { assignTask } from '../../src/features/tasks/assign-task.ts'
import { closeVote } from '../../src/features/votes/close-vote.ts'
import { openVote } from '../../src/features/votes/open-vote.ts'
import { contextOf, orThrow } from '../features/linking/support.ts'
import { issueResults, line, type NoticeWard, noticeWard, nth, says } from '../features/notices/support.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import type { SeenMessage } from '../support/people.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

/** A ward's first branch and the chat that is its group now. */
interface Home {
  ward: NoticeWard
  branchId: number
  secretary: number
  members: number[]
  group: number
}

async function home(): Promise<Home> {
  const ward = await noticeWard(test, { supergroups: false })
  const { id, secretary, deputy, members, group } = nth(ward.branches, 0)
  const accounts = [secretary, deputy, ...members].map(({ account }) => account).filter(Boolean)
  return { ward, branchId: id, secretary: secretary.account, members: accounts, group }
}

let made = 0
const ctxOf = (account: number) => contextOf(test, account, `moved:${++made}`)

/** Each card names itself: a word that no other card has. */
async function newVote({ branchId, secretary }: Home): Promise<{ id: number; name: string }> {
  const name = `Phiếu${++made}`
  const questions = [{ text: `${name}?`, options: ['Tán thành', 'Không tán thành'] }]
  const { id } = orThrow(await openVote(await ctxOf(secretary), { key: name, branchId, questions }))
  return { id, name }
}

async function newActivity({ branchId, secretary }: Home): Promise<{ id: number; name: string }> {
  const name = `Buổi${++made}`
  const time = { at: Temporal.PlainTime.from('07:00'), when: { on: Temporal.PlainDate.from('2026-12-05') } }
  const words = { kind: 'cleanup', title: name, theme: null, place: 'Nhà văn hóa' } as const
  const { id } = orThrow(await createActivity(await ctxOf(secretary), { key: name, branchId, time, ...words }))
  return { id, name }
}

const answer = async (activityId: number, account: number, joins = true) => {
  const ctx = await ctxOf(account)
  orThrow(await answerCall(ctx, { activityId, personId: ctx.actor.personId ?? 0, joins }))
}

/** What the bot has in a chat, as it reads now. */
const botSays = async ({ secretary }: Home, chat: number): Promise<SeenMessage[]> => {
  await test.app.quiet()
  return (await test.people.read(secretary, chat)).filter(({ from, deleted }) => from.isBot && !deleted)
}
const named = async (at: Home, name: string) => (await botSays(at, at.group)).filter(({ text }) => text.includes(name))

async function becomeSupergroup(at: Home): Promise<void> {
  at.group = test.sandbox.world.migrateGroup(at.group).id
  await test.app.quiet()
}

async function connectAnother(at: Home): Promise<void> {
  const chat = await test.people.addGroup('Nhóm khác của chi bộ', at.members)
  await test.people.changeGroup(chat, { bot: 'add' })
  const ctx = await ctxOf(at.ward.officer)
  orThrow(await connectGroup(ctx, { branchId: at.branchId, chatId: BigInt(chat), title: 'Nhóm khác', move: true }))
  at.group = chat
  await test.people.advance('PT1M')
}

const moves = { 'became a supergroup': becomeSupergroup, 'is another one since': connectAnother }

describe.each(Object.entries(moves))('where the group %s', (_how, move) => {
  it('what still matters is posted anew, what is over is not', async () => {
    const at = await home()
    const { ward } = at
    await issueResults(test, ward, [line(ward.leader, 85)])
    const [vote, closed] = [await newVote(at), await newVote(at)]
    const [activity, cancelled] = [await newActivity(at), await newActivity(at)]
    orThrow(
      await assignTask(await ctxOf(at.secretary), {
        key: `task${made}`,
        branchId: at.branchId,
        assigneeIds: [ward.leader.id],
        title: 'Rà soát hộ khó khăn',
        kind: 'neighbourhood',
        origin: null,
        originNote: null,
        files: [],
        dueOn: null,
        rule: null,
      }),
    )
    await test.app.quiet()
    orThrow(await closeVote(await ctxOf(at.secretary), closed.id))
    orThrow(await cancelActivity(await ctxOf(at.secretary), { activityId: cancelled.id, reason: 'mưa', series: false }))
    await test.app.quiet()
    await move(at)
    for (const words of [vote.name, activity.name, 'Thông báo kết quả đánh giá', 'Rà soát hộ khó khăn']) {
      expect(await named(at, words), words).toHaveLength(1)
    }
    for (const { name } of [closed, cancelled]) expect(await named(at, name)).toEqual([])
    // Told again, by Telegram or by the clock, it changes nothing.
    await test.people.advance('PT2M')
    expect(await named(at, vote.name)).toHaveLength(1)
    const press = await test.people.press(at.secretary, at.group, nth(await named(at, 'đánh giá'), 0), 'Đã nhận')
    expect(press.text).toContain('Đã ghi nhận')
    expect(nth(await named(at, 'Thông báo kết quả đánh giá'), 0).text).toContain('Đã xác nhận')
  })

  it('an edit never changes the message that has the old number there', async () => {
    const at = await home()
    const activity = await newActivity(at)
    await test.app.quiet()
    const old = nth(await named(at, activity.name), 0).id
    await move(at)
    const last = (await test.people.read(at.secretary, at.group)).at(-1)?.id ?? 0
    for (let id = last; id < old - 1; id++) {
      test.sandbox.world.say({ from: at.secretary, chat: at.group, text: 'chuyện trò' })
    }
    const vote = await newVote(at)
    const before = (await botSays(at, at.group)).find(({ id }) => id === old)
    // Where the former chat counted further than the new one, the vote has the very number that the activity had.
    if (last < old) expect(before?.text).toContain(vote.name)
    await answer(activity.id, at.secretary)
    const after = await botSays(at, at.group)
    if (before && !before.text.includes(activity.name)) expect(after.find(({ id }) => id === old)).toEqual(before)
    const [card, ...others] = after.filter(({ text }) => text.includes(activity.name))
    expect(card?.text).toContain('Tham gia: 1.')
    expect(others).toEqual([])
  })

  it('nothing more is written in the former group', async () => {
    const at = await home()
    const [vote, activity] = [await newVote(at), await newActivity(at)]
    await test.app.quiet()
    const former = at.group
    await move(at)
    const texts = async () => (await botSays(at, former)).map(({ text }) => text)
    const before = await texts()
    await answer(activity.id, at.secretary)
    orThrow(await closeVote(await ctxOf(at.secretary), vote.id))
    expect(await texts()).toEqual(before)
  })
})

it('an answer in a chat that moved on goes out without the number of the message it answers', async () => {
  const at = await home()
  const ctx = test.app.context()
  await test.people.faults({ fail: { method: 'sendMessage', chat: at.group, times: 1, with: 429, retryAfter: 60 } })
  const message = { text: 'trả lời đang chờ', replyToMessageId: 3 }
  const id = await ctx.transaction((tx) => ctx.deliver(tx, { chatId: BigInt(at.group), message }))
  const row = () => test.app.services.database.delivery.findUniqueOrThrow({ where: { id } })
  await expect.poll(async () => (await row()).state).toBe('waiting')
  await expect.poll(async () => (await test.people.calls()).some(({ ok }) => !ok)).toBe(true)
  at.group = test.sandbox.world.migrateGroup(at.group).id
  await test.people.next(at.secretary, at.group, says('trả lời đang chờ'))
  const sent = (await test.people.calls()).findLast(({ params }) => String(params.text).includes('trả lời đang chờ'))
  expect(sent?.params).toMatchObject({ chat_id: at.group })
  expect(sent?.params.reply_parameters).toBeUndefined()
})

it('whatever happens and however often the group moves, a message stays the card that it was', async () => {
  const step = fc.constantFrom('vote', 'activity', 'answer', 'answer', 'close', 'supergroup', 'another')
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 8 }), async (steps) => {
      const at = await home()
      const [chats, firstNames] = [new Set([at.group]), new Map<string, string>()]
      const [votes, activities] = [[await newVote(at)], [await newActivity(at)]]
      let isSupergroup = false
      for (const [index, what] of steps.entries()) {
        if (what === 'vote') votes.push(await newVote(at))
        if (what === 'activity') activities.push(await newActivity(at))
        if (what === 'answer')
          await answer(nth(activities, index % activities.length).id, at.secretary, index % 2 === 0)
        if (what === 'close') orThrow(await closeVote(await ctxOf(at.secretary), nth(votes, index % votes.length).id))
        if (what === 'another') await connectAnother(at)
        if (what === 'supergroup' && !isSupergroup) await becomeSupergroup(at)
        isSupergroup ||= what === 'supergroup' || what === 'another'
        chats.add(at.group)
        for (const chat of chats) {
          for (const { id, text } of await botSays(at, chat)) {
            const name = /(?:Phiếu|Buổi)\d+/.exec(text)?.[0]
            const before = firstNames.get(`${chat}:${id}`)
            if (name && before === undefined) firstNames.set(`${chat}:${id}`, name)
            else expect(name).toBe(before)
          }
        }
      }
    }),
    { numRuns: 3, seed: 12 },
  )
}, 180_000)
