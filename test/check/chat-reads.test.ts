import { expect, test } from 'vitest'
import { chatReadProblems, chatReads } from './chat-reads.ts'

const handlers = 'src/features/plans/show-handlers.ts'
const file = (path: string, text: string) => chatReads([{ path, text }])

test('a handler that reads the database by itself is found, by its name or by the turn that it takes', () => {
  expect(file(handlers, 'const plan = await findPlan(turn.context.db, 1)\n').get(handlers)).toBe(1)
  expect(file(handlers, 'const { actor, db } = turn.context\nawait membersOf(db, 1)\n').get(handlers)).toBe(2)
  const other = 'src/features/plans/some-plan.ts'
  const taking = "import type { Turn } from '../../telegram/turn.ts'\nconst f = (turn: Turn) => find(turn.context.db)\n"
  expect(file(other, taking).get(other)).toBe(1)
  expect(file(other, 'export const f = (ctx: Context) => find(ctx.db)\n').size).toBe(0)
})

test('words in comments and what stands outside the features are no reads', () => {
  expect(file(handlers, '/** Never from the db. */\n// not .db either\nconst a = 1\n').size).toBe(0)
  expect(file('src/telegram/forms.ts', 'await ctx.db.form.findFirst()\n').size).toBe(0)
})

test('a new read is a problem, and so is a known one that is gone: the list only shrinks', () => {
  const known = { [handlers]: 1 }
  expect(chatReadProblems(new Map([[handlers, 1]]), known)).toEqual([])
  expect(chatReadProblems(new Map([[handlers, 2]]), known)).toHaveLength(1)
  expect(
    chatReadProblems(
      new Map([
        ['src/features/x/index.ts', 1],
        [handlers, 1],
      ]),
      known,
    ),
  ).toHaveLength(1)
  expect(chatReadProblems(new Map(), known)).toHaveLength(1)
})
