const SECOND = 1_000
const MINUTE = 60_000
const MOST_PER_SECOND = 30
const MOST_PER_GROUP_MINUTE = 20

/** Telegram's limits as far as they are known: 1/s in a chat, 20 a minute in a group, 30/s for the bot. */
export class FloodGate {
  enabled = false
  /** Moments of sending within the last minute, by bot and chat. */
  readonly #chats = new Map<string, number[]>()
  readonly #bots = new Map<number, number[]>()

  /** 0 when a message may go, and it is counted; otherwise the seconds to wait. */
  spend(bot: number, chat: number, now: number): number {
    if (!this.enabled) return 0
    const key = `${bot}:${chat}`
    const inChat = recent(this.#chats.get(key), now, MINUTE)
    const inAll = recent(this.#bots.get(bot), now, SECOND)
    const wait = Math.max(
      waitFor(inChat, now, SECOND, 1),
      chat < 0 ? waitFor(inChat, now, MINUTE, MOST_PER_GROUP_MINUTE) : 0,
      waitFor(inAll, now, SECOND, MOST_PER_SECOND),
    )
    if (wait > 0) return Math.max(1, Math.ceil(wait / SECOND))
    this.#chats.set(key, [...inChat, now])
    this.#bots.set(bot, [...inAll, now])
    return 0
  }

  /** Counts messages that go out on the leave of an earlier one, such as the rest of an album. */
  add(bot: number, chat: number, now: number, count: number): void {
    if (!this.enabled) return
    const more = Array.from({ length: count }, () => now)
    const key = `${bot}:${chat}`
    this.#chats.set(key, [...(this.#chats.get(key) ?? []), ...more])
    this.#bots.set(bot, [...(this.#bots.get(bot) ?? []), ...more])
  }
}

function recent(moments: number[] | undefined, now: number, window: number): number[] {
  return (moments ?? []).filter((moment) => moment > now - window)
}

/** Milliseconds until fewer than `most` of the moments lie within the window. */
function waitFor(moments: number[], now: number, window: number, most: number): number {
  const within = moments.filter((moment) => moment > now - window)
  const oldest = within[within.length - most]
  return oldest === undefined ? 0 : oldest + window - now
}
