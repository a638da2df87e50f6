import { setTimeout as delay } from 'node:timers/promises'
import type { Api } from 'grammy'
import type { Log } from '../platform/log.ts'
import type { Message } from '../platform/messages.ts'
import { classify } from './failures.ts'
import type { Budget } from './pace.ts'
import { patiently } from './patience.ts'
import { editMessage } from './send.ts'

/** A finger waits so long for its answer; an edit that takes longer goes on beside it. */
const promptMilliseconds = 150
const lookAgainMilliseconds = 10

export interface DoorEdits {
  /**
   * Replaces a message, within the limits, in the order asked for; of several edits that wait for one message only the newest is
   * made. Answers when it is done; at once where it has to wait, and after a moment where it takes long, while it goes on. Throws
   * where it failed within that moment; later its message stays as it was, with buttons that still work.
   */
  show(chatId: number, messageId: number, message: Message): Promise<void>
  /** Resolves when nothing waits or runs. */
  idle(): Promise<void>
}

interface Waiting {
  chatId: number
  messageId: number
  message: Message
  done: PromiseWithResolvers<void>
}

/** Edits of messages whose people look on and of which nothing may be written down, so that none can be a delivery. */
export function createDoorEdits(api: Api, budget: Budget, log: Log): DoorEdits {
  const waiting = new Map<string, Waiting>()
  const running = new Set<Promise<void>>()
  let isSending = false

  const sendWhatMay = () => {
    for (const [key, one] of waiting) {
      if (budget.room() < 1) break
      if (!budget.take(one.chatId)) continue
      waiting.delete(key)
      send(one)
    }
    budget.onlookers = waiting.size
  }
  const sendTheRest = async () => {
    isSending = true
    while (waiting.size > 0) {
      await delay(lookAgainMilliseconds)
      sendWhatMay()
    }
    isSending = false
  }
  const send = ({ chatId, messageId, message, done }: Waiting) => {
    const sending = patiently(budget, chatId, () => editMessage(api, chatId, messageId, message))
      .catch((error) => {
        if (classify(error).kind !== 'done') throw error
      })
      .then(done.resolve, done.reject)
      .finally(() => running.delete(sending))
    running.add(sending)
  }
  const late = (error: unknown) => log.warn({ failure: classify(error).kind }, 'edit at the door failed late')
  return {
    show: async (chatId, messageId, message) => {
      const key = `${chatId}:${messageId}`
      const done = waiting.get(key)?.done ?? Promise.withResolvers<void>()
      waiting.set(key, { chatId, messageId, message, done })
      sendWhatMay()
      if (waiting.has(key)) {
        if (!isSending) void sendTheRest()
        done.promise.catch(late)
        return
      }
      let isPrompt = true
      const edited = done.promise.catch((error) => {
        if (isPrompt) throw error
        late(error)
      })
      await Promise.race([edited, delay(promptMilliseconds)])
      isPrompt = false
    },
    idle: async () => {
      while (waiting.size + running.size > 0) await delay(lookAgainMilliseconds)
    },
  }
}
