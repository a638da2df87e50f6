import type { Account, Chat } from '../model.ts'
import type { State } from '../state.ts'
import { isVisible } from '../world/seeing.ts'

/** Unread messages are counted up to here. */
const MOST = 100

/** Who has read how far in which chat. */
export class Reading {
  readonly #state: State

  constructor(state: State) {
    this.#state = state
  }

  /** Part of the world, so that it comes back with it. */
  get #marks(): Map<string, number> {
    const { data } = this.#state
    data.reads ??= new Map()
    return data.reads
  }

  /** Everything that is in the chat now counts as read. */
  mark(viewer: Account, chat: Chat): void {
    this.#marks.set(key(viewer, chat), chat.log.at(-1)?.seq ?? 0)
  }

  /** Messages that came since; one's own last word says that everything before it was read. */
  unread(viewer: Account, chat: Chat): number {
    const mark = this.#marks.get(key(viewer, chat)) ?? 0
    let count = 0
    for (let at = chat.log.length - 1; at >= 0 && count < MOST; at--) {
      const entry = chat.log[at]
      if (!entry || entry.seq <= mark) break
      const { message } = entry
      // Each message once, and an old one that was edited is not a new one.
      if (entry.seq !== message.bornSeq) continue
      if (message.from.id === viewer.id) break
      if (!message.deleted && message.content.kind !== 'service' && isVisible(chat, viewer, message)) count++
    }
    return count
  }
}

function key(viewer: Account, chat: Chat): string {
  return `${viewer.id}:${chat.id}:${chat.botId ?? 0}`
}
