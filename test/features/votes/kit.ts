import type { TestApp } from '../../support/app.ts'
import type { SeenMessage } from '../../support/people.ts'
import { createTestWard, type TestBranch, type TestPerson } from '../../support/ward.ts'

export async function oneBranch(test: TestApp, members = 4): Promise<TestBranch> {
  const { branches } = await createTestWard(test, { members })
  const [branch] = branches
  if (!branch) throw new Error('a ward without a branch')
  return branch
}

export const says = (words: string) => (message: SeenMessage) => message.text.includes(words)

export function member(branch: TestBranch, nth: number): TestPerson {
  const person = branch.members[nth]
  if (!person) throw new Error(`no member ${nth}`)
  return person
}

/** What the secretary sees next in the branch's group with these words. */
export function inGroup(test: TestApp, branch: TestBranch, words: string): Promise<SeenMessage> {
  return test.people.next(branch.secretary.account, branch.group, says(words))
}

export function inPrivate(test: TestApp, person: TestPerson, words: string): Promise<SeenMessage> {
  return test.people.next(person.account, person.account, says(words))
}

/** The secretary opens a vote in the group, its counts shown there or hidden until the end; answers with its message and its number in the database. */
export async function open(
  test: TestApp,
  branch: TestBranch,
  words = 'Nhất trí nghị quyết tháng 12?',
  shown: 'shown' | 'hidden' = 'hidden',
): Promise<{ id: number; message: SeenMessage }> {
  const { secretary, group } = branch
  await test.people.say(secretary.account, group, `/bieuquyet ${words}`)
  const preview = await inGroup(test, branch, 'Xem lại trước khi mở')
  if (shown === 'shown') {
    await test.people.press(secretary.account, group, preview, 'Cho nhóm thấy số đang chọn')
    await test.app.settle()
  }
  await test.people.press(secretary.account, group, preview, 'Mở biểu quyết')
  const message = await inGroup(test, branch, 'Đã biểu quyết: 0/')
  const { id } = await test.app.services.database.vote.findFirstOrThrow({
    where: { branchId: branch.id },
    orderBy: { id: 'desc' },
  })
  return { id, message }
}

/** The secretary closes it from the group; answers with the result that the group reads. */
export async function close(test: TestApp, branch: TestBranch, message: SeenMessage): Promise<SeenMessage> {
  const { secretary, group } = branch
  await test.people.press(secretary.account, group, message, 'Kết thúc biểu quyết')
  const question = await inGroup(test, branch, 'không ai đổi được nữa')
  await test.people.press(secretary.account, group, question, 'Kết thúc')
  return inGroup(test, branch, 'Kết quả thăm dò số')
}

/** The message in the group as it reads now. */
export async function messageNow(test: TestApp, branch: TestBranch, id: number): Promise<SeenMessage> {
  await test.app.settle()
  const seen = await test.people.read(branch.secretary.account, branch.group)
  const message = seen.findLast((one) => one.id === id)
  if (!message) throw new Error('the message is gone')
  return message
}
