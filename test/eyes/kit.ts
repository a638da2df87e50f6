import type { TestApp } from '../support/app.ts'
import { createTestWard, type TestBranch, type TestPerson, type TestWard } from '../support/ward.ts'

export interface Town {
  ward: TestWard
  /** Where those who look belong. */
  own: TestBranch
  /** Another branch of the same ward. */
  other: TestBranch
  /** Another ward, whose third branch has names of its own. */
  foreign: TestWard
  /** A plain member without a post, and the probationary member, of the own branch. */
  member: TestPerson
  probationary: TestPerson
  /** An account that speaks for nobody. */
  stranger: { account: number; fullName: string }
}

/** Two wards, and three people who may see little. */
export async function town(test: TestApp): Promise<Town> {
  const ward = await createTestWard(test, { branches: 2, members: 3 })
  const foreign = await createTestWard(test, { branches: 3, members: 2 })
  const [own, other] = ward.branches
  const member = own?.members[1]
  if (!own || !other || !member) throw new Error('a ward without people')
  const account = test.sandbox.world.addUser({ name: 'Người Lạ Mặt' }).id
  test.sandbox.world.openPrivateChat(account)
  const stranger = { account, fullName: 'Người Lạ Mặt' }
  return { ward, own, other, foreign, member, probationary: own.probationary, stranger }
}

/** Everybody's full name but the reader's own. */
export function namesBut({ ward, foreign }: Town, reader: { fullName: string }): string[] {
  return [...ward.everyone, ...foreign.everyone]
    .map(({ fullName }) => fullName)
    .filter((name) => name !== reader.fullName)
}

/** All that the bot has said to anybody since a call of that number, windows over a press too; without the words that it quotes back. */
export async function saidSince(test: TestApp, after: number): Promise<string> {
  const calls = await test.people.calls(after)
  return calls.map(({ params }) => JSON.stringify(params).replaceAll(/«[^»]*»/g, '«…»')).join('\n')
}

export async function lastCall(test: TestApp): Promise<number> {
  return (await test.people.calls()).at(-1)?.n ?? 0
}

/** A press with data of the presser's own making, under any message of the bot in their private chat. */
export async function forge(test: TestApp, account: number, data: string): Promise<string> {
  const { world } = test.sandbox
  const last = world.messages({ for: account, chat: account }).findLast(({ from }) => from.isBot)
  const message = last ?? (await test.people.ask(account, '/menu'))
  return (await world.press({ from: account, chat: account, message: message.id, button: '', data })).text ?? ''
}

/** The same name typed in five ways. */
export function fiveSpellings(name: string): string[] {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
  return [name, name.toUpperCase(), plain.toLowerCase(), name.normalize('NFD'), `  ${name.replaceAll(' ', '   ')} `]
}
