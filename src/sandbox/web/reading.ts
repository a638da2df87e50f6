import type { Account, Chat, Message } from '../model.ts'
import { isVisible } from '../world/seeing.ts'

/** Unread messages are counted up to here. */
const MOST = 100

/** Who has read how far in which chat. */
export class Reading {
  readonly #marks = new Map<string, { seq: number; id: number }>()

  /** Everything that is in the chat now counts as read. */
  mark(viewer: Account, chat: Chat): void {
    this.#marks.set(key(viewer, chat), { seq: chat.log.at(-1)?.seq ?? 0, id: lastId(chat) })
  }

  /** Messages that came since; one's own last word says that everything before it was read. */
  unread(viewer: Account, chat: Chat): number {
    const mark = this.#marks.get(key(viewer, chat)) ?? { seq: 0, id: 0 }
    let count = 0
    for (let at = chat.log.length - 1; at >= 0 && count < MOST; at--) {
      const entry = chat.log[at]
      if (!entry || entry.seq <= mark.seq) break
      const { message } = entry
      if (message.seq !== entry.seq) continue
      if (message.from.id === viewer.id && message.editDate === undefined && !message.deleted) break
      if (counts(viewer, message, mark.id)) count++
    }
    return count
  }
}

function counts(viewer: Account, message: Message, lastReadId: number): boolean {
  if (message.deleted || message.content.kind === 'service' || message.from.id === viewer.id) return false
  // An old message that was edited is not a new one.
  return (message.ephemeral !== undefined || message.id > lastReadId) && isVisible(message.chat, viewer, message)
}

function lastId(chat: Chat): number {
  return chat.log.reduce((last, { message }) => Math.max(last, message.id), 0)
}

function key(viewer: Account, chat: Chat): string {
  return `${viewer.id}:${chat.id}:${chat.botId ?? 0}`
}
