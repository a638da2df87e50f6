import type { SeenMessage } from '../sandbox/index.ts'

export type { SeenMessage }

interface Answer<T> {
  ok: boolean
  result: T
  error?: string
}

const longestWait = 15_000

/** The people of the sandbox, over real HTTP: what they say, press and see. */
export class People {
  readonly #url: string
  readonly #quiet: () => Promise<void>
  readonly #seen = new Map<string, number>()

  /** `quiet` waits until the bot has said what it already owes, so that a question is not answered by older news. */
  constructor(url: string, quiet = async () => {}) {
    this.#url = url
    this.#quiet = quiet
  }

  async add(name: string): Promise<number> {
    return (await this.#post<{ id: number }>('/people/users', { name })).id
  }

  async addGroup(title: string, members: number[], supergroup = true): Promise<number> {
    return (await this.#post<{ id: number }>('/people/groups', { title, members, supergroup })).id
  }

  async changeGroup(chat: number, change: { add?: number[]; remove?: number[]; bot?: 'add' | 'promote' | 'kick' }) {
    await this.#post(`/people/groups/${chat}/members`, change)
  }

  /** Says something; answers with the message's number. What was in the chat before counts as seen. */
  async say(from: number, chat: number, text: string, replyTo?: number): Promise<number> {
    await this.#catchUp(from, chat)
    const sent = await this.#post<{ id: number }>('/people/messages', {
      from,
      chat,
      text,
      ...(replyTo ? { replyTo } : {}),
    })
    return sent.id
  }

  /** Says something in private to the bot and reads its answer. */
  async ask(from: number, text: string): Promise<SeenMessage> {
    await this.#quiet()
    await this.say(from, from, text)
    return this.next(from, from)
  }

  async sendFile(
    from: number,
    chat: number,
    file: {
      name: string
      data: Uint8Array
      mime?: string
      caption?: string
      as?: 'document' | 'photo' | 'video' | 'voice'
    },
  ): Promise<void> {
    await this.#catchUp(from, chat)
    const form = new FormData()
    form.set('from', String(from))
    form.set('chat', String(chat))
    form.set('as', file.as ?? 'document')
    if (file.caption) form.set('caption', file.caption)
    form.set(
      'file',
      new Blob([new Uint8Array(file.data)], { type: file.mime ?? 'application/octet-stream' }),
      file.name,
    )
    await this.#answer(await fetch(`${this.#url}/people/files`, { method: 'POST', body: form }))
  }

  /** Presses a button by its text or the beginning of it; answers with what the bot said to the press. */
  async press(
    from: number,
    chat: number,
    message: SeenMessage,
    button: string,
  ): Promise<{ text?: string; alert?: boolean; url?: string }> {
    await this.#catchUp(from, chat)
    const found = message.buttons.flat().find(({ text }) => text.startsWith(button))
    if (!found) throw new Error(`no button «${button}» under «${message.text}»: ${buttonsOf(message).join(' | ')}`)
    return this.#post('/people/presses', { from, chat, message: message.id, button: found.text })
  }

  /** The next message of the bot that this person sees in the chat and has not read here yet. */
  async next(
    from: number,
    chat: number,
    isWanted: (message: SeenMessage) => boolean = () => true,
  ): Promise<SeenMessage> {
    const key = `${from}:${chat}`
    const deadline = performance.now() + longestWait
    for (;;) {
      const left = Math.max(1, Math.ceil(deadline - performance.now()))
      const messages = await this.read(from, chat, this.#seen.get(key) ?? 0, left)
      for (const message of messages) {
        this.#seen.set(key, message.seq)
        if (message.from.isBot && !message.deleted && isWanted(message)) return message
      }
      if (performance.now() > deadline) throw new Error(`nothing came for ${from} in ${chat}`)
    }
  }

  /** Everything this person sees in the chat now. */
  async read(from: number, chat: number, after = 0, wait = 0): Promise<SeenMessage[]> {
    return this.#answer(
      await fetch(`${this.#url}/people/chats/${chat}/messages?for=${from}&after=${after}&wait=${wait}`),
    )
  }

  /** Moves the shared clock on; answers when what fell due has happened. */
  async advance(duration: string): Promise<void> {
    await this.#post('/people/clock', { advance: duration })
  }

  async file(url: string): Promise<Uint8Array> {
    const response = await fetch(new URL(url, this.#url))
    return new Uint8Array(await response.arrayBuffer())
  }

  async calls(after = 0): Promise<{ n: number; method: string; params: Record<string, unknown>; ok: boolean }[]> {
    return this.#answer(await fetch(`${this.#url}/people/calls?after=${after}`))
  }

  /** Lets calls go wrong, as the sandbox's `POST /people/faults` describes. */
  async faults(change: Record<string, unknown>): Promise<void> {
    await this.#post('/people/faults', change)
  }

  async #catchUp(from: number, chat: number): Promise<void> {
    const last = (await this.read(from, chat, this.#seen.get(`${from}:${chat}`) ?? 0)).at(-1)
    if (last) this.#seen.set(`${from}:${chat}`, last.seq)
  }

  async #post<T>(path: string, body: object): Promise<T> {
    const headers = { 'content-type': 'application/json' }
    return this.#answer(await fetch(this.#url + path, { method: 'POST', headers, body: JSON.stringify(body) }))
  }

  async #answer<T>(response: Response): Promise<T> {
    const answer = (await response.json()) as Answer<T>
    if (!answer.ok) throw new Error(`${response.url}: ${answer.error}`)
    return answer.result
  }
}

export function buttonsOf(message: SeenMessage): string[] {
  return message.buttons.flat().map(({ text }) => text)
}
