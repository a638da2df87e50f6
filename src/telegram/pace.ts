import { monotonic } from '../platform/clock.ts'

/** Telegram's published limits; the exact ones are unspecified (Bot FAQ). */
export interface Pace {
  perSecond: number
  perChatPerSecond: number
  perGroupPerMinute: number
}

export const telegramPace: Pace = { perSecond: 30, perChatPerSecond: 1, perGroupPerMinute: 20 }
export const unpaced: Pace = {
  perSecond: Number.POSITIVE_INFINITY,
  perChatPerSecond: Number.POSITIVE_INFINITY,
  perGroupPerMinute: Number.POSITIVE_INFINITY,
}

/**
 * The budget of calls that replies and deliveries share. Times are real, in milliseconds, on a clock that is never set back,
 * whatever the product's and the machine's clocks say.
 */
export class Budget {
  readonly #pace: Pace
  readonly #now: () => number
  readonly #all: number[] = []
  readonly #chats = new Map<number, number[]>()
  readonly #heldUntil = new Map<number, number>()
  /** When the call was taken that has not ended yet, by chat. */
  readonly #takenAt = new Map<number, number>()
  /** How many calls wait for which somebody looks on. */
  onlookers = 0
  /** No call may be made at all: Telegram lets this bot do nothing. */
  isShut = false
  #lastBesideOnlookers = 0
  #refusals: { chatId: number; at: number }[] = []
  #allHeldUntil = 0

  constructor(pace: Pace, realTime: () => number = monotonic) {
    this.#pace = pace
    this.#now = realTime
  }

  /** Takes one call for that chat if the limits allow it now; whoever can tell says when it has {@link ended}. */
  take(chatId: number, now = this.#now()): boolean {
    if (this.room(now) < 1 || (this.#heldUntil.get(chatId) ?? 0) > now) return false
    const chat = recent(this.#chats.get(chatId) ?? [], now, 60_000)
    if (this.#isFull(chatId, chat, now)) return false
    this.#all.push(now)
    this.#takenAt.set(chatId, now)
    chat.push(now)
    this.#chats.set(chatId, chat)
    return true
  }

  /**
   * The call to that chat has ended: it counts from now on. When Telegram counted it nobody knows, so only what has ended a
   * whole second ago is surely out of its second, however uneven the way is.
   */
  ended(chatId: number, now = this.#now()): void {
    const takenAt = this.#takenAt.get(chatId)
    if (takenAt === undefined) return
    this.#takenAt.delete(chatId)
    for (const moments of [this.#all, this.#chats.get(chatId) ?? []]) {
      const at = moments.indexOf(takenAt)
      if (at !== -1) moments.splice(at, 1)
      moments.push(now)
    }
  }

  /** How many calls the limits allow now, to whatever chats. */
  room(now = this.#now()): number {
    if (this.isShut || this.#allHeldUntil > now) return 0
    // A call that is on its way for longer than a second may still be counted at any moment.
    const crawling = [...this.#takenAt.values()].filter((at) => at <= now - 1000 && at > now - longestCall).length
    return Math.max(0, this.#pace.perSecond - recent(this.#all, now, 1000).length - crawling)
  }

  /**
   * The same for deliveries: they leave the room to the people who look on and wait, but for one delivery in a while, so that
   * however many they are nothing waits for ever.
   */
  roomForDeliveries(now = this.#now()): number {
    const room = this.room(now)
    if (room === 0 || this.onlookers === 0) return room
    if (now - this.#lastBesideOnlookers < besideOnlookers) return Math.max(0, room - this.onlookers)
    this.#lastBesideOnlookers = now
    return 1
  }

  /** The chats that get nothing now, whatever is left for the others. Forgets those that have been quiet for a minute. */
  resting(now = this.#now()): number[] {
    for (const [chatId, until] of this.#heldUntil) if (until <= now) this.#heldUntil.delete(chatId)
    const full: number[] = []
    for (const [chatId, moments] of this.#chats) {
      const chat = recent(moments, now, 60_000)
      if (chat.length === 0) {
        this.#chats.delete(chatId)
        this.#takenAt.delete(chatId)
      } else if (this.#isFull(chatId, chat, now)) full.push(chatId)
    }
    return [...this.#heldUntil.keys(), ...full]
  }

  #isFull(chatId: number, chat: readonly number[], now: number): boolean {
    const lastSecond = chat.filter((at) => at > now - 1000).length
    return lastSecond >= this.#pace.perChatPerSecond || (chatId < 0 && chat.length >= this.#pace.perGroupPerMinute)
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

const besideOnlookers = 200
/** A call that has not answered for so long counts as broken. */
const longestCall = 30_000
const refusalSpan = 10_000
const chatsThatMeanAll = 3

/** Drops the moments that have left the span, in place. */
function recent(moments: number[], now: number, span: number): number[] {
  const first = moments.findIndex((at) => at > now - span)
  moments.splice(0, first === -1 ? moments.length : first)
  return moments
}
