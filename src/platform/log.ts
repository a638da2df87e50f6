import { type DestinationStream, type Logger, pino } from 'pino'

export type Log = Logger

/** A bot token wherever it stands in a text, also inside the address of a request. */
const token = /\d{3,}:[A-Za-z0-9_-]{20,}/g

export function redact(text: string): string {
  return text.replace(token, '<token>')
}

/** Structured lines on stderr. They carry ids, never names or contents; a token never passes. */
export function createLog(level: string, destination: DestinationStream = pino.destination(2)): Log {
  return pino(
    {
      level,
      base: null,
      formatters: { level: (label) => ({ level: label }) },
      serializers: { err: describeError },
    },
    destination,
  )
}

/** Errors whose messages are written in code or by Telegram, not made from what people said. */
const plainSpoken = new Set(['Error', 'TypeError', 'RangeError', 'ReferenceError', 'GrammyError', 'HttpError'])

export interface DescribedError {
  kind: string
  message: string
  stack?: string
}

/**
 * What may be said of an error in the log: its kind, message and place, without the token. Messages of a database, and of
 * whatever else reads what people wrote, quote it: of those errors only kind, code and place remain.
 */
export function describeError(error: unknown): DescribedError {
  if (!(error instanceof Error)) return { kind: typeof error, message: redact(String(error)) }
  const { name: kind, stack = '' } = error
  if (plainSpoken.has(kind)) return { kind, message: redact(error.message), stack: redact(stack) }
  const message = 'code' in error && typeof error.code === 'string' ? `${kind} ${error.code}` : kind
  const places = stack.split('\n').filter((line) => /^ {4}at /.test(line))
  return { kind, message, stack: redact([message, ...places].join('\n')) }
}

/** The same error with nothing but what may be said of it, for whatever keeps errors whole. */
export function withoutContent(error: unknown): Error {
  const { kind, message, stack = '' } = describeError(error)
  return Object.assign(new Error(message), { name: kind, stack })
}
