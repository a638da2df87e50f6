import { PeopleError } from '../errors.ts'
import type { Account, Chat, Message } from '../model.ts'
import type { State } from '../state.ts'
import { texts } from '../texts.ts'
import { person } from './accounts.ts'
import { chatOf } from './places.ts'
import { type SeenMessage, showMessage } from './showing.ts'

export interface Looking {
  for: number
  chat: number
  after?: number | undefined
  bot?: number | undefined
}

/** What a person sees in a chat that is newer than `after`: each message once, as it is now, in order of `seq`. */
export function see(state: State, input: Looking): SeenMessage[] {
  const viewer = person(state, input.for)
  const chat = chatOf(state, viewer, input.chat, input.bot)
  const seen: SeenMessage[] = []
  for (let at = firstAfter(chat, input.after ?? 0); at < chat.log.length; at++) {
    const entry = chat.log[at]
    // An entry that a later edit or deletion has replaced.
    if (!entry || entry.message.seq !== entry.seq) continue
    if (isVisible(chat, viewer, entry.message)) seen.push(showMessage(state, entry.message))
  }
  return seen
}

/** As `see`, and waits up to `wait` real milliseconds for the first message. */
export async function watch(
  state: State,
  input: Looking & { wait?: number },
  signal?: AbortSignal,
): Promise<SeenMessage[]> {
  const until = performance.now() + (input.wait ?? 0)
  for (;;) {
    const seen = see(state, input)
    const left = until - performance.now()
    if (seen.length > 0 || left <= 0 || signal?.aborted) return seen
    await news(state, chatOf(state, person(state, input.for), input.chat, input.bot), left, signal)
  }
}

/** The message of that number, if this person can see it. */
export function messageSeenBy(chat: Chat, viewer: Account, id: number, ephemeral?: number): Message {
  const message = ephemeral === undefined && id !== 0 ? chat.messages.get(id) : ephemeralOf(chat, viewer, ephemeral)
  if (!message || !isVisible(chat, viewer, message)) {
    throw new PeopleError('message.unknown', texts.messageUnknown(id), 404)
  }
  return message
}

/** The person's ephemeral message of that number, or the newest one. */
function ephemeralOf(chat: Chat, viewer: Account, number?: number): Message | undefined {
  return chat.log.findLast(
    ({ message: { ephemeral, deleted } }) =>
      !deleted && ephemeral?.receiver.id === viewer.id && (number === undefined || ephemeral.id === number),
  )?.message
}

/** Whether this person can see the message at all. */
export function isVisible(chat: Chat, viewer: Account, message: Message): boolean {
  if (message.ephemeral && message.ephemeral.receiver.id !== viewer.id && message.from.id !== viewer.id) return false
  if (chat.type !== 'group') return true
  // Basic groups show newcomers nothing that was written before they came.
  const firstSeq = chat.members.get(viewer.id)?.joinedSeq ?? 0
  return message.bornSeq > firstSeq
}

function firstAfter(chat: Chat, after: number): number {
  let low = 0
  let high = chat.log.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((chat.log[middle]?.seq ?? 0) > after) high = middle
    else low = middle + 1
  }
  return low
}

function news(state: State, chat: Chat, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const event = `chat:${chat.id}`
    const finish = (): void => {
      clearTimeout(timer)
      state.signals.off(event, finish)
      signal?.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, milliseconds)
    timer.unref()
    state.signals.on(event, finish)
    signal?.addEventListener('abort', finish)
  })
}
