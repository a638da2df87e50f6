import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'

const require = createRequire(import.meta.url)

const served: Record<string, { file: string; type: string }> = {
  'htmx.js': { file: require.resolve('htmx.org/dist/htmx.min.js'), type: 'text/javascript' },
  'sse.js': { file: require.resolve('htmx-ext-sse/dist/sse.min.js'), type: 'text/javascript' },
  'chat.js': { file: own('chat.js'), type: 'text/javascript' },
  'chat.css': { file: own('chat.css'), type: 'text/css' },
  'icon.svg': { file: own('icon.svg'), type: 'image/svg+xml' },
}

/** Style sheet and scripts, all from this machine. */
export function assets(): Hono {
  const app = new Hono()
  app.get('/:name', (c) => {
    const asset = served[c.req.param('name')]
    if (!asset) return c.notFound()
    return c.body(readFileSync(asset.file, 'utf8'), 200, {
      'content-type': `${asset.type}; charset=utf-8`,
      'cache-control': 'no-cache',
    })
  })
  return app
}

function own(name: string): string {
  return fileURLToPath(new URL(`assets/${name}`, import.meta.url))
}
