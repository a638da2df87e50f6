import type { ApiMethods, Message } from '@grammyjs/types'
import type { Upload } from '../files/store.ts'
import type { Bot } from '../model.ts'
import type { State } from '../state.ts'
import type { Params } from './params.ts'

/** One Bot API call under way. */
export interface Call {
  readonly state: State
  readonly bot: Bot
  readonly params: Params
  /** Tells when the client has hung up; made only for calls that wait. */
  readonly hungUp: () => AbortSignal
  /** A method may set the `description` that goes with a successful answer. */
  note?: string
}

export type MethodName = keyof ApiMethods<Upload>

/** Methods that answer with some kind of message may answer with any; the rest answer exactly as grammY types them. */
type Loosened<T> = T extends Message ? Message : T extends (infer E)[] ? Loosened<E>[] : T

export type Answer<M extends MethodName> = Loosened<ReturnType<ApiMethods<Upload>[M]>>

export type Handler<M extends MethodName> = (call: Call) => Answer<M> | Promise<Answer<M>>

export type Handlers = { [M in MethodName]?: Handler<M> }
