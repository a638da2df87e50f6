import { describe, expect, it } from 'vitest'
import {
  combineShares,
  createKeyPair,
  forget,
  seal,
  sealedExtra,
  shareBytes,
  shareMark,
  shuffled,
  splitKey,
  unseal,
} from '../../src/platform/sealing.ts'

const box = createKeyPair()
const content = Uint8Array.of(1, 2, 3)

describe('a sealed content', () => {
  it('opens with the private key only, looks different each time and always has the same length', () => {
    const first = seal(content, box.publicKey)
    const second = seal(content, box.publicKey)
    expect(first).not.toEqual(second)
    expect(first.length).toBe(content.length + sealedExtra)
    expect(unseal(first, box)).toEqual(content)
    expect(unseal(first, createKeyPair())).toBeNull()
  })

  it('that was changed or is too short does not open', () => {
    const sealed = seal(content, box.publicKey)
    for (let index = 0; index < sealed.length; index++) {
      const changed = sealed.with(index, (sealed[index] ?? 0) ^ 1)
      expect(unseal(changed, box)).toBeNull()
    }
    expect(unseal(Uint8Array.of(1, 2), box)).toBeNull()
  })
})

describe('the shares of a key', () => {
  it('give it back, any two of three, and one alone does not', async () => {
    const [a, b, c] = await splitKey(box, 3, 2)
    if (!a || !b || !c) throw new Error('three shares were asked for')
    expect([a, b, c].map(({ length }) => length)).toEqual([shareBytes, shareBytes, shareBytes])
    for (const pair of [
      [a, b],
      [b, c],
      [c, a],
      [a, b, c],
    ]) {
      expect((await combineShares(pair, box.publicKey))?.privateKey).toEqual(box.privateKey)
    }
    expect(await combineShares([a], box.publicKey)).toBeNull()
    expect(await combineShares([a, a], box.publicKey)).toBeNull()
  })

  it('of two boxes combine to nothing, although they combine without an error', async () => {
    const [a] = await splitKey(box, 3, 2)
    const others = await splitKey(createKeyPair(), 3, 2)
    for (const other of others) expect(a && (await combineShares([a, other], box.publicKey))).toBeNull()
  })

  it('have marks that tell them apart, and are gone once forgotten', async () => {
    const shares = await splitKey(box, 3, 2)
    expect(new Set(shares.map((share) => Buffer.from(shareMark(share)).toString('hex'))).size).toBe(3)
    forget(...shares)
    expect(shares.every((share) => share.every((byte) => byte === 0))).toBe(true)
  })
})

describe('shuffling', () => {
  it('keeps every value and favours no place', () => {
    const places = [0, 0, 0, 0]
    for (let round = 0; round < 1000; round++) {
      const order = shuffled([0, 1, 2, 3])
      expect(order.toSorted()).toEqual([0, 1, 2, 3])
      const place = order.indexOf(0)
      places[place] = (places[place] ?? 0) + 1
    }
    // 250 each on average with a deviation of 14: eight times that happens once in more than 10^14 runs.
    for (const count of places) expect(Math.abs(count - 250)).toBeLessThan(112)
  })
})
