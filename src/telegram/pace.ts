/** Telegram's published limits; the exact ones are unspecified (Bot FAQ). */
export interface Pace {
  perSecond: number
  perChatPerSecond: number
  perGroupPerMinute: number
}

export const telegramPace: Pace = { perSecond: 28, perChatPerSecond: 1, perGroupPerMinute: 20 }
export const unpaced: Pace = {
  perSecond: Number.POSITIVE_INFINITY,
  perChatPerSecond: Number.POSITIVE_INFINITY,
  perGroupPerMinute: Number.POSITIVE_INFINITY,
}

/** The budget of calls that replies and deliveries share. Times are real, in milliseconds, whatever the product's clock says. */
export class Budget {
  readonly #pace: Pace
  readonly #now: () => number
  readonly #all: number[] = []
  readonly #chats = new Map<number, number[]>()
  readonly #heldUntil = new Map<number, number>()
  #refusals: { chatId: number; at: number }[] = []
  #allHeldUntil = 0

  constructor(pace: Pace, realTime: () => number = Date.now) {
    this.#pace = pace
    this.#now = realTime
  }

  /** Takes one call for that chat if the limits allow it now. */
  take(chatId: number, now = this.#now()): boolean {
    if (this.#allHeldUntil > now || (this.#heldUntil.get(chatId) ?? 0) > now) return false
    const all = recent(this.#all, now, 1000)
    if (all.length >= this.#pace.perSecond) return false
    const chat = recent(this.#chats.get(chatId) ?? [], now, 60_000)
    const lastSecond = chat.filter((at) => at > now - 1000).length
    if (lastSecond >= this.#pace.perChatPerSecond) return false
    if (chatId < 0 && chat.length >= this.#pace.perGroupPerMinute) return false
    all.push(now)
    chat.push(now)
    this.#chats.set(chatId, chat)
    return true
  }

  /** No call to that chat for that long. */
  hold(chatId: number, seconds: number, now = this.#now()): void {
    this.#heldUntil.set(chatId, now + seconds * 1000)
  }

  /**
   * Telegram has said to wait (429). That chat waits; when three chats were refused within ten seconds it is the bot as a
   * whole that was too fast, and every chat waits.
   */
  refused(chatId: number, seconds: number, now = this.#now()): void {
    this.hold(chatId, seconds, now)
    this.#refusals = [...this.#refusals.filter(({ at }) => at > now - refusalSpan), { chatId, at: now }]
    const chats = new Set(this.#refusals.map((refusal) => refusal.chatId))
    if (chats.size >= chatsThatMeanAll) this.#allHeldUntil = Math.max(this.#allHeldUntil, now + seconds * 1000)
  }
}

const refusalSpan = 10_000
const chatsThatMeanAll = 3

/** Drops the moments that have left the span, in place. */
function recent(moments: number[], now: number, span: number): number[] {
  const first = moments.findIndex((at) => at > now - span)
  moments.splice(0, first === -1 ? moments.length : first)
  return moments
}
