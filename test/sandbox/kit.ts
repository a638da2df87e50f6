import type { SeenMessage } from '../../src/sandbox/index.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.ts'

export const TOKEN = '7000000001:TEST'

/** A sandbox with one bot, and short ways to both of its sides over real HTTP. */
export interface Kit {
  sandbox: Sandbox
  /** Calls a Bot API method with JSON and gives the whole envelope. */
  api: (method: string, params?: object, token?: string) => Promise<Envelope>
  /** As `api`, and insists on success. */
  ok: <T = Record<string, unknown>>(method: string, params?: object) => Promise<T>
  /** Calls the people's side and gives the whole envelope. */
  people: (path: string, body?: object) => Promise<PeopleEnvelope>
  /** As `people`, and insists on success. */
  does: <T = Record<string, unknown>>(path: string, body?: object) => Promise<T>
  /** A new person's id. */
  user: (name: string, more?: object) => Promise<number>
  sees: (user: number, chat: number, after?: number) => Promise<SeenMessage[]>
  /** Waiting updates, confirmed at once. */
  updates: () => Promise<Update[]>
}

export interface Envelope {
  ok: boolean
  result?: unknown
  description?: string
  error_code?: number
  parameters?: Record<string, number>
}

export interface PeopleEnvelope {
  ok: boolean
  result?: unknown
  error?: string
  code?: string
  status: number
}

export type Update = Record<string, unknown> & { update_id: number }

export async function startKit(options: SandboxOptions = {}): Promise<Kit> {
  const bots = [{ token: TOKEN, username: 'thu_bot', name: 'Bot thử' }]
  const sandbox = await startSandbox({ bots, ...options })
  const api: Kit['api'] = async (method, params = {}, token = TOKEN) => {
    const response = await post(`${sandbox.url}/bot${token}/${method}`, params)
    return (await response.json()) as Envelope
  }
  const ok: Kit['ok'] = async <T>(method: string, params?: object) => {
    const answer = await api(method, params)
    if (!answer.ok) throw new Error(`${method}: ${answer.description}`)
    return answer.result as T
  }
  const people: Kit['people'] = async (path, body) => {
    const url = `${sandbox.url}/people/${path}`
    const response = body ? await post(url, body) : await fetch(url)
    return { ...((await response.json()) as Omit<PeopleEnvelope, 'status'>), status: response.status }
  }
  const does: Kit['does'] = async <T>(path: string, body?: object) => {
    const answer = await people(path, body)
    if (!answer.ok) throw new Error(`${path}: ${answer.error}`)
    return answer.result as T
  }
  return {
    sandbox,
    api,
    ok,
    people,
    does,
    user: async (name, more = {}) => (await does<{ id: number }>('users', { name, ...more })).id,
    sees: (user, chat, after = 0) => does<SeenMessage[]>(`chats/${chat}/messages?for=${user}&after=${after}`),
    async updates() {
      const updates = await ok<Update[]>('getUpdates')
      const last = updates.at(-1)
      if (last) await ok('getUpdates', { offset: last.update_id + 1, limit: 1 })
      return updates
    },
  }
}

function post(url: string, body: object): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}
