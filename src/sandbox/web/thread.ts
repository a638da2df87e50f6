import type { Account, Chat, Message } from '../model.ts'
import { isVisible } from '../world/seeing.ts'

/** What a person sees of a chat, oldest first: the last `most` messages and whether there are older ones. */
export function lastMessages(chat: Chat, viewer: Account, most: number): { messages: Message[]; older: boolean } {
  const all = inOrder(chat).filter((message) => isVisible(chat, viewer, message))
  return { messages: all.slice(-most), older: all.length > most }
}

/** Every message once, at the place where it was written; edits and deletions do not move it. */
function inOrder(chat: Chat): Message[] {
  return [...new Set(chat.log.map(({ message }) => message))]
}

export interface Changes {
  fresh: Message[]
  changed: Message[]
  /** The newest number looked at. */
  seq: number
}

/** What a person has newly seen in a chat since `seq`; `known` holds what they have seen before and grows. */
export function changesSince(chat: Chat, viewer: Account, seq: number, known: Set<Message>): Changes {
  const changes: Changes = { fresh: [], changed: [], seq }
  for (const entry of entriesAfter(chat, seq)) {
    changes.seq = entry.seq
    const { message } = entry
    if (message.seq !== entry.seq || !isVisible(chat, viewer, message)) continue
    if (known.has(message)) changes.changed.push(message)
    else changes.fresh.push(message)
    known.add(message)
  }
  return changes
}

/** The messages that were in the chat at `seq`. */
export function knownAt(chat: Chat, seq: number): Set<Message> {
  const known = new Set<Message>()
  for (const entry of chat.log) {
    if (entry.seq > seq) break
    known.add(entry.message)
  }
  return known
}

function entriesAfter(chat: Chat, seq: number): Chat['log'] {
  let start = chat.log.length
  while (start > 0 && (chat.log[start - 1]?.seq ?? 0) > seq) start--
  return chat.log.slice(start)
}

/** The element of a message on the page. */
export function elementId(message: Message): string {
  return message.ephemeral ? `e${message.ephemeral.id}` : `m${message.id}`
}
