import { describe, expect, it } from 'vitest'
import { Budget, telegramPace } from '../../src/telegram/pace.ts'

describe('the budget of calls', () => {
  it('gives one chat one call a second', () => {
    const budget = new Budget(telegramPace)
    expect(budget.take(5, 0)).toBe(true)
    expect(budget.take(5, 999)).toBe(false)
    expect(budget.take(5, 1001)).toBe(true)
  })

  it('gives a group twenty calls a minute and a person more', () => {
    const budget = new Budget(telegramPace)
    const taken = (chatId: number) =>
      Array.from({ length: 60 }, (_, s) => budget.take(chatId, s * 1001)).filter(Boolean).length
    expect(taken(-100)).toBe(20)
    expect(taken(100)).toBe(60)
  })

  it('keeps all chats together below thirty a second', () => {
    const budget = new Budget(telegramPace)
    const taken = Array.from({ length: 100 }, (_, chat) => budget.take(chat + 1, 10)).filter(Boolean).length
    expect(taken).toBe(telegramPace.perSecond)
  })

  it('holds only the chat that was refused', () => {
    const budget = new Budget(telegramPace)
    budget.refused(1, 30, 0)
    expect(budget.take(1, 29_999)).toBe(false)
    expect(budget.take(2, 5)).toBe(true)
    expect(budget.take(1, 30_001)).toBe(true)
  })

  it('holds every chat when three were refused within ten seconds', () => {
    const budget = new Budget(telegramPace)
    for (const chat of [1, 2, 3]) budget.refused(chat, 20, chat * 1000)
    expect(budget.take(9, 22_000)).toBe(false)
    expect(budget.take(9, 23_001)).toBe(true)
  })

  it('does not hold every chat for one chat that was refused three times', () => {
    const budget = new Budget(telegramPace)
    for (const at of [0, 1, 2]) budget.refused(1, 20, at)
    expect(budget.take(9, 10)).toBe(true)
  })

  it('keeps below thirty a second however long the calls are on their way', () => {
    const budget = new Budget(telegramPace)
    const arrivals: number[] = []
    const underWay: { chatId: number; endsAt: number }[] = []
    for (let now = 0; now < 10_000; now += 5) {
      for (const call of underWay.filter(({ endsAt }) => endsAt <= now)) {
        underWay.splice(underWay.indexOf(call), 1)
        budget.ended(call.chatId, now)
      }
      for (let chatId = arrivals.length + 1; budget.take(chatId, now); chatId++) {
        // The first calls crawl, the later ones run: they would arrive together.
        const length = chatId % 30 < 15 ? 1300 : 5
        underWay.push({ chatId, endsAt: now + length })
        arrivals.push(now + length)
      }
    }
    arrivals.sort((a, b) => a - b)
    for (const [index, at] of arrivals.entries()) {
      const next = arrivals[index + telegramPace.perSecond]
      if (next !== undefined) expect(next - at).toBeGreaterThanOrEqual(1000)
    }
    expect(arrivals.length).toBeGreaterThan(150)
  })

  it('leaves the room to people who look on, but for a delivery now and then', () => {
    const budget = new Budget(telegramPace)
    expect(budget.roomForDeliveries(1000)).toBe(30)
    budget.onlookers = 100
    const given = Array.from({ length: 100 }, (_, nth) => budget.roomForDeliveries(1000 + nth * 10))
    expect(given.filter((room) => room > 0)).toEqual([1, 1, 1, 1, 1])
    budget.onlookers = 10
    expect(budget.roomForDeliveries(2000)).toBe(1)
    expect(budget.roomForDeliveries(2001)).toBe(20)
  })

  it('names the chats that rest, and forgets those that have been quiet', () => {
    const budget = new Budget(telegramPace)
    budget.take(5, 0)
    budget.refused(6, 30, 0)
    expect(budget.resting(500).toSorted()).toEqual([5, 6])
    expect(budget.resting(1500)).toEqual([6])
    expect(budget.resting(31_000)).toEqual([])
  })
})
