import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Role, rolesAllowed } from '../../src/domain/access.ts'
import { toUtcMidnight } from '../../src/domain/dates.ts'
import type { Post } from '../../src/domain/posts.ts'
import { connectGroup } from '../../src/features/linking/index.ts'
import { draftPlain } from '../../src/features/notices/draft-plain.ts'
import { assignTask } from '../../src/features/tasks/assign-task.ts'
import { reportTask } from '../../src/features/tasks/report-task.ts'
import { openVote } from '../../src/features/votes/open-vote.ts'
import type { ChatKind, Command } from '../../src/telegram/feature.ts'
import { contextOf, orThrow } from '../features/linking/support.ts'
import { plainTask } from '../features/tasks/kit.ts'
import { startTestApp, type TestApp } from '../support/app.ts'
import { createTestWard, type TestPerson, type TestWard } from '../support/ward.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database

interface Persona {
  name: string
  account: number
  roles: Role[]
}

async function givePost(ward: TestWard, person: TestPerson, post: Post, organisationId: number | null) {
  const from = toUtcMidnight(Temporal.PlainDate.from('2024-01-01'))
  await db().position.create({
    data: { wardId: ward.id, personId: person.id, organisationId, post, title: post, from },
  })
}

/** One person for each role, as the ward has them, and somebody nobody knows. */
async function personas(ward: TestWard): Promise<Persona[]> {
  const [branch] = ward.branches
  const [, committee, supervisor, member] = branch?.members ?? []
  if (!branch || !committee || !supervisor || !member) throw new Error('four members')
  await givePost(ward, committee, 'committeeMember', branch.id)
  await givePost(ward, supervisor, 'supervisingMember', branch.id)
  const operator = at.sandbox.world.addUser({ name: 'Người vận hành' }).id
  const stranger = at.sandbox.world.addUser({ name: 'Người lạ' }).id
  const officer = await db().appointment.findFirstOrThrow({ where: { wardId: ward.id } })
  const { id: _, ...row } = officer
  await db().appointment.create({ data: { ...row, accountId: BigInt(operator), role: 'operator' } })
  for (const account of [operator, stranger]) at.sandbox.world.openPrivateChat(account)
  return [
    { name: 'officer', account: ward.officer, roles: ['officer'] },
    { name: 'operator', account: operator, roles: ['operator'] },
    { name: 'leader', account: ward.leader.account, roles: ['leader', 'member'] },
    { name: 'supervisor', account: supervisor.account, roles: ['supervisor', 'member'] },
    { name: 'secretary', account: branch.secretary.account, roles: ['secretary', 'member'] },
    { name: 'deputy', account: branch.deputy.account, roles: ['deputy', 'member'] },
    { name: 'committee', account: committee.account, roles: ['committee', 'member'] },
    { name: 'member', account: member.account, roles: ['member'] },
    { name: 'probationary', account: branch.probationary.account, roles: ['probationary'] },
    { name: 'stranger', account: stranger, roles: [] },
  ]
}

type Answer = 'stranger' | 'wrongChat' | 'denied' | 'served'

/** What the table and the command's own face say. */
function expected({ audience, chats }: Command, { roles }: Persona, chat: ChatKind): Answer {
  if (audience !== 'everyone' && roles.length === 0) return 'stranger'
  if (!chats.includes(chat)) return 'wrongChat'
  if (audience === 'everyone' || audience === 'linked') return 'served'
  return rolesAllowed(audience).some((role) => roles.includes(role)) ? 'served' : 'denied'
}

function understood(text: string): Answer {
  const texts = at.app.services.texts
  const problem = (code: string) => texts.problem({ code })
  if (text === texts('telegram:stranger') || text === texts('telegram:strangerInGroup')) return 'stranger'
  if (text === problem('telegram.onlyPrivate') || text === problem('telegram.onlyGroup')) return 'wrongChat'
  return text === problem('access.denied') ? 'denied' : 'served'
}

