import { GrammyError, HttpError } from 'grammy'

/** What a refused or broken call to Telegram means for the message it carried. */
export type Failure =
  /** It already reads so. */
  | { kind: 'done' }
  /** Telegram says the bot is too fast: not carried out, may be tried again after that many seconds. */
  | { kind: 'tooFast'; seconds: number; reason: string }
  /**
   * Telegram lets this bot do nothing at all: the token was revoked (401), or there is no Bot API at that address (404). Not
   * carried out; the same for whatever is asked until a person mends it.
   */
  | { kind: 'shutOut'; reason: string }
  /** Telegram could not be reached: not carried out, may be tried again. */
  | { kind: 'notSent'; reason: string }
  /** The group has become a supergroup with this number. */
  | { kind: 'moved'; chatId: number }
  /** The chat is closed to the bot: nothing can be sent there until a person mends it. */
  | { kind: 'chatLost'; reason: string }
  /** Refused for good: the same message will be refused again. */
  | { kind: 'refused'; reason: string }
  /** The connection broke after the call may have been carried out. */
  | { kind: 'unknown'; reason: string }

/** Never reached Telegram: trying again cannot double anything. */
const notSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** Sorts an error of the Bot API by its code and text, as the official server writes them. */
export function classify(error: unknown): Failure {
  if (error instanceof GrammyError) return classifyAnswer(error)
  const cause = error instanceof HttpError ? error.error : error
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : ''
  return notSent.has(code)
    ? { kind: 'notSent', reason: code }
    : { kind: 'unknown', reason: code || 'connection broken' }
}

function classifyAnswer({ error_code, description, parameters }: GrammyError): Failure {
  if (parameters.migrate_to_chat_id !== undefined) return { kind: 'moved', chatId: parameters.migrate_to_chat_id }
  if (isShutOut({ error_code, description })) return { kind: 'shutOut', reason: description }
  if (error_code === 429) return { kind: 'tooFast', seconds: parameters.retry_after ?? 1, reason: description }
  if (error_code >= 500) return { kind: 'unknown', reason: description }
  if (/message is not modified/i.test(description)) return { kind: 'done' }
  if (error_code === 403 || /chat not found/i.test(description)) return { kind: 'chatLost', reason: description }
  return { kind: 'refused', reason: description }
}

/** A method that the server does not know is a 404 too, and says more. */
export function isShutOut({ error_code, description }: { error_code: number; description: string }): boolean {
  return error_code === 401 || (error_code === 404 && description === 'Not Found')
}
