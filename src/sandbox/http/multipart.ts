import { badRequest } from '../errors.ts'
import type { Upload } from '../files/store.ts'

/** A form as clients really send it: names without quotes, quotes inside names, bare or missing line ends. */
export interface Form {
  fields: Record<string, string>
  files: Map<string, Upload>
  /** All files in order, also where several share a name. */
  uploads: Upload[]
}

/**
 * Takes a multipart body apart. The platform's own parser refuses the file names that grammY writes (unquoted, with
 * spaces and quotes in them), so this one reads what arrives.
 */
export function parseMultipart(body: Buffer, contentType: string): Form {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType)?.slice(1).find(Boolean)
  if (!boundary) throw badRequest("can't parse multipart form data: there is no boundary")
  const form: Form = { fields: {}, files: new Map(), uploads: [] }
  const mark = Buffer.from(`--${boundary}`)
  let at = body.indexOf(mark)
  while (at >= 0) {
    const start = at + mark.length
    if (body.toString('latin1', start, start + 2) === '--') return form
    const next = body.indexOf(mark, start)
    if (next < 0) break
    readPart(body.subarray(start, next), form)
    at = next
  }
  throw badRequest("can't parse multipart form data: unexpected end")
}

function readPart(part: Buffer, form: Form): void {
  const end = part.indexOf('\r\n\r\n')
  if (end < 0) throw badRequest("can't parse multipart form data: a part has no headers")
  const headers = part.toString('utf8', 0, end)
  const disposition = /^content-disposition:\s*form-data\s*(.*)$/im.exec(headers)?.[1] ?? ''
  const name = parameter(disposition, 'name')
  if (name === undefined) return
  // The line end before the next boundary is not part of the content.
  const content = part.subarray(end + 4, part.length - 2)
  const filename = parameter(disposition, 'filename')
  if (filename === undefined) {
    form.fields[name] = content.toString('utf8')
    return
  }
  const mime = /^content-type:\s*(\S+)/im.exec(headers)?.[1] ?? 'application/octet-stream'
  const upload = { name: baseName(filename), mime, bytes: Buffer.from(content) }
  form.files.set(name, upload)
  form.uploads.push(upload)
}

/** A parameter in quotes ends at the last quote before the next parameter, one without at the end or semicolon. */
function parameter(disposition: string, name: string): string | undefined {
  const extended = new RegExp(`;\\s*${name}\\*=UTF-8''([^;\\s]+)`, 'i').exec(disposition)?.[1]
  if (extended) return decodeURIComponent(extended)
  const quoted = new RegExp(`;\\s*${name}="(.*?)"(?=\\s*;|\\s*$)`, 'i').exec(disposition)?.[1]
  if (quoted !== undefined) return quoted.replaceAll('%22', '"')
  return new RegExp(`;\\s*${name}=([^;]*)`, 'i').exec(disposition)?.[1]?.trim()
}

function baseName(path: string): string {
  return path.normalize('NFC').split(/[\\/]/).at(-1) || 'file'
}
