import type { Hono } from 'hono'
import type { WebServer } from './server.ts'

/** The program's web address: opened once, and what is served there changes when the program is ready. */
export class Entrance {
  readonly #open: (pages: Pick<Hono, 'fetch'>) => Promise<WebServer>
  #pages: Hono
  #server: Promise<WebServer> | null = null

  constructor(pages: Hono, open: (pages: Pick<Hono, 'fetch'>) => Promise<WebServer>) {
    this.#pages = pages
    this.#open = open
  }

  /** Serves these pages from now on, and opens the address where it is not open yet. Answers with the port. */
  async serve(pages: Hono): Promise<number> {
    this.#pages = pages
    return this.open()
  }

  /** Opens the address. Rejects where it cannot be had. */
  async open(): Promise<number> {
    this.#server ??= this.#open({ fetch: (...given) => this.#pages.fetch(...given) })
    return (await this.#server).port
  }

  async close(): Promise<void> {
    const server = await this.#server?.catch(() => null)
    await server?.close()
  }
}
