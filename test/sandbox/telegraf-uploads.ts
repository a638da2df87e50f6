import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'

interface SandwichStream {
  currentStream: Readable | null
  currentStreamOnReadable(): void
  push(chunk: unknown): boolean
}

/**
 * Telegraf 4.16 joins the parts of an upload with a stream that takes one chunk for each 'readable' event. Newer
 * versions of Node announce several chunks with one event, so on them every upload stands still for ever. This reads
 * all that is there, and changes nothing of what goes over the wire.
 */
export function mendTelegrafUploads(): void {
  const require = createRequire(import.meta.url)
  const path = join(dirname(require.resolve('telegraf')), 'core/network/multipart-stream.js')
  const multipart = require(path) as { default: { prototype: object } }
  const prototype = Object.getPrototypeOf(multipart.default.prototype) as SandwichStream
  prototype.currentStreamOnReadable = function readAll(this: SandwichStream): void {
    for (let chunk = this.currentStream?.read(); chunk; chunk = this.currentStream?.read()) this.push(chunk)
  }
}
