import type { ApiMethods } from '@grammyjs/types'
import { Bot, GrammyError, InputFile } from 'grammy'
import { Telegraf, TelegramError } from 'telegraf'
import { TOKEN } from './kit.ts'
import { mendTelegrafUploads } from './telegraf-uploads.ts'

type Methods = ApiMethods<unknown>

export interface Refusal {
  code: number
  description: string
  parameters: { migrate_to_chat_id?: number; retry_after?: number }
}

/** A client nobody here wrote, as the conformance suite drives it. Answers carry the types of grammY. */
export interface Client {
  call<M extends keyof Methods>(method: M, params?: Record<string, unknown>): Promise<ReturnType<Methods[M]>>
  /** A file to upload, in the client's own way of sending it. */
  file(bytes: Uint8Array, name: string): unknown
  /** The refusal of a call that must fail. */
  refusal(method: keyof Methods, params?: Record<string, unknown>): Promise<Refusal>
}

export function grammyClient(apiRoot: string): Client {
  const { api } = new Bot(TOKEN, { client: { apiRoot } })
  const raw: object = api.raw
  const call: Client['call'] = async (method, params = {}) => {
    const send: ((params?: object) => Promise<never>) | undefined = Reflect.get(raw, method)
    if (!send) throw new Error(`grammY has no method ${method}`)
    // Methods without parameters take the signal first, so an empty object would be mistaken for one.
    return Object.keys(params).length > 0 ? send(params) : send()
  }
  return {
    call,
    file: (bytes, name) => new InputFile(bytes, name),
    refusal: (method, params) =>
      refused(call(method, params), (error) => {
        if (!(error instanceof GrammyError)) return undefined
        return { code: error.error_code, description: error.description, parameters: error.parameters }
      }),
  }
}

export function telegrafClient(apiRoot: string): Client {
  mendTelegrafUploads()
  const { telegram } = new Telegraf(TOKEN, { telegram: { apiRoot } })
  const callAny = telegram.callApi.bind(telegram) as (method: string, params: object) => Promise<never>
  const call: Client['call'] = async (method, params = {}) => callAny(method, serialized(params))
  return {
    call,
    file: (bytes, filename) => ({ source: Buffer.from(bytes), filename }),
    refusal: (method, params) =>
      refused(call(method, params), (error) => {
        if (!(error instanceof TelegramError)) return undefined
        return { code: error.code, description: error.description, parameters: error.parameters ?? {} }
      }),
  }
}

/** Telegraf serializes in forms only the objects it knew in 2024; newer ones its callers must serialize. */
function serialized(params: Record<string, unknown>): Record<string, unknown> {
  const own = ['media', 'reply_markup']
  const isNew = (name: string, value: unknown) =>
    typeof value === 'object' && value !== null && !('source' in value) && !own.includes(name)
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, isNew(name, value) ? JSON.stringify(value) : value]),
  )
}

async function refused(answer: Promise<unknown>, read: (error: unknown) => Refusal | undefined): Promise<Refusal> {
  const refusal = await answer.then(() => undefined, read)
  if (!refusal) throw new Error('The call was expected to be refused')
  return refusal
}
