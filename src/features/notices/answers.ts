import { inParts } from '../../platform/long-text.ts'
import type { Message } from '../../platform/messages.ts'
import type { Turn } from '../../telegram/turn.ts'

/** Answers with a message of any length. */
export async function replyInParts(turn: Turn, message: Message): Promise<void> {
  for (const part of inParts(message)) await turn.reply(part)
}

/** Asks with a message of any length; the last part is what is answered. */
export async function askInParts(
  turn: Turn,
  kind: string,
  data: Record<string, unknown>,
  message: Message,
): Promise<void> {
  const parts = inParts(message)
  for (const part of parts.slice(0, -1)) await turn.reply(part)
  await turn.ask(kind, data, parts.at(-1) ?? message)
}

/** The numbers a button's data carries: `nall:12:1` has 12 and 1. A forged one gives 0, which nothing has. */
export function numbersIn(args: string): [number, number, number] {
  const [first = 0, second = 0, third = 0] = args.split(':').map((part) => (/^\d{1,9}$/.test(part) ? Number(part) : 0))
  return [first, second, third]
}
