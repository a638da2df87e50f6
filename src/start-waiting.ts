import { GrammyError, HttpError } from 'grammy'
import type { Config } from './config.ts'
import { mayPassAtDatabase, touchDatabase } from './platform/reach-database.ts'
import type { Texts } from './platform/texts.ts'
import { untilReached } from './platform/until-reached.ts'
import type { Waiting } from './web/pages.ts'

/** What a start does while its database or Telegram cannot be reached. */
export interface StartWaits {
  /** What it is doing now. */
  reason(): Waiting
  /** Resolves when the database takes connections. Throws what does not pass by itself: a wrong password, no such database. */
  database(): Promise<void>
  /** Makes a call to Telegram until it is answered. Throws what Telegram refuses. */
  telegram<T>(call: () => Promise<T>): Promise<T>
}

interface StartWaitsParts {
  config: Config
  texts: Texts
  say(line: string): void
  /** Answers on `PORT` that the program is not ready. */
  open(): Promise<unknown>
  signal: AbortSignal
}

/** Waits, says so on the screen and on `PORT`, and ends at once with the signal. */
export function createStartWaits({ config, texts, say, open, signal }: StartWaitsParts): StartWaits {
  let reason: Waiting = 'starting'
  const waits = async (why: Waiting, line: string) => {
    reason = why
    say(line)
    await open()
  }
  return {
    reason: () => reason,
    database: async () => {
      const urls = [config.databaseMigrateUrl, config.databaseUrl].filter((url) => url !== null)
      for (const url of urls) {
        await untilReached(() => touchDatabase(url), {
          mayPass: mayPassAtDatabase,
          onWaiting: (error) =>
            waits('waitingForDatabase', texts('start:waiting.database', { reason: reasonOf(error) })),
          signal,
        })
      }
      reason = 'starting'
    },
    telegram: async (call) => {
      const answer = await untilReached(call, {
        mayPass: mayPassAtTelegram,
        onWaiting: () => waits('waitingForTelegram', texts('start:waiting.telegram', { apiRoot: config.botApiRoot })),
        signal,
      })
      reason = 'starting'
      return answer
    },
  }
}

/** No way to the server, one that is in trouble itself, or something between that does not speak like Telegram. */
function mayPassAtTelegram(error: unknown): boolean {
  if (error instanceof GrammyError) return error.error_code >= 500 || error.error_code === 429
  return error instanceof HttpError
}

function reasonOf(error: unknown): string {
  if (error instanceof Error && error.message !== '') return error.message
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error)
}
