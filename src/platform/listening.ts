import { Client } from 'pg'

/** Words that one process says to all others on the same database. They are passed on and not kept. */
export interface Listening {
  stop(): Promise<void>
}

const pauseMilliseconds = 1000

/** Hears what is said on a channel, on a connection of its own that is opened again whenever it breaks. */
export function listenOnPostgres(connectionString: string, channel: string, hear: (words: string) => void): Listening {
  const stopping = Promise.withResolvers<void>()
  let stopped = false
  let client: Client | null = null

  const once = async () => {
    const opened = new Client({ connectionString })
    client = opened
    const broken = new Promise<void>((resolve) => {
      opened.on('error', () => resolve())
      opened.on('end', () => resolve())
    })
    opened.on('notification', ({ payload }) => hear(payload ?? ''))
    try {
      await opened.connect()
      await opened.query(`LISTEN ${opened.escapeIdentifier(channel)}`)
      await Promise.race([broken, stopping.promise])
    } finally {
      await opened.end().catch(() => {})
    }
  }
  const loop = async () => {
    while (!stopped) {
      await once().catch(() => {})
      if (!stopped)
        await Promise.race([new Promise((resolve) => setTimeout(resolve, pauseMilliseconds)), stopping.promise])
    }
  }
  const running = loop()
  return {
    stop: async () => {
      stopped = true
      stopping.resolve()
      await client?.end().catch(() => {})
      await running
    },
  }
}
