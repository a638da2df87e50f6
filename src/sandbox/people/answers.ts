import type { Context } from 'hono'
import { z } from 'zod'
import { ApiError, PeopleError } from '../errors.ts'
import { type Form, parseMultipart } from '../http/multipart.ts'
import { texts } from '../texts.ts'
import { chatId } from './inputs.ts'

const vietnamese = z.locales.vi().localeError

export function done(c: Context, result: unknown) {
  return c.json({ ok: true, result })
}

/** The request's JSON, checked; a refusal names the field. */
export async function body<T extends z.ZodType>(c: Context, shape: T): Promise<z.output<T>> {
  const text = await c.req.text()
  try {
    return parse(shape, text === '' ? {} : JSON.parse(text))
  } catch (error) {
    if (error instanceof SyntaxError) throw new PeopleError('body.invalid', texts.notJson)
    throw error
  }
}

export async function readForm(c: Context): Promise<Form> {
  return parseMultipart(Buffer.from(await c.req.arrayBuffer()), c.req.header('content-type') ?? '')
}

export function parse<T extends z.ZodType>(shape: T, value: unknown): z.output<T> {
  const result = shape.safeParse(value, { error: vietnamese })
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new PeopleError('body.invalid', texts.invalid(issue?.path.join('.') ?? '', issue?.message ?? ''))
}

export function chatParam(c: Context): number {
  return parse(chatId, c.req.param('chat'))
}

/** Any error as the people's side answers it. */
export function answerError(error: Error, c: Context) {
  if (error instanceof PeopleError) {
    return c.json({ ok: false, error: error.message, code: error.code, ...error.details }, error.status)
  }
  // The parser of forms is the Bot API's and speaks its language.
  if (error instanceof ApiError) return c.json({ ok: false, error: texts.notForm, code: 'body.invalid' }, 400)
  console.error(error)
  return c.json({ ok: false, error: String(error), code: 'internal' }, 500)
}
