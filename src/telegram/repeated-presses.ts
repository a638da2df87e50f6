import type { CallbackQuery, Update } from 'grammy/types'
import { markOf } from './answers.ts'
import type { PressWindow } from './press-windows.ts'

/** Presses follow each other so soon when one finger makes them: what comes later was thought about. */
const betweenMilliseconds = 2000
/** However long a finger keeps pressing, after that the button is done once more. */
const longestMilliseconds = 10_000
const mostRemembered = 1000

interface DonePress {
  mark: string
  updateId: number
  window: PressWindow
  doneAt: number
  seenAt: number
}

/**
 * Knows what each person pressed last. The same button under the same message, reading as it did and with nothing done in between,
 * is the same finger once more: it gets the same window and is not done again.
 */
export interface RepeatedPresses {
  /** The window of the press that this one repeats; null where it must be done. */
  windowOf(update: Update, now?: number): PressWindow | null
  /** It was done. */
  done(update: Update, window: PressWindow, now?: number): void
}

export function createRepeatedPresses(): RepeatedPresses {
  const last = new Map<number, DonePress>()
  return {
    windowOf: (update, now = performance.now()) => {
      const press = update.callback_query
      const person = press?.from.id ?? update.message?.from?.id
      if (person === undefined) return null
      const before = last.get(person)
      const isSame = press && before?.mark === markOfPress(press) && before.updateId !== update.update_id
      if (isSame && now - before.seenAt < betweenMilliseconds && now - before.doneAt < longestMilliseconds) {
        before.seenAt = now
        return before.window
      }
      last.delete(person)
      return null
    },
    done: (update, window, now = performance.now()) => {
      const press = update.callback_query
      if (!press) return
      last.set(press.from.id, {
        mark: markOfPress(press),
        updateId: update.update_id,
        window,
        doneAt: now,
        seenAt: now,
      })
      if (last.size > mostRemembered) {
        for (const [person, { seenAt }] of last) if (now - seenAt > betweenMilliseconds) last.delete(person)
      }
    },
  }
}

/** The button, the message that carries it, and how that read when it was pressed. */
function markOfPress({ data, message }: CallbackQuery): string {
  const shown = message && 'text' in message ? [message.text, message.edit_date] : []
  const buttons = message && 'reply_markup' in message ? message.reply_markup : null
  return markOf(message?.chat.id ?? 0, [message?.message_id, data, shown, buttons])
}
