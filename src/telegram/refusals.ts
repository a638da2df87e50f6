import type { Update } from 'grammy/types'
import type { Services } from '../platform/context.ts'
import { priority, writeDelivery } from '../platform/outbox.ts'
import { inTransaction } from '../platform/transaction.ts'
import { orderingKey } from './door.ts'
import type { PressWindows } from './press-windows.ts'

/** A flood is over when nothing of its person was refused for so long. */
const quietMilliseconds = 60_000
/** So many people are remembered before those whose flood is over are forgotten. */
const mostRemembered = 1000

/** Says at the door that something is not taken. */
export interface Refusals {
  /** Answers presses with data that no button of ours ever had, where the finger is. */
  forged(presses: readonly Update[]): void
  /**
   * Tells people that what they sent now was not taken: a press in its window, messages once for each flood, by a delivery, since
   * the chat has its hands full.
   */
  tooMany(refused: readonly Update[]): Promise<void>
}

export function createRefusals(services: Services, windows: PressWindows, botId: number): Refusals {
  const { texts, database, clock } = services
  /** When something of a person was refused last, in milliseconds of this process. */
  const floods = new Map<string, number>()

  const answer = ({ callback_query: press }: Update, text: string) => {
    if (press) windows.say(press.id, { text, alert: true })
  }

  const tell = async (update: Update) => {
    const { message } = update
    const key = orderingKey(update)
    const now = performance.now()
    const isNew = now - (floods.get(key) ?? Number.NEGATIVE_INFINITY) > quietMilliseconds
    if (isNew && message) {
      const text = texts('telegram:flooded')
      const place = message.chat.type === 'private' ? {} : { replyToMessageId: message.message_id }
      await inTransaction(database, (tx) =>
        writeDelivery(
          tx,
          {
            chatId: BigInt(message.chat.id),
            message: { text, ...place },
            key: `flood:${botId}:${update.update_id}`,
            priority: priority.reply,
          },
          clock.now(),
        ),
      )
      services.onCommit()
    }
    if (message) floods.set(key, now)
    if (floods.size > mostRemembered) {
      for (const [one, at] of floods) if (now - at > quietMilliseconds) floods.delete(one)
    }
  }

  return {
    forged: (presses) => {
      for (const update of presses) answer(update, texts('telegram:oldButton'))
    },
    tooMany: async (refused) => {
      for (const update of refused) {
        if (update.callback_query) answer(update, texts('telegram:floodedPress'))
        else await tell(update)
      }
    },
  }
}
