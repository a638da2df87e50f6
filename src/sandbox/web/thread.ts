import type { Account, Chat, Message } from '../model.ts'
import { isVisible } from '../world/seeing.ts'

/** What a person sees of a chat, oldest first: the last `most` messages and whether there are older ones. */
export function lastMessages(chat: Chat, viewer: Account, most: number): { messages: Message[]; older: boolean } {
  const all = messagesFor(chat, viewer)
  return { messages: all.slice(-most), older: all.length > most }
}

/**
 * Every message once, at the place where it was written: edits and deletions do not move it, and an ephemeral message
 * that is shown in place of another takes its place.
 */
export function messagesFor(chat: Chat, viewer: Account): Message[] {
  const all = [...new Set(chat.log.map(({ message }) => message))].filter((message) => isVisible(chat, viewer, message))
  const instead = new Map<Message | undefined, Message>()
  for (const message of all) if (!message.deleted && message.replaces) instead.set(message.replaces, message)
  return all.filter(({ replaces }) => !replaces).map((message) => instead.get(message) ?? message)
}

export interface Changes {
  fresh: Message[]
  changed: Message[]
}

/** What a person has newly seen in a chat since `seq`. */
export function changesSince(chat: Chat, viewer: Account, seq: number): Changes {
  const changes: Changes = { fresh: [], changed: [] }
  for (const { seq: at, message } of entriesAfter(chat, seq)) {
    if (message.seq !== at || !isVisible(chat, viewer, message)) continue
    const isFresh = message.bornSeq > seq && !message.replaces
    changes[isFresh ? 'fresh' : 'changed'].push(message)
  }
  return changes
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
