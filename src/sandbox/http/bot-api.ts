import { once } from 'node:events'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { Call } from '../api/call.ts'
import { LARGEST_DOWNLOAD } from '../api/file-methods.ts'
import { findMethod } from '../api/methods.ts'
import { Params } from '../api/params.ts'
import { ApiError } from '../errors.ts'
import { failureAnswer, type PlannedFailure } from '../faults.ts'
import { fileByPath } from '../files/store.ts'
import type { Bot } from '../model.ts'
import type { State } from '../state.ts'
import { readParams } from './body.ts'

interface Envelope {
  status: number
  body: {
    ok: boolean
    result?: unknown
    description?: string
    error_code?: number
    parameters?: ApiError['parameters']
  }
}

/** Answers `/bot<token>/<method>`. */
export async function answerBotApi(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const started = performance.now()
  const { token, rest, query } = splitAddress(request.url ?? '', '/bot')
  const bot = botByToken(state, token)
  let params = new Params({})
  let envelope: Envelope
  const call: { made?: Call } = {}
  state.faults.open.add(response)
  try {
    params = await readParams(request, query)
    if (!bot) throw badToken(token)
    call.made = { state, bot, params, hungUp: () => hangUp(response) }
    const failure = state.faults.isQuiet ? undefined : await hinder(state, response, rest, params)
    if (response.destroyed) {
      state.faults.open.delete(response)
      return
    }
    envelope = succeed(await run(call.made, rest), call.made.note)
    if (failure?.with === 'dropAfter') response.destroy()
    if (failure?.with === 'hang') await once(response, 'close')
  } catch (error) {
    envelope = fail(error)
  }
  state.faults.open.delete(response)
  log(state, bot, rest, params, envelope, started)
  if (!response.destroyed) send(response, envelope)
}

/** Answers `/file/bot<token>/<path>`. */
export function answerDownload(state: State, request: IncomingMessage, response: ServerResponse): void {
  if (state.faults.outage) {
    response.destroy()
    return
  }
  const { token, rest } = splitAddress(request.url ?? '', '/file/bot')
  const file = botByToken(state, token) ? fileByPath(state, decoded(rest)) : undefined
  if (!file || file.size > LARGEST_DOWNLOAD) {
    const error = botByToken(state, token) ? new ApiError(404, 'Not Found') : badToken(token)
    send(response, fail(error))
    return
  }
  response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': file.size })
  response.end(file.bytes)
}

/** Lets planned faults happen to a call; what is left to do after it comes back. */
async function hinder(
  state: State,
  response: ServerResponse,
  method: string,
  params: Params,
): Promise<PlannedFailure | undefined> {
  const { faults } = state
  if (faults.latency > 0) await setTimeout(faults.latency)
  const failure = faults.next(method, params.text('chat_id'))
  if (faults.outage || failure?.with === 'dropBefore') response.destroy()
  else if (failure && failure.with !== 'dropAfter' && failure.with !== 'hang') throw failureAnswer(failure)
  return failure
}

/** A call that came as the answer of a webhook: carried out and logged, its result sent nowhere. */
export async function runReply(state: State, bot: Bot, values: Record<string, unknown>): Promise<void> {
  const started = performance.now()
  const params = new Params(values)
  const call: Call = { state, bot, params, hungUp: () => new AbortController().signal }
  const envelope = await run(call, '').then((result) => succeed(result, undefined), fail)
  log(state, bot, params.text('method'), params, envelope, started)
}

async function run(call: Call, name: string): Promise<unknown> {
  const method = findMethod(name || call.params.text('method'))
  if (!method) throw new ApiError(404, 'Not Found: method not found')
  return method.run(call)
}

function splitAddress(url: string, prefix: string): { token: string; rest: string; query: string } {
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const slash = path.indexOf('/', prefix.length)
  return {
    token: decoded(path.slice(prefix.length, slash < 0 ? undefined : slash)),
    rest: slash < 0 ? '' : path.slice(slash + 1),
    query: mark < 0 ? '' : url.slice(mark + 1),
  }
}

/** What is not well encoded stays as it is, and finds nothing. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function botByToken(state: State, token: string): Bot | undefined {
  const bot = state.data.bots.get(Number.parseInt(token, 10))
  return bot?.token === token ? bot : undefined
}

function badToken(token: string): ApiError {
  return /^[1-9]\d*:/.test(token)
    ? new ApiError(401, 'Unauthorized')
    : new ApiError(401, 'Unauthorized: invalid token specified')
}

function hangUp(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  return controller.signal
}

function succeed(result: unknown, description: string | undefined): Envelope {
  return { status: 200, body: description === undefined ? { ok: true, result } : { ok: true, result, description } }
}

function fail(error: unknown): Envelope {
  if (isHangUp(error)) return { status: 400, body: { ok: false, error_code: 400, description: 'Bad Request' } }
  if (!(error instanceof ApiError)) {
    // A fault of the sandbox itself: the caller sees what a broken server shows, the log of the process the reason.
    console.error(error)
    return { status: 500, body: { ok: false, error_code: 500, description: 'Internal Server Error' } }
  }
  const { code, message, parameters } = error
  const body = { ok: false, error_code: code, description: message }
  return { status: code, body: parameters ? { ...body, parameters } : body }
}

/** The client has gone in the middle of its own request: nobody is there to be answered. */
function isHangUp(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET'
}

function send(response: ServerResponse, { status, body }: Envelope): void {
  const text = JSON.stringify(body)
  const headers: OutgoingHttpHeaders = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  }
  if (body.parameters?.retry_after !== undefined) headers['retry-after'] = String(body.parameters.retry_after)
  response.writeHead(status, headers)
  response.end(text)
}

function log(
  state: State,
  bot: Bot | undefined,
  rest: string,
  params: Params,
  { status, body }: Envelope,
  started: number,
): void {
  const files = [...params.files].map(([name, { name: file, bytes }]) => [name, `<${file}, ${bytes.length} B>`])
  const unknown = body.ok ? params.unread() : []
  state.calls.add({
    at: state.clock.now().toISOString(),
    bot: bot?.account.username ?? '',
    method: findMethod(rest)?.name ?? rest,
    params: files.length > 0 ? { ...params.values, ...Object.fromEntries(files) } : params.values,
    ok: body.ok,
    ms: Math.round((performance.now() - started) * 10) / 10,
    ...(body.ok ? { result: body.result } : { code: status, error: body.description ?? '' }),
    ...(unknown.length > 0 ? { unknown } : {}),
  })
}
