import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Result } from '../../../src/domain/result.ts'
import { type CastResult, castChoice } from '../../../src/features/votes/cast-choice.ts'
import { castOnBehalf } from '../../../src/features/votes/cast-on-behalf.ts'
import { closeVote } from '../../../src/features/votes/close-vote.ts'
import { readRecords } from '../../../src/features/votes/record-view.ts'
import { type Context, createContext } from '../../../src/platform/context.ts'
import { speakerOf } from '../../../src/telegram/speaker.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import type { TestPerson } from '../../support/ward.ts'
import { messageNow, oneBranch, open } from './kit.ts'

let test: TestApp
beforeAll(async () => {
  test = await startTestApp()
})
afterAll(() => test.stop())

async function contextOf(person: TestPerson): Promise<Context> {
  const { services } = test.app
  const account = { id: BigInt(person.account), name: person.fullName }
  const { actor } = await speakerOf(services.database, account, services.clock.now())
  return createContext(services, actor, null)
}

type Outcome = CastResult['outcome'] | string

/** One act of the race: whose choice it sets, to what, and what came of it. */
interface Act {
  personId: number
  optionIndex: number
  run(): Promise<Outcome>
}

const outcomeOf = (result: Result<Pick<CastResult, 'outcome'>>): Outcome =>
  result.ok ? result.value.outcome : result.problem.code
const isAccepted = (outcome: Outcome) => ['recorded', 'changed', 'unchanged'].includes(outcome)

describe('votes under a rush', () => {
  it('five hundred equal presses of one voter at once are one choice', async () => {
    const branch = await oneBranch(test)
    const { id, message } = await open(test, branch)
    const voter = await contextOf(branch.deputy)
    const outcomes = await Promise.all(
      Array.from({ length: 500 }, async () =>
        outcomeOf(await castChoice(voter, { voteId: id, question: 0, optionIndex: 0 })),
      ),
    )
    expect(outcomes.filter((outcome) => outcome === 'recorded')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'unchanged')).toHaveLength(499)
    expect((await messageNow(test, branch, message.id)).text).toContain('Đã biểu quyết: 1/6')
  }, 180_000)

  it.each([1, 2])(
    'two hundred choices that race twenty closings count if and only if they were taken (%i)',
    async (round) => {
      const branch = await oneBranch(test, 10)
      const { id, message } = await open(test, branch)
      const [secretary, deputy] = [await contextOf(branch.secretary), await contextOf(branch.deputy)]
      const phoneless = branch.members.filter(({ account }) => account === 0)
      const voters = [branch.secretary, branch.deputy, ...branch.members.filter(({ account }) => account !== 0)]
      const own = await Promise.all(
        voters.map(async (person) => {
          const ctx = await contextOf(person)
          return Array.from({ length: 16 }, (_, again): Act => {
            const optionIndex = (person.id + again + round) % 3
            const run = async () => outcomeOf(await castChoice(ctx, { voteId: id, question: 0, optionIndex }))
            return { personId: person.id, optionIndex, run }
          })
        }),
      )
      const entered = phoneless.flatMap(({ id: personId }) =>
        Array.from({ length: 24 }, (_, again): Act => {
          const optionIndex = (again + round) % 3
          const run = async () =>
            outcomeOf(await castOnBehalf(secretary, { voteId: id, question: 0, personId, optionIndex }))
          return { personId, optionIndex, run }
        }),
      )
      const written = [...own.flat(), ...entered]
      // 77 and 200 have no common factor: every act once, neighbours of different people.
      const acts = written.flatMap((_, nth) => written[(nth * 77 + round) % written.length] ?? [])
      expect(acts).toHaveLength(200)
      const closings: ReturnType<typeof closeVote>[] = []
      const results = await Promise.all(
        acts.map(async (act, index) => {
          if (index >= 60 && index % 7 === round) closings.push(closeVote(index % 2 ? secretary : deputy, id))
          return { ...act, outcome: await act.run() }
        }),
      )
      expect((await Promise.all(closings)).filter(({ ok }) => ok)).toHaveLength(20)

      const db = test.app.services.database
      const [record, ...more] = await readRecords(db, id)
      expect(more).toEqual([])
      const choices = await db.voteChoice.findMany({ where: { voteId: id } })
      // What was counted is what stands: nothing slipped in behind the count.
      const standing = [0, 1, 2].map((index) => choices.filter(({ optionIndex }) => optionIndex === index).length)
      expect(record?.questions[0]?.counts).toEqual(standing)
      expect(record).toMatchObject({
        voted: choices.length,
        entered: choices.filter(({ enteredById }) => enteredById !== null).length,
      })
      // Whoever was told that it was taken is counted with one of their choices; whoever was not is not counted.
      const taken = results.filter(({ outcome }) => isAccepted(outcome))
      expect(new Set(choices.map(({ personId }) => personId))).toEqual(new Set(taken.map(({ personId }) => personId)))
      for (const { personId, optionIndex } of choices) {
        expect(taken.some((act) => act.personId === personId && act.optionIndex === optionIndex)).toBe(true)
      }
      const refusals = results.map(({ outcome }) => outcome).filter((outcome) => !isAccepted(outcome))
      expect(refusals.filter((code) => code !== 'votes.closed')).toEqual([])

      const now = await messageNow(test, branch, message.id)
      expect(now.text).toContain(`Đã biểu quyết: ${choices.length}/`)
      expect(now.text).toContain('đã kết thúc')
      const seen = await test.people.read(branch.secretary.account, branch.group)
      expect(seen.filter(({ text }) => text.startsWith('Kết quả thăm dò'))).toHaveLength(1)
    },
  )

  it('an own vote and an entry at the same moment leave the own one', async () => {
    const branch = await oneBranch(test)
    const { id } = await open(test, branch)
    const [voter, secretary] = await Promise.all([contextOf(branch.deputy), contextOf(branch.secretary)])
    const enter = (optionIndex: number) =>
      castOnBehalf(secretary, { voteId: id, question: 0, personId: branch.deputy.id, optionIndex })
    await Promise.all([
      ...[0, 1, 2].map(enter),
      castChoice(voter, { voteId: id, question: 0, optionIndex: 2 }),
      ...[0, 1].map(enter),
    ])
    const choice = await test.app.services.database.voteChoice.findFirstOrThrow({ where: { voteId: id } })
    expect(choice).toMatchObject({ optionIndex: 2, enteredById: null })
  })
})
