import { toUtcMidnight } from '../../../src/domain/dates.ts'
import { searchKey } from '../../../src/domain/names.ts'
import { consentVersion } from '../../../src/features/linking/index.ts'
import type { TestApp } from '../../support/app.ts'
import type { SeenMessage } from '../../support/people.ts'
import { createTestWard, type TestBranch, type TestPerson, type TestWard } from '../../support/ward.ts'

export const day = (text: string) => Temporal.PlainDate.from(text)
export const says = (words: string) => (message: SeenMessage) => message.text.includes(words)

export interface SeedCase {
  ward: TestWard
  /** Nine residential branches. */
  residential: TestBranch[]
  /** The office's branch, to be dissolved. */
  office: TestBranch
  /** Its thirty members: secretary, deputy, then the others. */
  cadres: TestPerson[]
}

/** The ward of the seed: nine residential branches, and the office's with thirty cadres, most of them with an account. */
export async function seedCase(test: TestApp): Promise<SeedCase> {
  const ward = await createTestWard(test, { branches: 10, members: 1 })
  const residential = ward.branches.slice(0, 9)
  const office = ward.branches[9]
  if (!office) throw new Error('no tenth branch')
  office.name = 'Chi bộ cơ quan phường'
  office.code = 'CQ'
  await test.app.services.database.organisation.update({
    where: { id: office.id },
    data: { name: office.name, code: office.code, sector: 'agency' },
  })
  const cadres = [office.secretary, office.deputy, ...office.members, office.probationary]
  while (cadres.length < 30) cadres.push(await addMember(test, ward, office, `Cán Bộ Thứ ${cadres.length}`))
  return { ward, residential, office, cadres }
}

/** One more official member of a branch, with an account that has started the bot. */
export async function addMember(
  test: TestApp,
  ward: TestWard,
  branch: TestBranch,
  fullName: string,
): Promise<TestPerson> {
  const { database: db, clock } = test.app.services
  const from = toUtcMidnight(day('2024-01-01'))
  const number = `N${ward.id}-${ward.everyone.length + 1}`
  const { id } = await db.person.create({
    data: {
      wardId: ward.id,
      number,
      fullName,
      searchName: searchKey(fullName),
      birthYear: 1975,
      memberships: { create: { organisationId: branch.id, from } },
      statuses: { create: { kind: 'official', from } },
    },
  })
  const account = test.sandbox.world.addUser({ name: fullName }).id
  const now = clock.now()
  await db.accountLink.create({
    data: {
      accountId: BigInt(account),
      personId: id,
      accountName: fullName,
      linkedAt: now,
      consentAt: now,
      consentVersion,
    },
  })
  test.sandbox.world.openPrivateChat(account)
  const person = { id, number, fullName, branchId: branch.id, account }
  ward.everyone.push(person)
  return person
}

/** The next private message of the bot to this account with these words. */
export function told(test: TestApp, account: number, words: string): Promise<SeenMessage> {
  return test.people.next(account, account, says(words))
}

/** Presses a button in the private chat and reads the message that answers with these words. */
export async function pressFor(
  test: TestApp,
  account: number,
  message: SeenMessage,
  button: string,
  words: string,
): Promise<SeenMessage> {
  await test.people.press(account, account, message, button)
  return told(test, account, words)
}

/** Presses the button whose text holds these words, wherever its line's number puts it. */
export function buttonWith(message: SeenMessage, words: string): string {
  const found = message.buttons.flat().find(({ text }) => text.includes(words))
  if (!found) throw new Error(`no button with «${words}» under «${message.text}»`)
  return found.text
}

/** The number of the line that ends so, to be typed back. */
export function lineNumber(message: SeenMessage, ending: string): string {
  const line = message.text.split('\n').find((text) => text.endsWith(ending))
  if (!line) throw new Error(`no line «${ending}» in «${message.text}»`)
  return line.split('.')[0] ?? ''
}

/** The officer begins a plan and answers about its instrument; answers with the message that offers file or buttons. */
export async function beginPlan(
  test: TestApp,
  officer: number,
  plan: { leaving: string; effectiveOn: string; dissolves?: boolean },
): Promise<SeenMessage> {
  const { people } = test
  const home = await people.ask(officer, '/chuyensinhhoat')
  const branches = await pressFor(test, officer, home, buttonWith(home, 'Giới thiệu nhiều đồng chí'), 'rời chi bộ nào')
  await people.ask(officer, lineNumber(branches, plan.leaving))
  await people.ask(officer, 'Số 12-QĐ/ĐU')
  await people.ask(officer, '20/11/2026')
  const last = await people.ask(officer, plan.effectiveOn)
  await people.press(officer, officer, last, plan.dissolves === false ? 'Không' : 'Có, giải thể')
  await test.app.settle()
  const edited = (await people.read(officer, officer)).find(({ id }) => id === last.id)
  if (!edited) throw new Error('the question is gone')
  return edited
}
