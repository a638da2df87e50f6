import { fail, type Result } from '../../domain/result.ts'
import type { FileContents, FileKind } from './limits.ts'
import { type Reading, startReading } from './start-reading.ts'

/** Reads files that people sent, one at a time for the whole program. */
export interface FileReader {
  /**
   * Fails with what the reader of the kind says, with `common.file.tooHeavy` for a file that takes more than it may, and with
   * `common.file.busy` where too many wait already or the wait was too long.
   */
  read<K extends FileKind>(kind: K, data: Uint8Array): Promise<Result<FileContents[K]>>
  /** Kills what is being read and reads nothing more: whoever waited gets an error. */
  stop(): void
}

const longestWait = 30_000

/**
 * `mostWaiting` is how many may wait while another file is read. Whoever waits holds up a handler, so it must leave enough of
 * those to everybody else; one person never waits twice, as their messages are handled one after another.
 */
export function createFileReader(mostWaiting: number): FileReader {
  const waiting: PromiseWithResolvers<boolean>[] = []
  /** Whether a file is being read, or about to be by whoever came to their turn. */
  let isTaken = false
  let current: Pick<Reading<FileKind>, 'stop'> | null = null
  let isStopped = false

  const wait = (): Promise<boolean> => {
    const place = Promise.withResolvers<boolean>()
    waiting.push(place)
    const tooLong = setTimeout(() => {
      waiting.splice(waiting.indexOf(place), 1)
      place.resolve(false)
    }, longestWait)
    return place.promise.finally(() => clearTimeout(tooLong))
  }
  const passOn = () => {
    const next = waiting.shift()
    if (next) next.resolve(true)
    else isTaken = false
  }
  return {
    read: async (kind, data) => {
      if (isStopped) throw stopped()
      if (isTaken && waiting.length >= mostWaiting) return fail('common.file.busy')
      if (isTaken && !(await wait())) return fail('common.file.busy')
      isTaken = true
      try {
        if (isStopped) throw stopped()
        const reading = startReading(kind, data)
        current = reading
        return await reading.result
      } finally {
        current = null
        passOn()
      }
    },
    stop: () => {
      isStopped = true
      for (const place of waiting.splice(0)) place.reject(stopped())
      current?.stop()
    },
  }
}

function stopped(): Error {
  return new Error('the program ends: no more files are read')
}
