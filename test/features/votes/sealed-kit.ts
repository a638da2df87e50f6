import { packFor } from '../../../src/domain/packs/index.ts'
import { writeDraft } from '../../../src/features/votes/write-draft.ts'
import { createContext, nobody } from '../../../src/platform/context.ts'
import { speakerOf } from '../../../src/telegram/speaker.ts'
import type { TestApp } from '../../support/app.ts'
import type { SeenMessage } from '../../support/people.ts'
import type { TestBranch, TestPerson } from '../../support/ward.ts'
import { inPrivate } from './kit.ts'

export const levels = ['Xuất sắc', 'Tốt', 'Hoàn thành', 'Không hoàn thành']

/** A secret ballot on these names as a draft, with its tally team; answers with its number in the database. */
export async function secretDraft(
  test: TestApp,
  branch: TestBranch,
  tellers: readonly TestPerson[],
  names: readonly string[],
): Promise<number> {
  const ctx = createContext(test.app.services, nobody, null)
  const pack = packFor('vote', ctx.today())
  if (!pack.ok) throw new Error(pack.problem.code)
  return ctx.transaction(async (tx) => {
    const id = await writeDraft(ctx, tx, {
      branchId: branch.id,
      kind: 'secret',
      title: 'Xếp loại đảng viên',
      questions: names.map((text) => ({ text, options: levels.map((level) => ({ text: level })) })),
      pack: pack.value,
      createdById: branch.secretary.id,
      source: null,
    })
    await tx.voteTeller.createMany({
      data: tellers.map(({ id: personId }, index) => ({ voteId: id, personId, isHead: index === 0 })),
    })
    return id
  })
}

/** A context in which that person acts, as the router makes one. */
export async function as(test: TestApp, person: TestPerson, source: string | null = null) {
  const { services } = test.app
  const account = { id: BigInt(person.account), name: person.fullName }
  const { actor } = await speakerOf(services.database, account, services.clock.now())
  return createContext(services, actor, source)
}

/** Presses what no button here says, as the card of another chat or a forged client would. */
export async function pressData(test: TestApp, person: TestPerson, chat: number, message: SeenMessage, data: string) {
  const headers = { 'content-type': 'application/json' }
  const body = JSON.stringify({ from: person.account, chat, message: message.id, button: '', data })
  const response = await fetch(`${test.sandbox.url}/people/presses`, { method: 'POST', headers, body })
  const { result } = (await response.json()) as { result: { text?: string; alert?: boolean } }
  return result
}

/** The secretary opens the draft; answers with the tally team's messages, in their order. */
export async function openDraft(test: TestApp, branch: TestBranch, voteId: number, tellers: readonly TestPerson[]) {
  const { secretary } = branch
  const menu = await test.people.ask(secretary.account, '/menu')
  await pressData(test, secretary, secretary.account, menu, `sopen:${voteId}`)
  const shares: SeenMessage[] = []
  for (const teller of tellers) shares.push(await inPrivate(test, teller, 'mảnh chìa khoá'))
  return shares
}

/** A message as it reads now. */
export async function reread(
  test: TestApp,
  person: TestPerson,
  chat: number,
  message: SeenMessage,
): Promise<SeenMessage> {
  const found = (await test.people.read(person.account, chat)).findLast(({ id }) => id === message.id)
  if (!found) throw new Error('the message is gone')
  return found
}

/** Presses one button of the paper after another, each on the page that the one before led to; answers with what was said. */
export async function fill(test: TestApp, person: TestPerson, paper: SeenMessage, buttons: readonly string[]) {
  const said: (string | undefined)[] = []
  for (const button of buttons) {
    const page = await reread(test, person, person.account, paper)
    said.push((await test.people.press(person.account, person.account, page, button)).text)
  }
  return said
}

/** Closes from the leader's private message, and answers once the tally team has been told. */
export async function closeBallot(test: TestApp, branch: TestBranch): Promise<void> {
  const { account } = branch.secretary
  // What the opening sends may still be on its way.
  await test.app.quiet()
  const seen = await test.people.read(account, account)
  const message = seen.findLast(({ buttons }) => buttons.flat().some(({ text }) => text === 'Kết thúc bỏ phiếu'))
  if (!message) throw new Error('nothing to close by')
  await test.people.press(account, account, message, 'Kết thúc bỏ phiếu')
  const question = await test.people.next(account, account, ({ text }) => text.includes('không ai đổi được nữa'))
  await test.people.press(account, account, question, 'Kết thúc')
  await test.app.settle()
}
