import { setTimeout as delay } from 'node:timers/promises'
import { monotonic } from '../platform/clock.ts'
import { classify } from './failures.ts'
import type { Budget } from './pace.ts'

/** How long an answer may wait while a person looks on; what must wait longer fails as it did. */
const longestSeconds = 5
const mostTries = 3
const lookAgainMilliseconds = 50

/**
 * Makes a call that the courier cannot carry (a file made here, an edit) although the chat's budget is used up: it waits as
 * long as Telegram says. Without it the answer's first half would be sent again with every try of the update.
 */
export async function patiently<T>(budget: Budget, chatId: number, call: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await call()
    } catch (error) {
      const failure = classify(error)
      if (failure.kind !== 'tooFast' || failure.seconds > longestSeconds || tried === mostTries) throw error
      budget.refused(chatId, failure.seconds)
      await delay(failure.seconds * 1000)
    } finally {
      budget.ended(chatId)
    }
  }
}

/** Takes one call from the chat's budget as soon as there is one; false when the person has waited long enough. */
export async function awaitBudget(budget: Budget, chatId: number): Promise<boolean> {
  const deadline = monotonic() + longestSeconds * 1000
  while (!budget.take(chatId)) {
    if (budget.isShut || monotonic() >= deadline) return false
    await delay(lookAgainMilliseconds)
  }
  return true
}
