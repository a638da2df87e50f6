import type { CallbackQuery, Update } from 'grammy/types'
import { markOf } from './answers.ts'
import type { PressWindow } from './press-windows.ts'

const mostRemembered = 1000

interface DonePress {
  mark: string
  updateId: number
  window: PressWindow
  doneAt: number
}

/**
 * Knows what each person pressed last. The same button under the same message, reading as it did, that came before the first was done,
 * is the same finger once more: it gets the same window and is not done again.
 */
export interface RepeatedPresses {
  /** The window of the press that this one repeats; null where it must be done. Moments are monotonic, in milliseconds. */
  windowOf(update: Update, arrivedAt: number): PressWindow | null
  /** It was done. */
  done(update: Update, window: PressWindow, now: number): void
}

export function createRepeatedPresses(): RepeatedPresses {
  const last = new Map<number, DonePress>()
  return {
    windowOf: (update, arrivedAt) => {
      const press = update.callback_query
      const person = press?.from.id ?? update.message?.from?.id
      if (person === undefined) return null
      const before = last.get(person)
      const isSame = press && before?.mark === markOfPress(press) && before.updateId !== update.update_id
      if (isSame && arrivedAt < before.doneAt) {
        return before.window
      }
      last.delete(person)
      return null
    },
    done: (update, window, now) => {
      const press = update.callback_query
      if (!press) return
      last.set(press.from.id, {
        mark: markOfPress(press),
        updateId: update.update_id,
        window,
        doneAt: now,
      })
      const [oldest] = last.keys()
      if (last.size > mostRemembered && oldest !== undefined) last.delete(oldest)
    },
  }
}

/** The button, the message that carries it, and how that read when it was pressed. */
function markOfPress({ data, message }: CallbackQuery): string {
  const shown = message && 'text' in message ? [message.text, message.edit_date] : []
  const buttons = message && 'reply_markup' in message ? message.reply_markup : null
  return markOf(message?.chat.id ?? 0, [message?.message_id, data, shown, buttons])
}
