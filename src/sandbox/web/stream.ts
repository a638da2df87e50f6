import { setTimeout as sleep } from 'node:timers/promises'
import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Html } from './markup.ts'

/** Milliseconds between two looks at what is new: too short to notice, long enough to gather a burst. */
const LOOK = 120
/** Looks between two signs of life on a silent line. */
const SILENT_LOOKS = 120

export interface News {
  pieces: (Html | Promise<Html>)[]
  /** Where a broken connection goes on from. */
  id?: string
}

/** Sends pieces of pages to one open page for as long as it stays open. `look` answers what is new since its last call. */
export function liveStream(c: Context, look: () => News | Promise<News>): Response {
  return streamSSE(c, async (stream) => {
    const gone = new AbortController()
    stream.onAbort(() => gone.abort())
    let silent = 0
    while (!stream.aborted && !stream.closed) {
      const { pieces, id } = await look()
      if (pieces.length > 0) {
        const data = (await Promise.all(pieces)).join('')
        await stream.writeSSE({ event: 'news', data, ...(id === undefined ? {} : { id }) })
        silent = 0
      } else if (++silent >= SILENT_LOOKS) {
        await stream.write(': \n\n')
        silent = 0
      }
      await sleep(LOOK, undefined, { signal: gone.signal }).catch(() => {})
    }
  })
}

/** A piece that is sent again, whole, whenever it looks different. */
export function whole(render: () => Html | Promise<Html>): () => Promise<Html[]> {
  let last = ''
  return async () => {
    const now = await render()
    if (String(now) === last) return []
    last = String(now)
    return [now]
  }
}
