import type { Api } from 'grammy'
import type { Message as TelegramMessage, Update } from 'grammy/types'
import type { Services } from '../platform/context.ts'
import type { KeptAnswers } from './kept-answers.ts'
import type { Budget } from './pace.ts'
import { sendMessage } from './send.ts'

/** What is said about an update that no handler could be asked about. */
export interface Apologies {
  /** Says that something went wrong and will be tried again, with a number to quote. */
  failed(update: Update, reference: string): Promise<void>
  /** To an administrator who hides behind the group: nobody can tell who it is. */
  anonymous(message: TelegramMessage): Promise<void>
}

export function createApologies(
  { texts }: Services,
  { api, budget, kept }: { api: Api; budget: Budget; kept: KeptAnswers },
  botId: number,
): Apologies {
  return {
    failed: async ({ update_id, callback_query: press, message }, reference) => {
      const text = texts('telegram:failed', { reference })
      if (press) await api.answerCallbackQuery(press.id, { text, show_alert: true })
      else if (message && budget.take(message.chat.id)) await api.sendMessage(message.chat.id, text)
      else if (message) {
        const place = { accountId: BigInt(message.from?.id ?? 0), chatId: message.chat.id }
        await kept.keep(place, `${botId}:${update_id}:apology`, { text }, false)
      }
    },
    anonymous: async (message) => {
      if (!budget.take(message.chat.id)) return
      const text = texts('telegram:anonymous')
      await sendMessage(api, message.chat.id, { text, replyToMessageId: message.message_id })
    },
  }
}