test('every command answers every role in every kind of chat as the table says', { timeout: 300_000 }, async () => {
  const ward = await createTestWard(at, { branches: 2, members: 5 })
  const people = await personas(ward)
  const accounts = people.map(({ account }) => account)
  const linked = ward.branches[0]?.group ?? 0
  await at.people.changeGroup(linked, { add: accounts.filter((account) => !isInside(ward, account)) })
  const unlinked = at.sandbox.world.addGroup({ title: 'Nhóm chưa kết nối', members: accounts, supergroup: true }).id
  await at.people.changeGroup(unlinked, { bot: 'add' })
  const leaders = at.sandbox.world.addGroup({ title: 'Lãnh đạo', members: accounts, supergroup: true }).id
  orThrow(await connectGroup(at.app.context(), { wardId: ward.id, chatId: BigInt(leaders), title: 'Lãnh đạo' }))
  await at.people.changeGroup(leaders, { bot: 'add' })
  await at.app.quiet()
  const rooms: [ChatKind, (persona: Persona) => number][] = [
    ['private', ({ account }) => account],
    ['branchGroup', () => linked],
    ['wardGroup', () => leaders],
    ['group', () => unlinked],
  ]
  const commands = at.app.features.flatMap((feature) => [...(feature.commands ?? [])])
  let cells = 0
  for (const [kind, roomOf] of rooms) {
    // In a group an answer says which message it answers, so all are asked at once.
    for (const asked of kind === 'private' ? commands.map((one) => [one]) : [commands]) {
      const said = people.map((persona) => sayAll(persona, roomOf(persona), asked))
      await at.app.quiet()
      for (const { persona, chat, said: given } of said) {
        const seen = at.sandbox.world.messages({ for: persona.account, chat }).filter(({ from }) => from.isBot)
        for (const { command, id } of given) {
          const answers = seen.filter((one) => (kind === 'private' ? one.id > id : one.replyTo === id))
          const heard = new Set(answers.map(({ text }) => understood(text)))
          expect(heard, `/${command.name} by ${persona.name} in ${kind}`).toEqual(
            new Set([expected(command, persona, kind)]),
          )
          cells++
        }
      }
    }
  }
  expect(cells).toBeGreaterThanOrEqual(1500)
})

/** Words that a person presses about themself: they need no role, and are pressed nowhere else. */
const aboutOneself = ['lwithdraw', 'consent', 'ldecline', 'lc']

