import type { Api } from 'grammy'
import type { Log } from '../platform/log.ts'
import type { Message } from '../platform/messages.ts'
import { classify } from './failures.ts'
import type { Budget } from './pace.ts'
import { awaitBudget, patiently } from './patience.ts'
import { editMessage, sendMessage } from './send.ts'

/** Messages that must not be written down before they are sent, so that none of them can be a delivery. */
export interface Direct {
  /** The message's number, or null where it did not arrive for certain. */
  send(chatId: bigint, message: Message): Promise<number | null>
  /** Whether the message reads so now; one that is gone for good counts as well. */
  edit(chatId: bigint, messageId: number, message: Message): Promise<boolean>
}

export function createDirect(api: Api, budget: Budget, log: Log): Direct {
  return {
    send: async (chatId, message) => {
      const chat = Number(chatId)
      await awaitBudget(budget, chat)
      try {
        return await patiently(budget, chat, () => sendMessage(api, chat, message))
      } catch (error) {
        log.warn({ failure: classify(error).kind }, 'direct message not sent')
        return null
      }
    },
    edit: async (chatId, messageId, message) => {
      const chat = Number(chatId)
      try {
        await patiently(budget, chat, () => editMessage(api, chat, messageId, message))
        return true
      } catch (error) {
        const failure = classify(error).kind
        return failure === 'done' || failure === 'refused' || failure === 'chatLost'
      }
    },
  }
}
