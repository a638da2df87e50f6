import { storeFile } from '../../../src/sandbox/files/store.ts'
import { put } from '../../../src/sandbox/world/talking.ts'
import type { TestApp } from '../../support/app.ts'
import type { SeenMessage } from '../../support/people.ts'
import { createTestWard, type TestBranch, type TestPerson } from '../../support/ward.ts'

export async function oneBranch(test: TestApp): Promise<TestBranch> {
  const [branch] = await twoBranches(test, 1)
  return branch
}

/** A branch, and another of the same ward (the same one where only one is made). */
export async function twoBranches(test: TestApp, branches = 2): Promise<[TestBranch, TestBranch]> {
  const ward = await createTestWard(test, { branches, members: 4 })
  const [branch, other = branch] = ward.branches
  if (!branch || !other) throw new Error('a ward without a branch')
  return [branch, other]
}

/** A plain member of the branch; the fourth (3) has no smartphone. */
export function member(branch: TestBranch, nth: number): TestPerson {
  const person = branch.members[nth]
  if (!person) throw new Error(`no member ${nth}`)
  return person
}

export const says = (words: string) => (message: SeenMessage) => message.text.includes(words)

export const isAnnouncement = ({ text, buttons }: SeenMessage) =>
  text.includes('Nhiệm vụ số') && buttons.flat().some((button) => button.text === 'Báo cáo kết quả')

/** What the secretary sees next in the branch's group with these words. */
export function inGroup(test: TestApp, branch: TestBranch, words: string): Promise<SeenMessage> {
  return test.people.next(branch.secretary.account, branch.group, says(words))
}

export function inPrivate(test: TestApp, person: TestPerson, words: string): Promise<SeenMessage> {
  return test.people.next(person.account, person.account, says(words))
}

/** The secretary assigns in the group with one line; answers with the message that the group reads. */
export async function assign(
  test: TestApp,
  branch: TestBranch,
  person: TestPerson,
  work = 'dọn vườn hoa; hạn 30/11',
): Promise<SeenMessage> {
  const { secretary, group } = branch
  await test.people.say(secretary.account, group, `/giaoviec ${person.number}: ${work}`)
  const preview = await inGroup(test, branch, 'Giao việc này?')
  await test.people.press(secretary.account, group, preview, 'Giao việc')
  return test.people.next(secretary.account, group, isAnnouncement)
}

/** A press with data of the presser's own making. */
export function forge(test: TestApp, person: TestPerson, message: SeenMessage, data: string) {
  const { account } = person
  return test.sandbox.world.press({ from: account, chat: account, message: message.id, button: '', data })
}

/** The head of a JPEG of 2 by 2 points. */
export function jpeg(): Uint8Array {
  const frame = [0xff, 0xc0, 0, 11, 8, 0, 2, 0, 2, 1, 1, 0x11, 0]
  return new Uint8Array([0xff, 0xd8, ...frame, 0xff, 0xd9, ...Array.from({ length: 12 }, () => 0)])
}

/** An album as Telegram gives it to bots: a message for each photo, one number for all, words under the first only. */
export function sendAlbum(
  test: TestApp,
  person: TestPerson,
  chat: number,
  album: { id: string; caption: string; replyTo?: number | undefined },
): void {
  const { state } = test.sandbox.world
  for (const index of [1, 2, 3]) {
    const file = storeFile(state, { name: `${index}.jpg`, mime: 'image/jpeg', bytes: Buffer.from(jpeg()) })
    const media = { kind: 'photo' as const, file, duration: 0, spoiler: false }
    const content = { kind: 'media' as const, media, caption: index === 1 ? album.caption : '', captionEntities: [] }
    const place = { from: person.account, chat, ...(album.replyTo ? { replyTo: album.replyTo } : {}) }
    put(state, place, content, 'can_send_photos', { albumId: album.id })
  }
}

/** Somebody without a user name, picked from Telegram's list while writing: a name that carries the account. */
export function mention(
  test: TestApp,
  from: TestPerson,
  chat: number,
  { before, person, after }: { before: string; person: TestPerson; after: string },
): void {
  const name = person.fullName
  const user = { id: person.account, is_bot: false, first_name: name }
  const command = { type: 'bot_command' as const, offset: 0, length: before.trim().length }
  const entities = [command, { type: 'text_mention' as const, offset: before.length, length: name.length, user }]
  put(
    test.sandbox.world.state,
    { from: from.account, chat },
    { kind: 'text', text: before + name + after, entities },
    'can_send_messages',
  )
}

/** A photo in answer to a message of the bot in a group. */
export function sendPhotoInAnswer(test: TestApp, from: TestPerson, chat: number, replyTo: number): void {
  const { state } = test.sandbox.world
  const file = storeFile(state, { name: 'anh.jpg', mime: 'image/jpeg', bytes: Buffer.from(jpeg()) })
  const media = { kind: 'photo' as const, file, duration: 0, spoiler: false }
  put(
    state,
    { from: from.account, chat, replyTo },
    { kind: 'media', media, caption: '', captionEntities: [] },
    'can_send_photos',
  )
}

/** What a secretary gives to one member in the plainest way. */
export function plainTask(branchId: number, assigneeId: number, title: string) {
  const none = { origin: null, originNote: null, dueOn: null, rule: null } as const
  return { key: title, branchId, assigneeIds: [assigneeId], title, kind: 'neighbourhood' as const, files: [], ...none }
}
