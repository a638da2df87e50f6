import type { IncomingMessage } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { Params } from '../api/params.ts'
import { ApiError, badRequest } from '../errors.ts'
import { parseMultipart } from './multipart.ts'

/** 50 MB of file and some room for the rest of the form. */
const LARGEST_BODY = 52 * 1024 * 1024

/** Parameters from the address and from a body of any of the accepted kinds. */
export async function readParams(request: IncomingMessage, query: string): Promise<Params> {
  const values: Record<string, unknown> = query === '' ? {} : Object.fromEntries(new URLSearchParams(query))
  if (request.method === 'GET') return new Params(values)
  const body = await readBody(request)
  if (body.length === 0) return new Params(values)
  const type = request.headers['content-type'] ?? ''
  if (type.startsWith('application/json')) return new Params({ ...values, ...parseJson(body) })
  if (type.startsWith('multipart/form-data')) return readMultipart(body, type, values)
  return new Params({ ...values, ...Object.fromEntries(new URLSearchParams(body.toString())) })
}

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.length
    if (size <= LARGEST_BODY) chunks.push(chunk)
  }
  if (size > LARGEST_BODY) throw new ApiError(413, 'Request Entity Too Large')
  const whole = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
  return request.headers['content-encoding'] === 'gzip' ? unzipped(whole) : whole
}

function unzipped(body: Buffer): Buffer {
  try {
    return gunzipSync(body, { maxOutputLength: LARGEST_BODY })
  } catch {
    throw badRequest("can't decompress the request")
  }
}

function parseJson(body: Buffer): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(body.toString())
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return { ...parsed }
  } catch {
    // Answered below: whatever is wrong with it, it is not an object.
  }
  throw badRequest("can't parse request: expected a JSON object")
}

function readMultipart(body: Buffer, type: string, values: Record<string, unknown>): Params {
  const { fields, files } = parseMultipart(body, type)
  return new Params({ ...values, ...fields }, files)
}
