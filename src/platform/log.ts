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

/** What may be said of an error in the log: its kind, message and place, without the token. */
export function describeError(error: unknown): { kind: string; message: string; stack?: string } {
  if (!(error instanceof Error)) return { kind: typeof error, message: redact(String(error)) }
  return { kind: error.name, message: redact(error.message), stack: redact(error.stack ?? '') }
}
