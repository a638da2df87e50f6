import { expect, it } from 'vitest'
import { inBatches } from '../../src/platform/batches.ts'

it('writes one item at once, and together what comes while that is under way', async () => {
  const batches: number[][] = []
  const first = Promise.withResolvers<void>()
  const write = inBatches<number>(async (items) => {
    batches.push([...items])
    if (batches.length === 1) await first.promise
  })
  const written = [1, 2, 3].map(write)
  first.resolve()
  await Promise.all(written)
  await write(4)
  expect(batches).toEqual([[1], [2, 3], [4]])
})

it('one item that cannot be written fails alone, and the others of its batch are written', async () => {
  const stored: number[] = []
  const write = inBatches<number>(async (items) => {
    await Promise.resolve()
    if (items.includes(3)) throw new Error('not this one')
    stored.push(...items)
  })
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(write))
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  expect(stored.toSorted()).toEqual([1, 2, 4])
})
