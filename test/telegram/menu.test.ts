import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestApp, type TestApp } from '../support/app.ts'
import { buttonsOf } from '../support/people.ts'
import { createTestWard, type TestPerson, type TestWard } from '../support/ward.ts'

let test: TestApp
let ward: TestWard
beforeAll(async () => {
  test = await startTestApp()
  ward = await createTestWard(test)
})
afterAll(() => test.stop())

const unnumbered = (text: string) => text.replace(/^\d+\. /, '')

/** What the help tells this person they may do here. */
async function told({ account }: TestPerson): Promise<string[]> {
  const { text } = await test.people.ask(account, '/trogiup')
  return [...text.matchAll(/^\/\w+ – (.+)$/gm)].map(([, label = '']) => label)
}

it.each(['a secretary', 'a plain member'])('%s reaches by buttons everything the help names', async (who) => {
  const person = who === 'a secretary' ? ward.branches[0]?.secretary : ward.branches[0]?.members[1]
  if (!person) throw new Error('a ward without people')
  const { account } = person
  const menu = await test.people.ask(account, '/menu')
  const first = buttonsOf(menu)
  expect(first.length).toBeLessThanOrEqual(12)
  const labels = await told(person)
  const reached = new Set(first.map(unnumbered))
  for (const group of first.filter((button) => ![...labels, 'Hướng dẫn'].includes(unnumbered(button)))) {
    await test.people.press(account, account, menu, group)
    const commands = await test.people.next(account, account)
    expect(buttonsOf(commands)).toContain('« Danh mục việc')
    for (const one of buttonsOf(commands)) reached.add(unnumbered(one))
  }
  expect(labels.length).toBeGreaterThanOrEqual(4)
  expect(labels.filter((label) => !reached.has(label))).toEqual([])
})

it('a line of a long menu is chosen by its number, and the way back leads to the whole', async () => {
  const secretary = ward.branches[0]?.secretary
  if (!secretary) throw new Error('a ward without a secretary')
  const { account } = secretary
  const menu = await test.people.ask(account, '/menu')
  const number = buttonsOf(menu).findIndex((text) => text.endsWith('Giao việc, báo cáo')) + 1
  const group = await test.people.ask(account, String(number))
  expect(group.text).toContain('Giao việc, báo cáo')
  await test.people.press(account, account, group, '« Danh mục việc')
  expect((await test.people.next(account, account)).text).toContain('Đồng chí cần việc gì?')
  await test.people.ask(account, String(number))
  expect((await test.people.ask(account, '2')).text).not.toContain('chưa hiểu')
})