/** All business data of the database, to compare: without open questions, answers on their way, and the record of acts itself. */
async function everything(): Promise<string[]> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT tablename AS "name" FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`
  const kept = tables
    .map(({ name }) => name)
    .filter((name) => !/^(_|Audit|Form$|Delivery$|Posted$|ClockTick$|CourierLease$|CodeFailure$)/.test(name))
  return Promise.all(
    kept.map(async (name) => {
      const rows = await db().$queryRawUnsafe<{ text: string }[]>(
        `SELECT coalesce(string_agg(t::text, '|' ORDER BY t::text), '') AS "text" FROM "${name}" t`,
      )
      return `${name}: ${rows[0]?.text}`
    }),
  )
}

/** Work under way in the branch: a vote, a task with a report that waits, a draft of a notice. Answers with data for buttons. */
async function workUnderWay(ward: TestWard): Promise<string[]> {
  const [branch] = ward.branches
  const assignee = branch?.members[1]
  if (!branch || !assignee) throw new Error('members')
  const secretary = await contextOf(at, branch.secretary.account)
  const vote = orThrow(
    await openVote(secretary, {
      key: 'v',
      branchId: branch.id,
      questions: [{ text: 'Đồng ý không?', options: ['Có', 'Không'] }],
    }),
  )
  const [task] = orThrow(await assignTask(secretary, plainTask(branch.id, assignee.id, 'Dọn'))).tasks
  if (!task) throw new Error('no task')
  const { reportId } = orThrow(
    await reportTask(await contextOf(at, assignee.account), {
      key: 'r',
      taskId: task.id,
      contents: [{ text: 'xong', file: null, albumId: null }],
      saidIn: null,
    }),
  )
  const leader = await contextOf(at, ward.leader.account)
  const { issueId } = orThrow(await draftPlain(leader, { text: 'Họp', file: null }))
  const link = await db().accountLink.findFirstOrThrow({ where: { personId: assignee.id } })
  const ids = [vote.id, task.id, reportId, issueId, link.id, branch.id, assignee.id]
  return ['', ...new Set(ids.map(String)), `${vote.id}.1`, `${vote.id}.${assignee.id}.1`, `${link.id}:yes`]
}

/**
 * The next rows of all tables get one number, and those about people another: what the buttons name is then one of two, and
 * each word is pressed with the number of its own kind without being pressed with those of all others.
 */
async function alignNumbers(): Promise<void> {
  await db().$executeRaw`
    SELECT setval(
      format('%I.%I', schemaname, sequencename)::regclass,
      CASE WHEN sequencename LIKE ANY (ARRAY['Person%', 'AccountLink%']) THEN 6000 ELSE 5000 END,
      false
    )
    FROM pg_sequences WHERE schemaname = 'public' AND sequencename NOT LIKE 'Audit%'`
}

const isAboutOthers = (word: string) => !aboutOneself.includes(word)

/** Presses every button there is, with all that data, as one who kept the messages would; stops once `isEnough`. */
async function pressEverything(account: number, args: readonly string[], isEnough = async () => false): Promise<void> {
  const menu = (await at.people.read(account, account)).find(({ from }) => from.isBot)
  if (!menu) throw new Error('no message of the bot to press under')
  const place = { from: account, chat: account, message: menu.id, button: '' }
  for (const word of at.app.features.flatMap(({ buttons }) => Object.keys(buttons ?? {})).filter(isAboutOthers)) {
    const all = args.map((arg) => (arg === '' ? word : `${word}:${arg}`))
    await Promise.all(all.map((data) => at.sandbox.world.press({ ...place, data })))
    if (await isEnough()) return
  }
}

test('no old button has an effect once the role is lost, and the same buttons work with it', {
  timeout: 300_000,
}, async () => {
  await alignNumbers()
  const ward = await createTestWard(at, { branches: 2, members: 3 })
  const [branch, other] = ward.branches
  if (!branch || !other) throw new Error('two branches')
  const moved = [branch.secretary]
  for (const account of [...moved.map((one) => one.account), ward.officer]) await at.people.ask(account, '/menu')
  const args = await workUnderWay(ward)
  // The secretary is introduced to the other branch without a post; the officer's appointment ends.
  const from = toUtcMidnight(Temporal.PlainDate.from('2026-11-01'))
  const to = toUtcMidnight(Temporal.PlainDate.from('2026-10-31'))
  const personId = { in: moved.map(({ id }) => id) }
  await db().position.updateMany({ where: { personId }, data: { to } })
  await db().membership.updateMany({ where: { personId }, data: { to } })
  await db().membership.createMany({
    data: moved.map(({ id }) => ({ personId: id, organisationId: other.id, from })),
  })
  await db().appointment.updateMany({ where: { wardId: ward.id }, data: { to: from } })
  const before = await everything()
  await Promise.all([...moved.map(({ account }) => account), ward.officer].map((one) => pressEverything(one, args)))
  await at.app.quiet()
  expect(await everything()).toEqual(before)

  await db().position.updateMany({ where: { personId: branch.secretary.id }, data: { to: null } })
  const isChanged = async () => (await everything()).join() !== before.join()
  await pressEverything(branch.secretary.account, args, isChanged)
  expect(await isChanged()).toBe(true)
})

test('a forwarded command has the rights of whoever forwards it, not of whoever wrote it', async () => {
  const ward = await createTestWard(at, { branches: 1, members: 3 })
  const [branch] = ward.branches
  const member = branch?.members[1]
  if (!branch || !member) throw new Error('a member')
  const { secretary, group } = branch
  const written = await at.people.say(secretary.account, group, `/giaoviec ${member.number}: dọn vườn hoa; hạn 30/11`)
  await at.people.next(secretary.account, group, ({ text }) => text.includes('Giao việc này?'))
  const forwarded = at.sandbox.world.forward({ from: member.account, chat: group, message: written, to: group })
  const answer = await at.people.next(member.account, group, ({ replyTo }) => replyTo === forwarded.id)
  expect(understood(answer.text)).toBe('denied')
})

test('in a group of another branch a secretary has no more rights than in private', async () => {
  const ward = await createTestWard(at, { branches: 2, members: 3 })
  const [branch, other] = ward.branches
  const member = other?.members[1]
  if (!branch || !other || !member) throw new Error('two branches')
  const { account } = branch.secretary
  await at.people.changeGroup(other.group, { add: [account] })
  const said = await at.people.say(account, other.group, `/giaoviec ${member.number}: dọn vườn hoa; hạn 30/11`)
  await at.people.next(account, other.group, ({ replyTo }) => replyTo === said)
  await at.app.quiet()
  expect(await db().task.count({ where: { branchId: other.id } })).toBe(0)
})

function sayAll(persona: Persona, chat: number, commands: readonly Command[]) {
  const from = persona.account
  const said = commands.map((command) => {
    return { command, id: at.sandbox.world.say({ from, chat, text: `/${command.name}` }).id }
  })
  return { persona, chat, said }
}

function isInside(ward: TestWard, account: number): boolean {
  return ward.branches[0] !== undefined && ward.everyone.some((one) => one.account === account && inFirst(ward, one))
}

function inFirst(ward: TestWard, person: TestPerson): boolean {
  return person.branchId === ward.branches[0]?.id
}
