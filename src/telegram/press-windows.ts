import type { Api } from 'grammy'
import type { Log } from '../platform/log.ts'

/** What is said to a press where the finger is; empty where it only stops waiting. */
export interface PressWindow {
  text?: string
  alert?: boolean
  url?: string
}

/** Answers presses that are not done. It costs no budget, and nobody waits for it: where it fails, nothing was promised. */
export interface PressWindows {
  say(pressId: string, window: PressWindow): void
  /** Resolves when every press is answered. */
  idle(): Promise<void>
}

export function createPressWindows(api: Api, log: Log): PressWindows {
  const answering = new Set<Promise<void>>()
  return {
    say: (pressId, { text, alert = false, url }) => {
      const said = url ? { url } : text === undefined ? {} : { text, show_alert: alert }
      const answered = api
        .answerCallbackQuery(pressId, said)
        .then(
          () => {},
          (error) => log.debug({ err: error }, 'press not answered'),
        )
        .finally(() => answering.delete(answered))
      answering.add(answered)
    },
    idle: async () => {
      while (answering.size > 0) await Promise.all(answering)
    },
  }
}
