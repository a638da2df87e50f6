import { afterAll, beforeAll, expect, test } from 'vitest'
import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { createTestWard } from '../../support/ward.ts'

let at: TestApp
beforeAll(async () => {
  at = await startTestApp()
})
afterAll(() => at.stop())

const db = () => at.app.services.database
const from = toUtcMidnight(Temporal.PlainDate.from('2025-01-01'))

test('one who is secretary in one branch and in charge of another acts in each by the role held there', async () => {
  const ward = await createTestWard(at, { branches: 3 })
  const [own, followed, other] = ward.branches
  if (!own || !followed || !other) throw new Error('three branches')
  const { account, id: personId } = own.secretary
  await db().position.create({
    data: {
      wardId: ward.id,
      personId,
      organisationId: followed.id,
      post: 'supervisingMember',
      title: 'Cấp ủy viên phụ trách',
      from,
    },
  })
  const branches = await at.people.ask(account, '/danhba')
  expect(branches.text).toContain(own.name)
  expect(branches.text).toContain(followed.name)
  expect(branches.text).not.toContain(other.name)
  // A member in charge follows the branch and gives no work in it; the secretary's rights stay at home.
  await at.people.changeGroup(followed.group, { add: [account] })
  const [ownMember, theirMember] = [own.members[1], followed.members[1]]
  await at.people.say(account, followed.group, `/giaoviec ${theirMember?.number}: dọn vườn hoa; hạn 30/11`)
  const refused = await at.people.next(account, followed.group)
  expect(refused.text).toBe(at.app.services.texts.problem({ code: 'access.denied' }))
  await at.people.say(account, own.group, `/giaoviec ${ownMember?.number}: dọn vườn hoa; hạn 30/11`)
  await at.people.next(account, own.group, ({ text }) => text.includes('Giao việc này?'))
})

test('a secretary of two branches chooses the branch first, and losing one post keeps the other', async () => {
  const ward = await createTestWard(at, { branches: 2 })
  const [own, second] = ward.branches
  if (!own || !second) throw new Error('two branches')
  const { account, id: personId } = own.secretary
  await db().position.updateMany({
    where: { organisationId: second.id, post: 'secretary' },
    data: { to: toUtcMidnight(Temporal.PlainDate.from('2026-10-31')) },
  })
  const post = await db().position.create({
    data: { wardId: ward.id, personId, organisationId: second.id, post: 'secretary', title: 'Bí thư chi bộ', from },
  })
  const invite = await at.people.ask(account, '/moi')
  expect(invite.text).toContain(`1. ${own.name}`)
  expect(invite.text).toContain(`2. ${second.name}`)
  expect((await at.people.ask(account, '2')).text).toContain(second.name)
  await db().position.update({
    where: { id: post.id },
    data: { to: toUtcMidnight(Temporal.PlainDate.from('2026-11-22')) },
  })
  const only = await at.people.ask(account, '/moi')
  expect(only.text).not.toContain(second.name)
  expect(only.text).toContain(own.name)
  const old = await at.people.press(account, account, invite, '2')
  expect(old.text).toContain('chưa được giao')
})
